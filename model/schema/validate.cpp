#include "model/schema/schema.h"

#include "model/schema/field_path.h"
#include "model/schema/nearest_name.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace gatehouse::model {
namespace {

// One code for each kind of fault; they are stable.
constexpr const char* wrongTypeCode = "GH1101";
constexpr const char* missingCode = "GH1102";
constexpr const char* unknownFieldCode = "GH1103";
constexpr const char* notInEnumCode = "GH1104";
constexpr const char* badFormatCode = "GH1105";
constexpr const char* outOfRangeCode = "GH1106";
constexpr const char* badLengthCode = "GH1107";
constexpr const char* badCountCode = "GH1108";
constexpr const char* duplicateKeyCode = "GH1109";
constexpr const char* duplicateItemCode = "GH1110";
constexpr const char* experimentalCode = "GH1112";

/// Where the walk is. `at` is the nearest known position: the node's own, or that of what holds it.
struct Place {
    const FieldPath& path;
    Position at;
};

Position nearest(const Value& value, Position otherwise)
{
    return value.position().known() ? value.position() : otherwise;
}

std::size_t codePoints(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

bool hasUpper(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isupper(c) != 0; });
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

std::string joined(const std::vector<std::string_view>& words)
{
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty())
            text += ", ";
        text += word;
    }
    return text;
}

std::string quoted(std::string_view text)
{
    constexpr std::size_t longest = 80; // a message is one line
    std::string out = "\"";
    out += text.substr(0, longest);
    out += text.size() > longest ? "...\"" : "\"";
    return out;
}

/// A scalar as YAML would show it; "" for lists and objects.
std::string scalarText(const Value& value)
{
    if (const auto b = value.asBool())
        return *b ? "true" : "false";
    if (const auto i = value.asInt())
        return std::to_string(*i);
    if (const auto d = value.asFloat()) {
        char text[32];
        std::snprintf(text, sizeof text, "%.15g", *d);
        return text;
    }
    return value.isString() ? *value.asString() : std::string();
}

const char* expectedType(SchemaType type)
{
    switch (type) {
    case SchemaType::Object:
    case SchemaType::Map:
        return "an object";
    case SchemaType::List:
        return "a list";
    case SchemaType::String:
        return "a string";
    case SchemaType::Integer:
        return "an integer";
    case SchemaType::Number:
        return "a number";
    case SchemaType::Boolean:
        return "true or false";
    case SchemaType::IntOrString:
        return "an integer or a name";
    case SchemaType::Any:
        return "any value";
    }
    return "another type";
}

const char* withArticle(Value::Kind kind)
{
    switch (kind) {
    case Value::Kind::Null:
        return "null";
    case Value::Kind::Bool:
        return "a boolean";
    case Value::Kind::Int:
        return "an integer";
    case Value::Kind::Float:
        return "a number";
    case Value::Kind::String:
        return "a string";
    case Value::Kind::Array:
        return "a list";
    case Value::Kind::Object:
        return "an object";
    }
    return "something else";
}

const SchemaField* findField(const SchemaNode& node, std::string_view name)
{
    for (const SchemaField& field : node.fields)
        if (field.name == name)
            return &field;
    return nullptr;
}

/// Gives what a default brings in the place of the object that lacks it, so that later problems have a line.
void putAt(Value& value, Position at)
{
    value.setPosition(at);
    if (Value::Array* items = value.asArray())
        for (Value& item : *items)
            putAt(item, at);
    if (Value::Object* members = value.asObject())
        for (Member& member : *members)
            putAt(member.value, at);
}

int compareScalars(const Value* a, const Value* b)
{
    if (!a || !b)
        return a == b ? 0 : (a ? 1 : -1);
    if (a->kind() != b->kind())
        return a->kind() < b->kind() ? -1 : 1;
    if (const std::string* text = a->asString())
        return text->compare(*b->asString());
    const auto x = a->asInt(), y = b->asInt();
    return x == y ? 0 : (x < y ? -1 : 1);
}

class Validator {
public:
    Validator(const CheckContext& context, std::vector<Diagnostic>& problems)
        : context_(context), problems_(problems), mayQuote_(context.object.kind != "Secret")
    {
    }

