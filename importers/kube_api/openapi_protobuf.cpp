#include "importers/kube_api/openapi_protobuf.h"

#include "importers/writers.h"

#include <cstdint>
#include <string_view>

namespace gatehouse::importers {
namespace {

using model::Value;

void appendVarint(std::string& out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>(0x80 | (value & 0x7F));
    out += static_cast<char>(value);
}

/// A text or a message: both are a length and bytes.
void append(std::string& out, unsigned field, std::string_view bytes)
{
    appendVarint(out, field << 3 | 2);
    appendVarint(out, bytes.size());
    out += bytes;
}

void appendText(std::string& out, unsigned field, const Value& object, std::string_view member)
{
    const Value* value = object.find(member);
    if (const std::string* text = value ? value->asString() : nullptr)
        append(out, field, *text);
}

void appendTexts(std::string& out, unsigned field, const Value& object, std::string_view member)
{
    const Value* value = object.find(member);
    const Value::Array* all = value ? value->asArray() : nullptr;
    for (std::size_t i = 0; all && i < all->size(); ++i)
        if (const std::string* text = (*all)[i].asString())
            append(out, field, *text);
}

void appendTrue(std::string& out, unsigned field, const Value& object, std::string_view member)
{
    const Value* value = object.find(member);
    if (value && value->asBool().value_or(false)) {
        appendVarint(out, field << 3);
        appendVarint(out, 1);
    }
}

/// NamedX {1 name, 2 value}.
std::string named(std::string_view name, std::string_view value)
{
    std::string out;
    append(out, 1, name);
    append(out, 2, value);
    return out;
}

/// Every member "x-..." as NamedAny; an Any holds its value as YAML, which JSON is.
void appendExtensions(std::string& out, unsigned field, const Value& object)
{
    for (const model::Member& member : *object.asObject()) {
        if (!member.name.starts_with("x-"))
            continue;
        std::string any;
        append(any, 2, toJson(member.value, 0));
        append(out, field, named(member.name, any));
    }
}

std::string schemaBytes(const Value& schema);

void appendProperties(std::string& out, const Value& schema)
{
    const Value* properties = schema.find("properties");
    if (!properties)
        return;
    std::string all;
    for (const model::Member& member : *properties->asObject())
        append(all, 1, named(member.name, schemaBytes(member.value)));
    append(out, 25, all);
}

std::string schemaBytes(const Value& schema)
{
    std::string out;
    appendText(out, 1, schema, "$ref");
    appendText(out, 2, schema, "format");
    appendText(out, 4, schema, "description");
    appendTexts(out, 19, schema, "required");
    if (const Value* values = schema.find("additionalProperties")) {
        std::string item;
        append(item, 1, schemaBytes(*values));
        append(out, 21, item);
    }
    if (schema.find("type")) {
        std::string item;
        appendText(item, 1, schema, "type");
        append(out, 22, item);
    }
    if (const Value* items = schema.find("items")) {
        std::string item;
        append(item, 1, schemaBytes(*items));
        append(out, 23, item);
    }
    appendProperties(out, schema);
    appendExtensions(out, 31, schema);
    return out;
}

std::string bodyParameter(const Value& parameter)
{
    std::string body;
    appendText(body, 1, parameter, "description");
    appendText(body, 2, parameter, "name");
    appendText(body, 3, parameter, "in");
    appendTrue(body, 4, parameter, "required");
    append(body, 5, schemaBytes(*parameter.find("schema")));
    std::string out;
    append(out, 1, body);
    return out;
}

/// A parameter of the query or of the path, which have most fields under other numbers.
std::string plainParameter(const Value& parameter)
{
    const bool inPath = *parameter.find("in")->asString() == "path";
    std::string own;
    appendTrue(own, 1, parameter, "required");
    appendText(own, 2, parameter, "in");
    appendText(own, 3, parameter, "description");
    appendText(own, 4, parameter, "name");
    appendText(own, inPath ? 5 : 6, parameter, "type");
    std::string choice, out;
    append(choice, inPath ? 4 : 3, own);
    append(out, 2, choice);
    return out;
}

void appendParameters(std::string& out, unsigned field, const Value& owner)
{
    const Value* list = owner.find("parameters");
    const Value::Array* all = list ? list->asArray() : nullptr;
    for (std::size_t i = 0; all && i < all->size(); ++i) {
        std::string item;
        append(item, 1, (*all)[i].find("schema") ? bodyParameter((*all)[i]) : plainParameter((*all)[i]));
        append(out, field, item);
    }
}

std::string responsesBytes(const Value& responses)
{
    std::string out;
    for (const model::Member& member : *responses.asObject()) {
        std::string response, schema, value;
        appendText(response, 1, member.value, "description");
        append(schema, 1, schemaBytes(*member.value.find("schema")));
        append(response, 2, schema);
        append(value, 1, response);
        append(out, 1, named(member.name, value));
    }
    return out;
}

std::string operationBytes(const Value& operation)
{
    std::string out;
    appendText(out, 3, operation, "description");
    appendText(out, 5, operation, "operationId");
    appendTexts(out, 7, operation, "consumes");
    appendParameters(out, 8, operation);
    append(out, 9, responsesBytes(*operation.find("responses")));
    appendExtensions(out, 13, operation);
    return out;
}

std::string pathItemBytes(const Value& item)
{
    struct Method {
        unsigned field;
        std::string_view name;
    };
    std::string out;
    for (const Method& method : {Method{2, "get"}, {3, "put"}, {4, "post"}, {5, "delete"}, {8, "patch"}})
        if (const Value* operation = item.find(method.name))
            append(out, method.field, operationBytes(*operation));
    appendParameters(out, 9, item);
    return out;
}

} // namespace

std::string openApiProtobuf(const Value& document)
{
    std::string out, info, paths, definitions;
    appendText(out, 1, document, "swagger");
    appendText(info, 1, *document.find("info"), "title");
    appendText(info, 2, *document.find("info"), "version");
    append(out, 2, info);
    for (const model::Member& member : *document.find("paths")->asObject())
        append(paths, 2, named(member.name, pathItemBytes(member.value)));
    append(out, 8, paths);
    for (const model::Member& member : *document.find("definitions")->asObject())
        append(definitions, 1, named(member.name, schemaBytes(member.value)));
    append(out, 9, definitions);
    return out;
}

} // namespace gatehouse::importers
