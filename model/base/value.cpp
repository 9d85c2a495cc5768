#include "model/base/value.h"

#include <algorithm>

namespace gatehouse::model {

Value::Value(Object o) : data_(std::move(o))
{
}
Value::Value(const Value&) = default;
Value::Value(Value&&) noexcept = default;
Value& Value::operator=(const Value&) = default;
Value& Value::operator=(Value&&) noexcept = default;
Value::~Value() = default;

Value Value::object()
{
    return Value(Object{});
}

std::optional<bool> Value::asBool() const noexcept
{
    const auto* b = std::get_if<bool>(&data_);
    return b ? std::optional(*b) : std::nullopt;
}

std::optional<std::int64_t> Value::asInt() const noexcept
{
    const auto* i = std::get_if<std::int64_t>(&data_);
    return i ? std::optional(*i) : std::nullopt;
}

std::optional<double> Value::asFloat() const noexcept
{
    if (const auto* d = std::get_if<double>(&data_))
        return *d;
    if (const auto* i = std::get_if<std::int64_t>(&data_))
        return static_cast<double>(*i);
    return std::nullopt;
}

const Value* Value::find(std::string_view name) const noexcept
{
    const Object* members = asObject();
    if (!members)
        return nullptr;
    const auto it = std::find_if(members->begin(), members->end(), [&](const Member& m) { return m.name == name; });
    return it == members->end() ? nullptr : &it->value;
}

Value* Value::find(std::string_view name) noexcept
{
    return const_cast<Value*>(std::as_const(*this).find(name));
}

Value& Value::set(std::string_view name, Value value)
{
    if (isNull())
        data_ = Object{};
    if (Value* existing = find(name)) {
        *existing = std::move(value);
        return *existing;
    }
    Object& members = *asObject();
    members.push_back(Member{std::string(name), std::move(value), {}});
    return members.back().value;
}

void Value::erase(std::string_view name)
{
    if (Object* members = asObject())
        std::erase_if(*members, [&](const Member& m) { return m.name == name; });
}

Value& Value::push(Value value)
{
    if (isNull())
        data_ = Array{};
    Array& items = *asArray();
    items.push_back(std::move(value));
    return items.back();
}

void Value::shrink()
{
    if (Array* items = asArray()) {
        items->shrink_to_fit();
        for (Value& item : *items)
            item.shrink();
    } else if (Object* members = asObject()) {
        members->shrink_to_fit();
        for (Member& member : *members)
            member.value.shrink();
    }
}

bool Value::operator==(const Value& other) const
{
    return data_ == other.data_;
}

std::string_view toString(Value::Kind kind)
{
    switch (kind) {
    case Value::Kind::Null:
        return "null";
    case Value::Kind::Bool:
        return "boolean";
    case Value::Kind::Int:
        return "integer";
    case Value::Kind::Float:
        return "number";
    case Value::Kind::String:
        return "string";
    case Value::Kind::Array:
        return "list";
    case Value::Kind::Object:
        return "object";
    }
    return "value";
}

} // namespace gatehouse::model