    void check(const SchemaNode& node, Value& value, Place place);
    [[nodiscard]] bool failed() const { return failed_; }

private:
    void checkObject(const SchemaNode& node, Value& value, Place place);
    void checkMap(const SchemaNode& node, Value& value, Place place);
    void checkList(const SchemaNode& node, Value& value, Place place);
    void checkString(const SchemaNode& node, const Value& value, Place place);
    void checkInteger(const SchemaNode& node, const Value& value, Place place);
    void checkIntOrString(const SchemaNode& node, const Value& value, Place place);
    void checkFormatOf(const SchemaNode& node, const std::string& text, Place place);
    void checkCount(const SchemaNode& node, std::size_t count, Place place);
    void checkUnique(const SchemaNode& node, const Value::Array& items, Place place);
    void complete(const SchemaNode& node, Value& value, Place place);

    void wrongType(const SchemaNode& node, const Value& value, Place place);
    void unknownField(const SchemaNode& node, const Member& member, Place place);
    void missing(const SchemaField& field, const Value& parent, Place place);

    void report(Severity severity, const char* code, Place place, std::string message, std::string expected = {},
                std::string remedy = {});
    void error(const char* code, Place place, std::string message, std::string expected = {}, std::string remedy = {})
    {
        failed_ = true;
        report(Severity::Error, code, place, std::move(message), std::move(expected), std::move(remedy));
    }

    const CheckContext& context_;
    std::vector<Diagnostic>& problems_;
    bool mayQuote_; ///< a Secret's contents never appear in messages
    bool failed_ = false;
};

void Validator::report(Severity severity, const char* code, Place place, std::string message, std::string expected,
                       std::string remedy)
{
    Diagnostic problem;
    problem.severity = severity;
    problem.code = code;
    problem.message = std::move(message);
    problem.expected = std::move(expected);
    problem.remedy = std::move(remedy);
    problem.location = {context_.file, place.at};
    problem.fieldPath = place.path.text();
    problem.object = context_.object;
    problems_.push_back(std::move(problem));
}

void Validator::check(const SchemaNode& node, Value& value, Place place)
{
    place.at = nearest(value, place.at);
    switch (node.type) {
    case SchemaType::Object:
        return checkObject(node, value, place);
    case SchemaType::Map:
        return checkMap(node, value, place);
    case SchemaType::List:
        return checkList(node, value, place);
    case SchemaType::String:
        return checkString(node, value, place);
    case SchemaType::Integer:
        return checkInteger(node, value, place);
    case SchemaType::IntOrString:
        return checkIntOrString(node, value, place);
    case SchemaType::Number:
        if (!value.asFloat())
            wrongType(node, value, place);
        return;
    case SchemaType::Boolean:
        if (!value.asBool())
            wrongType(node, value, place);
        return;
    case SchemaType::Any:
        return;
    }
}

void Validator::checkObject(const SchemaNode& node, Value& value, Place place)
{
    Value::Object* members = value.asObject();
    if (!members)
        return wrongType(node, value, place);
    bool pruning = false;
    for (Member& member : *members) {
        if (member.value.isNull()) { // an explicit null is the same as no member
            pruning = true;
            continue;
        }
        if (!node.preserveUnknown && !findField(node, member.name)) {
            unknownField(node, member, place);
            member.value = Value();
            pruning = true;
        }
    }
    if (pruning)
        std::erase_if(*members, [](const Member& member) { return member.value.isNull(); });
    complete(node, value, place);
    for (Member& member : *members) {
        const SchemaField* field = findField(node, member.name);
        if (!field)
            continue;
        const FieldPath path = place.path.member(field->name);
        if (field->experimental)
            report(Severity::Info, experimentalCode, {path, nearest(member.value, place.at)},
                   "a field of the experimental channel; where the standard CRDs are installed it is dropped");
        check(*field->node, member.value, {path, place.at});
    }
}

/// Adds defaults, and reports what is required and absent.
void Validator::complete(const SchemaNode& node, Value& value, Place place)
{
    for (const SchemaField& field : node.fields) {
        if (!field.required && !field.defaultValue)
            continue;
        if (value.find(field.name))
            continue;
        if (field.defaultValue)
            putAt(value.set(field.name, *field.defaultValue), place.at);
        else
            missing(field, value, place);
    }
}

