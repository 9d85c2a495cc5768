#include "app/testing/field_reader.h"

#include "app/control/nearest.h"

namespace gatehouse::testing {

using model::Member;
using model::Value;

model::Diagnostic& FieldReader::report(const char* code, model::Position at, const std::string& path,
                                       std::string message, std::string expected)
{
    model::Diagnostic problem;
    problem.code = code;
    problem.message = std::move(message);
    problem.expected = std::move(expected);
    problem.location = {file_, at};
    problem.fieldPath = path;
    ++errors_;
    return problems_.emplace_back(std::move(problem));
}

void FieldReader::wrongKind(const std::string& path, const Value& value, const std::string& expected)
{
    const std::string kind(toString(value.kind()));
    report(code::wrongType, value.position(), path,
           std::string("is ") + (kind.find_first_of("aeiou") == 0 ? "an " : "a ") + kind, expected);
}

void FieldReader::object(const std::string& path, const Value& value, const Keys& keys, const std::string& expected)
{
    const Value::Object* members = value.asObject();
    if (!members) {
        wrongKind(path, value, expected);
        return;
    }
    for (const Member& member : *members) {
        const std::string child = path.empty() ? member.name : path + '.' + member.name;
        const Handler* handler = nullptr;
        std::vector<std::string> known;
        std::string all;
        for (const auto& [name, candidate] : keys) {
            known.push_back(name);
            all += (all.empty() ? "" : ", ") + name;
            if (name == member.name)
                handler = &candidate;
        }
        if (handler) {
            (*handler)(child, member);
            continue;
        }
        const std::string near = control::nearest(member.name, known);
        report(code::unknownKey, member.namePosition, child, "unknown key", "one of " + all).remedy =
            near.empty() ? "" : "did you mean '" + near + "'?";
    }
}

void FieldReader::list(const std::string& path, const Value& value, bool single,
                       const std::function<void(const std::string&, const Value&)>& each)
{
    const Value::Array* items = value.asArray();
    if (!items && single && !value.isNull() && !value.isObject()) {
        each(path, value);
        return;
    }
    if (!items) {
        wrongKind(path, value, "a list");
        return;
    }
    for (std::size_t i = 0; i < items->size(); ++i)
        each(path + '[' + std::to_string(i) + ']', (*items)[i]);
}

std::optional<std::string> FieldReader::text(const std::string& path, const Value& value, const std::string& expected)
{
    if (const std::string* string = value.asString())
        return *string;
    if (const auto number = value.kind() == Value::Kind::Int ? value.asInt() : std::nullopt)
        return std::to_string(*number);
    if (const auto flag = value.asBool())
        return std::string(*flag ? "true" : "false");
    wrongKind(path, value, expected);
    return std::nullopt;
}

std::optional<bool> FieldReader::boolean(const std::string& path, const Value& value)
{
    const auto flag = value.asBool();
    if (!flag)
        wrongKind(path, value, "true or false");
    return flag;
}

FieldReader::Keys FieldReader::conditions(TextMatch& match)
{
    const auto condition = [this, &match](TextMatch::Kind kind) {
        return [this, &match, kind](const std::string& path, const Member& member) {
            const auto wanted = text(path, member.value);
            if (!wanted)
                return;
            const auto added = match.add(kind, *wanted);
            if (!added)
                report(code::badValue, member.value.position(), path, "is no regular expression: " + added.error(),
                       "one of RE2's syntax");
        };
    };
    return {{"equals", condition(TextMatch::Kind::Equals)},
            {"contains", condition(TextMatch::Kind::Contains)},
            {"startsWith", condition(TextMatch::Kind::StartsWith)},
            {"endsWith", condition(TextMatch::Kind::EndsWith)},
            {"matches", condition(TextMatch::Kind::Matches)}};
}

std::optional<TextMatch> FieldReader::match(const std::string& path, const Value& value)
{
    const std::size_t before = errors_;
    TextMatch result;
    if (value.isObject()) {
        object(path, value, conditions(result), "");
        if (result.empty() && errors_ == before)
            report(code::badValue, value.position(), path, "asks for nothing",
                   "equals, contains, startsWith, endsWith or matches");
    } else if (const auto wanted = text(path, value, "a string, or conditions as contains and matches")) {
        static_cast<void>(result.add(TextMatch::Kind::Equals, *wanted));
    }
    return errors_ == before ? std::optional(std::move(result)) : std::nullopt;
}

} // namespace gatehouse::testing
