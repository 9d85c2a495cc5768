#include "model/schema/schema_builders.h"

#include <deque>
#include <mutex>

namespace gatehouse::model::schema {
namespace {

/// A deque, because nodes point at each other and must not move. Tables are made when they are first asked for, by
/// whichever thread asks.
SchemaNode& newNode(SchemaType type)
{
    static std::mutex mutex;
    static std::deque<SchemaNode> arena;
    const std::scoped_lock lock(mutex);
    SchemaNode& node = arena.emplace_back();
    node.type = type;
    return node;
}

void limit(SchemaNode& node, Length length)
{
    if (length.min != 0)
        node.minLength = length.min;
    if (length.max != noLimit)
        node.maxLength = length.max;
}

} // namespace

Node object(std::vector<SchemaField> fields)
{
    SchemaNode& node = newNode(SchemaType::Object);
    node.fields = std::move(fields);
    return &node;
}

Node openObject(std::vector<SchemaField> fields)
{
    SchemaNode& node = newNode(SchemaType::Object);
    node.fields = std::move(fields);
    node.preserveUnknown = true;
    return &node;
}

Node map(Node values, Length members, Format keys)
{
    SchemaNode& node = newNode(SchemaType::Map);
    node.items = values;
    node.keyFormat = keys;
    limit(node, members);
    return &node;
}

Node list(Node items, Length items_)
{
    SchemaNode& node = newNode(SchemaType::List);
    node.items = items;
    limit(node, items_);
    return &node;
}

Node listMap(Node items, std::vector<std::string_view> keys, Length items_)
{
    SchemaNode& node = newNode(SchemaType::List);
    node.items = items;
    node.listMapKeys = std::move(keys);
    limit(node, items_);
    return &node;
}

Node listSet(Node items, Length items_)
{
    SchemaNode& node = newNode(SchemaType::List);
    node.items = items;
    node.listSet = true;
    limit(node, items_);
    return &node;
}

Node string(Length length, Format format)
{
    SchemaNode& node = newNode(SchemaType::String);
    node.format = format;
    limit(node, length);
    return &node;
}

Node oneOf(std::vector<std::string_view> values)
{
    SchemaNode& node = newNode(SchemaType::String);
    node.enumValues = std::move(values);
    return &node;
}

Node integer(std::int64_t minimum, std::int64_t maximum)
{
    SchemaNode& node = newNode(SchemaType::Integer);
    node.minimum = minimum;
    node.maximum = maximum;
    return &node;
}

Node integerAtLeast(std::int64_t minimum)
{
    SchemaNode& node = newNode(SchemaType::Integer);
    node.minimum = minimum;
    return &node;
}

Node integerOneOf(std::vector<std::string_view> values)
{
    SchemaNode& node = newNode(SchemaType::Integer);
    node.enumValues = std::move(values);
    return &node;
}

Node boolean()
{
    static const SchemaNode& node = newNode(SchemaType::Boolean);
    return &node;
}

Node any()
{
    static const SchemaNode& node = newNode(SchemaType::Any);
    return &node;
}

Node intOrName()
{
    static const Node node = [] {
        SchemaNode& fresh = newNode(SchemaType::IntOrString);
        fresh.format = Format::PortOrName;
        fresh.minimum = 1;
        fresh.maximum = 65535;
        return &fresh;
    }();
    return node;
}

SchemaField field(std::string_view name, Node node, std::string_view doc)
{
    SchemaField made;
    made.name = name;
    made.node = node;
    made.doc = doc;
    return made;
}

SchemaField required(std::string_view name, Node node, std::string_view doc)
{
    SchemaField made = field(name, node, doc);
    made.required = true;
    return made;
}

SchemaField byDefault(std::string_view name, Node node, Value value, std::string_view doc)
{
    SchemaField made = field(name, node, doc);
    made.defaultValue = std::move(value);
    return made;
}

SchemaField immutable(SchemaField field)
{
    field.immutable = true;
    return field;
}

SchemaField experimental(SchemaField field)
{
    field.experimental = true;
    return field;
}

Value objectValue(std::initializer_list<std::pair<std::string_view, Value>> members)
{
    Value value = Value::object();
    for (const auto& [name, member] : members)
        value.set(name, member);
    return value;
}

} // namespace gatehouse::model::schema