void Validator::checkMap(const SchemaNode& node, Value& value, Place place)
{
    Value::Object* members = value.asObject();
    if (!members)
        return wrongType(node, value, place);
    std::erase_if(*members, [](const Member& member) { return member.value.isNull(); });
    checkCount(node, members->size(), place);
    for (Member& member : *members) {
        const FieldPath path = place.path.key(member.name);
        if (node.keyFormat != Format::None) {
            if (std::string fault = checkFormat(node.keyFormat, member.name); !fault.empty())
                error(badFormatCode, {path, member.namePosition.known() ? member.namePosition : place.at},
                      quoted(member.name) + " is no valid key: " + fault);
        }
        check(*node.items, member.value, {path, place.at});
    }
}

void Validator::checkList(const SchemaNode& node, Value& value, Place place)
{
    Value::Array* items = value.asArray();
    if (!items)
        return wrongType(node, value, place);
    checkCount(node, items->size(), place);
    for (std::size_t i = 0; i < items->size(); ++i)
        check(*node.items, (*items)[i], {place.path.item(i), place.at});
    if (items->size() > 1 && (node.listSet || !node.listMapKeys.empty()))
        checkUnique(node, *items, place);
}

void Validator::checkCount(const SchemaNode& node, std::size_t count, Place place)
{
    const bool isMap = node.type == SchemaType::Map;
    if (node.minLength && count < *node.minLength)
        error(badCountCode, place, count == 0 ? "must not be empty" : "has too few items",
              "at least " + std::to_string(*node.minLength) + (*node.minLength == 1 ? " item" : " items"));
    if (node.maxLength && count > *node.maxLength)
        error(badCountCode, place, "has " + std::to_string(count) + (isMap ? " members" : " items"),
              "at most " + std::to_string(*node.maxLength));
}

/// Sorts references to the items, so that long lists cost n log n, and reports the later of each pair.
void Validator::checkUnique(const SchemaNode& node, const Value::Array& items, Place place)
{
    const auto compare = [&](std::size_t a, std::size_t b) {
        if (node.listSet)
            return compareScalars(&items[a], &items[b]);
        for (const std::string_view key : node.listMapKeys)
            if (const int order = compareScalars(items[a].find(key), items[b].find(key)); order != 0)
                return order;
        return 0;
    };
    std::vector<std::size_t> order(items.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return compare(a, b) < 0; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const std::size_t earlier = order[i - 1], later = order[i];
        if (compare(earlier, later) != 0)
            continue;
        const Value* same = node.listSet ? &items[later] : items[later].find(node.listMapKeys.front());
        if (!same)
            continue; // no key at all: reported as missing
        const Position at = nearest(*same, nearest(items[later], place.at));
        const std::string what = (node.listSet ? std::string() : std::string(node.listMapKeys.front()) + ' ') +
                                 quoted(scalarText(*same)) + " is already at " + place.path.item(earlier).text();
        error(node.listSet ? duplicateItemCode : duplicateKeyCode, {place.path.item(later), at}, what,
              "each to be there once");
    }
}

void Validator::checkString(const SchemaNode& node, const Value& value, Place place)
{
    const std::string* text = value.asString();
    if (!text)
        return wrongType(node, value, place);
    if (!node.enumValues.empty() &&
        std::find(node.enumValues.begin(), node.enumValues.end(), *text) == node.enumValues.end()) {
        const std::string_view near = nearestName(*text, node.enumValues);
        return error(notInEnumCode, place, quoted(*text) + " is not possible here", "one of " + joined(node.enumValues),
                     near.empty() ? std::string() : "did you mean " + std::string(near) + '?');
    }
    if (node.minLength && text->size() < *node.minLength)
        return error(badLengthCode, place, "must not be empty");
    if (node.maxLength && text->size() > *node.maxLength) {
        if (const std::size_t length = codePoints(*text); length > *node.maxLength)
            return error(badLengthCode, place, "has " + std::to_string(length) + " characters",
                         "at most " + std::to_string(*node.maxLength));
    }
    checkFormatOf(node, *text, place);
}

void Validator::checkFormatOf(const SchemaNode& node, const std::string& text, Place place)
{
    if (node.format == Format::None)
        return;
    const std::string fault = checkFormat(node.format, text);
    if (fault.empty())
        return;
    std::string remedy;
    if (hasUpper(text) && checkFormat(node.format, lowered(text)).empty())
        remedy = "write it in lower case: " + lowered(text);
    else if (node.format == Format::GroupName && text.find('/') != std::string::npos)
        remedy = "leave out the version: " + text.substr(0, text.find('/'));
    error(badFormatCode, place, mayQuote_ ? quoted(text) + " is not valid: " + fault : fault, {}, std::move(remedy));
}

