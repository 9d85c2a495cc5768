#pragma once

// First: moc cannot parse <compare> before another standard header.
#include <QtTest>

#include "model/base/value.h"
#include "model/schema/schema.h"

#include <cctype>
#include <string>
#include <string_view>

/// Values for table rows, as compact text: {a: 'text', b: 1, c: [true, null, 1.5]}. Names are bare or quoted; positions
/// are those of the text. A row that does not parse fails its test.
class ValueText {
public:
    explicit ValueText(std::string_view text) : text_(text) {}

    gatehouse::model::Value read()
    {
        gatehouse::model::Value value = readValue();
        skipSpace();
        if (at_ != text_.size())
            fail();
        return value;
    }

private:
    using Value = gatehouse::model::Value;

    Value readValue()
    {
        skipSpace();
        const gatehouse::model::Position position{line_, column_};
        Value value = readAny();
        value.setPosition(position);
        return value;
    }

    Value readAny()
    {
        if (peek() == '{')
            return readObject();
        if (peek() == '[')
            return readArray();
        if (peek() == '\'')
            return Value(readQuoted());
        const std::string word = readWord();
        if (word == "true" || word == "false")
            return Value(word == "true");
        if (word == "null")
            return {};
        if (word.find('.') != std::string::npos)
            return Value(std::stod(word));
        return Value(static_cast<std::int64_t>(std::stoll(word)));
    }

    Value readObject()
    {
        Value object = Value::object();
        take();
        for (skipSpace(); peek() != '}'; skipSpace()) {
            const gatehouse::model::Position namePosition{line_, column_};
            const std::string name = peek() == '\'' ? readQuoted() : readWord();
            skipSpace();
            if (take() != ':')
                fail();
            object.asObject()->push_back({name, readValue(), namePosition});
            skipSpace();
            if (peek() == ',')
                take();
        }
        take();
        return object;
    }

    Value readArray()
    {
        Value array = Value::array();
        take();
        for (skipSpace(); peek() != ']'; skipSpace()) {
            array.push(readValue());
            skipSpace();
            if (peek() == ',')
                take();
        }
        take();
        return array;
    }

    std::string readQuoted()
    {
        take();
        std::string text;
        while (peek() != '\'')
            text += take();
        take();
        return text;
    }

    std::string readWord()
    {
        std::string word;
        while (std::isalnum(static_cast<unsigned char>(peek())) || peek() == '.' || peek() == '-' || peek() == '_')
            word += take();
        if (word.empty())
            fail();
        return word;
    }

    void skipSpace()
    {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])))
            take();
    }

    [[nodiscard]] char peek()
    {
        if (at_ >= text_.size())
            fail();
        return text_[at_];
    }

    char take()
    {
        const char c = peek();
        ++at_;
        ++column_;
        if (c == '\n') {
            ++line_;
            column_ = 1;
        }
        return c;
    }

    [[noreturn]] void fail() { qFatal("malformed table row: %s", std::string(text_).c_str()); }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::uint32_t column_ = 1;
};

inline gatehouse::model::Value valueOf(const QString& text)
{
    const std::string utf8 = text.toStdString();
    return ValueText(utf8).read();
}

/// A whole object around a spec.
inline gatehouse::model::Value objectWith(const QString& spec)
{
    gatehouse::model::Value object = valueOf("{apiVersion: 'x', kind: 'x', metadata: {name: 'a'}}");
    object.set("spec", valueOf(spec));
    return object;
}

inline const gatehouse::model::KindSchema& kindOf(const QString& word)
{
    const gatehouse::model::KindSchema* kind = gatehouse::model::findKindByWord(word.toStdString());
    if (!kind)
        qFatal("no kind %s", qPrintable(word));
    return *kind;
}

inline QStringList summary(const std::vector<gatehouse::model::Diagnostic>& problems)
{
    QStringList lines;
    for (const auto& problem : problems)
        lines += QString::fromStdString(std::string(toString(problem.severity)) + ' ' + problem.code + ' ' +
                                        problem.fieldPath);
    return lines;
}
