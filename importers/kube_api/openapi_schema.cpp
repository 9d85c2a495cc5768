#include "importers/kube_api/openapi_schema.h"

#include "importers/kube_api/openapi_status.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

namespace gatehouse::importers {
namespace {

using model::SchemaField;
using model::SchemaNode;
using model::SchemaType;
using model::Value;

constexpr std::string_view preserveUnknown = "x-kubernetes-preserve-unknown-fields";

Value typed(std::string_view type)
{
    Value schema = Value::object();
    schema.set("type", type);
    return schema;
}

template <class Number>
void setLimit(Value& schema, std::string_view name, const std::optional<Number>& limit)
{
    if (limit)
        schema.set(name, Value(static_cast<std::int64_t>(*limit)));
}

/// Integer enums are kept as decimal text.
Value enumValue(const SchemaNode& node, std::string_view text)
{
    std::int64_t number = 0;
    if (node.type == SchemaType::Integer &&
        std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc())
        return Value(number);
    return Value(text);
}

void setEnum(Value& schema, const SchemaNode& node)
{
    if (node.enumValues.empty())
        return;
    Value& values = schema.set("enum", Value::array());
    for (const std::string_view each : node.enumValues)
        values.push(enumValue(node, each));
}

Value stringSchema(const SchemaNode& node)
{
    Value schema = typed("string");
    if (node.format == model::Format::DateTime)
        schema.set("format", "date-time");
    else if (node.format == model::Format::Base64)
        schema.set("format", "byte");
    else if (const std::string_view pattern = formatPattern(node.format); !pattern.empty())
        schema.set("pattern", pattern);
    setLimit(schema, "minLength", node.minLength);
    setLimit(schema, "maxLength", node.maxLength);
    setEnum(schema, node);
    return schema;
}

Value integerSchema(const SchemaNode& node)
{
    const bool isShort = node.maximum && *node.maximum <= std::numeric_limits<std::int32_t>::max();
    Value schema = typed("integer");
    schema.set("format", isShort || !node.enumValues.empty() ? "int32" : "int64");
    setLimit(schema, "minimum", node.minimum);
    setLimit(schema, "maximum", node.maximum);
    setEnum(schema, node);
    return schema;
}

Value listSchema(const SchemaNode& node)
{
    Value schema = typed("array");
    schema.set("items", jsonSchema(*node.items));
    setLimit(schema, "minItems", node.minLength);
    setLimit(schema, "maxItems", node.maxLength);
    schema.set("x-kubernetes-list-type", !node.listMapKeys.empty() ? "map" : node.listSet ? "set" : "atomic");
    if (!node.listMapKeys.empty()) {
        Value& keys = schema.set("x-kubernetes-list-map-keys", Value::array());
        for (const std::string_view key : node.listMapKeys)
            keys.push(key);
    }
    return schema;
}

Value mapSchema(const SchemaNode& node)
{
    Value schema = typed("object");
    schema.set("additionalProperties", jsonSchema(*node.items));
    setLimit(schema, "minProperties", node.minLength);
    setLimit(schema, "maxProperties", node.maxLength);
    return schema;
}

Value fieldSchema(const SchemaField& field)
{
    Value schema = Value::object();
    std::string doc(field.doc);
    if (field.experimental)
        doc += " (Experimental channel.)";
    schema.set("description", std::move(doc));
    const Value node = jsonSchema(*field.node);
    for (const model::Member& member : *node.asObject())
        schema.set(member.name, member.value);
    if (field.defaultValue)
        schema.set("default", *field.defaultValue);
    return schema;
}

Value fieldsSchema(const SchemaNode& node)
{
    Value schema = typed("object");
    Value required = Value::array();
    Value properties = Value::object();
    for (const SchemaField& field : node.fields) {
        properties.set(field.name, fieldSchema(field));
        if (field.required)
            required.push(field.name);
    }
    if (!node.fields.empty())
        schema.set("properties", std::move(properties));
    if (!required.asArray()->empty())
        schema.set("required", std::move(required));
    if (node.preserveUnknown)
        schema.set(preserveUnknown, true);
    return schema;
}

/// The alpha versions of some kinds allow more than the canonical one.
const SchemaNode* rootOf(const ApiKind& kind, std::string_view version)
{
    if (!kind.schema)
        return model::unknownKindSchema().root;
    return version == "v1alpha2" && kind.schema->oldRoot ? kind.schema->oldRoot : kind.schema->root;
}

const SchemaField* fieldOf(const SchemaNode& node, std::string_view name)
{
    const auto found = std::find_if(node.fields.begin(), node.fields.end(),
                                    [&](const SchemaField& field) { return field.name == name; });
    return found == node.fields.end() ? nullptr : &*found;
}

} // namespace

Value jsonSchema(const SchemaNode& node)
{
    switch (node.type) {
    case SchemaType::Object:
        return fieldsSchema(node);
    case SchemaType::Map:
        return mapSchema(node);
    case SchemaType::List:
        return listSchema(node);
    case SchemaType::String:
        return stringSchema(node);
    case SchemaType::Integer:
        return integerSchema(node);
    case SchemaType::Number:
        return typed("number");
    case SchemaType::Boolean:
        return typed("boolean");
    case SchemaType::IntOrString:
    case SchemaType::Any:
        break;
    }
    Value schema = Value::object();
    schema.set(node.type == SchemaType::IntOrString ? "x-kubernetes-int-or-string" : preserveUnknown, true);
    return schema;
}

Value objectSchema(const ApiKind& kind, std::string_view version)
{
    const SchemaNode& root = *rootOf(kind, version);
    Value schema = Value::object();
    schema.set("description", kindDescription(kind.group, kind.kind));
    schema.set("type", "object");
    Value properties = Value::object();
    Value required = Value::array();
    for (const SchemaField& field : root.fields) {
        if (field.name == "metadata") {
            Value metadata = typed("object");
            metadata.set("description", field.doc);
            properties.set(field.name, std::move(metadata));
        } else if (field.name == "status") {
            if (kind.hasStatus)
                properties.set(field.name, statusSchema(kind.kind));
        } else if (kind.schema || fieldOf(root, "apiVersion") == &field || fieldOf(root, "kind") == &field) {
            properties.set(field.name, fieldSchema(field));
        }
        // A request may leave out what it says in its path.
        if (field.required && kind.schema && field.name != "apiVersion" && field.name != "kind" &&
            field.name != "metadata")
            required.push(field.name);
    }
    schema.set("properties", std::move(properties));
    if (!required.asArray()->empty())
        schema.set("required", std::move(required));
    if (root.preserveUnknown)
        schema.set(preserveUnknown, true);
    return schema;
}

Value objectMetaSchema()
{
    const ApiKind* any = findApiKindOf("", "ConfigMap");
    Value schema = jsonSchema(*fieldOf(*any->schema->root, "metadata")->node);
    // generateName stands in for the name when an object is created.
    schema.erase("required");
    return schema;
}

} // namespace gatehouse::importers