void Validator::checkInteger(const SchemaNode& node, const Value& value, Place place)
{
    const auto number = value.asInt();
    if (!number)
        return wrongType(node, value, place);
    if (!node.enumValues.empty()) {
        if (std::find(node.enumValues.begin(), node.enumValues.end(), std::to_string(*number)) == node.enumValues.end())
            error(notInEnumCode, place, std::to_string(*number) + " is not possible here",
                  "one of " + joined(node.enumValues));
        return;
    }
    const bool low = node.minimum && *number < *node.minimum, high = node.maximum && *number > *node.maximum;
    if (!low && !high)
        return;
    std::string expected = node.maximum
                               ? std::to_string(node.minimum.value_or(0)) + " to " + std::to_string(*node.maximum)
                               : "at least " + std::to_string(*node.minimum);
    error(outOfRangeCode, place, std::to_string(*number) + " is out of range", std::move(expected));
}

void Validator::checkIntOrString(const SchemaNode& node, const Value& value, Place place)
{
    if (value.asInt())
        return checkInteger(node, value, place);
    const std::string* text = value.asString();
    if (!text)
        return wrongType(node, value, place);
    if (!text->empty() && std::all_of(text->begin(), text->end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
        return error(badFormatCode, place, quoted(*text) + " is read as a port's name, which needs a letter", {},
                     "write the number without quotes: " + *text);
    checkFormatOf(node, *text, place);
}

void Validator::wrongType(const SchemaNode& node, const Value& value, Place place)
{
    const std::string text = mayQuote_ ? scalarText(value) : std::string();
    const bool wantsString = node.type == SchemaType::String;
    const bool wantsNumber = node.type == SchemaType::Integer || node.type == SchemaType::Number;
    std::string remedy;
    if (wantsString && value.asBool())
        remedy = "quote the text: bare on, off, yes, no, y, n, true and false are booleans in YAML";
    else if (wantsString && value.asFloat())
        remedy = text.empty() ? "put it in quotes" : "quote it: " + quoted(text);
    else if (wantsNumber && value.isString() && !text.empty() &&
             std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
        remedy = "write it without quotes: " + text;
    else if (node.type == SchemaType::Boolean && value.isString())
        remedy = "write true or false, without quotes";
    else if (node.type == SchemaType::List && !value.isNull())
        remedy = "begin it with \"- \", also when there is only one";
    else if (node.type == SchemaType::Object && value.isArray())
        remedy = "leave out the \"- \": there is only one";
    const std::string what = text.empty() ? "this" : (value.isString() ? quoted(text) : text);
    error(wrongTypeCode, place, what + " is " + withArticle(value.kind()), expectedType(node.type), std::move(remedy));
}

void Validator::unknownField(const SchemaNode& node, const Member& member, Place place)
{
    std::vector<std::string_view> names;
    names.reserve(node.fields.size());
    for (const SchemaField& field : node.fields)
        names.push_back(field.name);
    std::string_view near = nearestName(member.name, names);
    const Position at = member.namePosition.known() ? member.namePosition : nearest(member.value, place.at);
    report(Severity::Warning, unknownFieldCode, {place.path.member(member.name), at},
           "unknown field " + quoted(member.name) + ", which is left out", {},
           near.empty() ? "known here: " + joined(names) : "did you mean " + std::string(near) + '?');
}

void Validator::missing(const SchemaField& field, const Value& parent, Place place)
{
    std::string remedy = "add " + std::string(field.name);
    if (field.name == "name" && parent.find("generateName")) {
        remedy = "write a name: generateName is for objects that a server creates";
    } else if (!field.doc.empty()) {
        std::string doc(field.doc.substr(0, field.doc.size() - 1));
        // "The listener's name" reads on as "the listener's name"; "API group" stays.
        if (doc.size() > 1 && std::islower(static_cast<unsigned char>(doc[1])))
            doc[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(doc[0])));
        remedy += " (" + doc + ')';
    }
    error(missingCode, {place.path.member(field.name), place.at}, "required field is missing", {}, std::move(remedy));
}

} // namespace

bool validate(const KindSchema& kind, Value& object, const CheckContext& context, std::vector<Diagnostic>& problems)
{
    Validator validator(context, problems);
    const FieldPath root;
    validator.check(*kind.root, object, {root, object.position()});
    return !validator.failed();
}

} // namespace gatehouse::model
