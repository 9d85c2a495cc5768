#include "importers/writers.h"

#include "importers/yaml/scalar_style.h"

#include <array>
#include <charconv>
#include <cmath>

namespace gatehouse::importers {

namespace {

using model::Value;

/// A longer key is written as `? key`: readers look only 1024 characters ahead for the colon (YAML 1.2, 7.4).
constexpr std::size_t longestSimpleKey = 128;

std::string floatText(double number)
{
    if (std::isnan(number))
        return ".nan";
    if (std::isinf(number))
        return number < 0 ? "-.inf" : ".inf";
    std::array<char, 40> buffer;
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    std::string text(buffer.data(), result.ptr);
    if (text.find_first_of(".e") == std::string::npos)
        text += ".0"; // stays a float when it is read again
    return text;
}

class YamlWriter {
public:
    std::string write(const Value& value)
    {
        if (isInline(value))
            inlineValue(value, 0);
        else
            block(value, 0);
        if (out_.empty() || out_.back() != '\n')
            out_ += '\n';
        return std::move(out_);
    }

private:
    static bool isInline(const Value& value)
    {
        const Value::Array* items = value.asArray();
        const Value::Object* members = value.asObject();
        return items ? items->empty() : members ? members->empty() : true;
    }

    void inlineValue(const Value& value, std::size_t indent)
    {
        switch (value.kind()) {
        case Value::Kind::Null:
            out_ += "null";
            break;
        case Value::Kind::Bool:
            out_ += *value.asBool() ? "true" : "false";
            break;
        case Value::Kind::Int:
            out_ += std::to_string(*value.asInt());
            break;
        case Value::Kind::Float:
            out_ += floatText(*value.asFloat());
            break;
        case Value::Kind::String:
            text(*value.asString(), indent);
            break;
        case Value::Kind::Array:
            out_ += "[]";
            break;
        case Value::Kind::Object:
            out_ += "{}";
            break;
        }
    }

    /// A string as value; a literal block is indented below `indent`.
    void text(const std::string& string, std::size_t indent)
    {
        if (scalarStyle(string) != ScalarStyle::Literal) {
            out_ += scalarText(string);
            return;
        }
        const std::size_t end = string.find_last_not_of('\n');
        const std::size_t breaks = string.size() - 1 - end;
        out_ += breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+";
        std::size_t at = 0;
        while (at < string.size()) {
            const std::size_t next = std::min(string.find('\n', at), string.size());
            out_ += '\n';
            if (next > at)
                out_.append(indent + 2, ' ').append(string, at, next - at);
            at = next + 1;
        }
        if (breaks > 1)
            out_ += '\n';
    }

    /// A list or mapping that is not empty; the caller has written the indentation of its first line.
    void block(const Value& value, std::size_t indent)
    {
        bool first = true;
        const auto startLine = [&] {
            if (!first) {
                newLine();
                out_.append(indent, ' ');
            }
            first = false;
        };
        if (const Value::Array* items = value.asArray()) {
            for (const Value& item : *items) {
                startLine();
                out_ += "- ";
                if (isInline(item))
                    inlineValue(item, indent);
                else
                    block(item, indent + 2);
            }
            return;
        }
        for (const model::Member& member : *value.asObject()) {
            startLine();
            key(member.name, indent);
            if (isInline(member.value)) {
                out_ += ' ';
                inlineValue(member.value, indent);
            } else {
                const std::size_t inner = member.value.isArray() ? indent : indent + 2;
                newLine();
                out_.append(inner, ' ');
                block(member.value, inner);
            }
        }
    }

    void key(const std::string& name, std::size_t indent)
    {
        const std::string written = scalarStyle(name) == ScalarStyle::Literal ? doubleQuoted(name) : scalarText(name);
        if (written.size() > longestSimpleKey)
            out_.append("? ").append(written).append("\n").append(indent, ' ').append(":");
        else
            out_.append(written).append(":");
    }

    /// Ends the line, unless a literal block with kept line ends has done so.
    void newLine()
    {
        if (!out_.empty() && out_.back() != '\n')
            out_ += '\n';
    }

    std::string out_;
};

} // namespace

std::string toYaml(const Value& value)
{
    return YamlWriter().write(value);
}

} // namespace gatehouse::importers
