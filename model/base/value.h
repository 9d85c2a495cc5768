#pragma once

#include "model/base/source_location.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gatehouse::model {

struct Member;

/// A JSON-like tree, as manifests and API objects are written, each node with its place in the text.
/// Purpose: the one form between text and typed resources; the schema validates, prunes and defaults it, decoders read
/// it, writers print it. Objects keep the order of their members. Lifetime: a value. Thread: immutable once shared.
class Value {
public:
    using Array = std::vector<Value>;
    using Object = std::vector<Member>;
    enum class Kind : std::uint8_t { Null, Bool, Int, Float, String, Array, Object };

    Value() noexcept;
    Value(std::nullptr_t);
    Value(bool b);
    Value(int i);
    Value(std::int64_t i);
    Value(double d);
    Value(std::string s);
    Value(std::string_view s);
    Value(const char* s);
    Value(Array a);
    Value(Object o);
    Value(const Value&);
    Value(Value&&) noexcept;
    Value& operator=(const Value&);
    Value& operator=(Value&&) noexcept;
    ~Value();

    static Value array() { return Value(Array{}); }
    static Value object();

    [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(data_.index()); }
    [[nodiscard]] bool isNull() const noexcept { return kind() == Kind::Null; }
    [[nodiscard]] bool isString() const noexcept { return kind() == Kind::String; }
    [[nodiscard]] bool isArray() const noexcept { return kind() == Kind::Array; }
    [[nodiscard]] bool isObject() const noexcept { return kind() == Kind::Object; }

    /// Typed reads; null (or nullopt) when the node is of another kind. Lifetime: of this node.
    [[nodiscard]] std::optional<bool> asBool() const noexcept;
    [[nodiscard]] std::optional<std::int64_t> asInt() const noexcept;
    [[nodiscard]] std::optional<double> asFloat() const noexcept;
    [[nodiscard]] const std::string* asString() const noexcept { return std::get_if<std::string>(&data_); }
    [[nodiscard]] const Array* asArray() const noexcept { return std::get_if<Array>(&data_); }
    [[nodiscard]] Array* asArray() noexcept { return std::get_if<Array>(&data_); }
    [[nodiscard]] const Object* asObject() const noexcept { return std::get_if<Object>(&data_); }
    [[nodiscard]] Object* asObject() noexcept { return std::get_if<Object>(&data_); }

    /// Member of an object by name; null when this is no object or has no such member. Linear: objects are small.
    [[nodiscard]] const Value* find(std::string_view name) const noexcept;
    [[nodiscard]] Value* find(std::string_view name) noexcept;

    /// Sets (replaces or appends) a member; turns a null into an object first. Returns the stored value.
    Value& set(std::string_view name, Value value);
    /// Removes a member if present.
    void erase(std::string_view name);
    /// Appends to an array; turns a null into an array first.
    Value& push(Value value);

    /// Gives back the memory that lists and objects have in reserve, here and below: for what is kept for long.
    void shrink();

    [[nodiscard]] Position position() const noexcept { return position_; }
    void setPosition(Position position) noexcept { position_ = position; }

    /// Equal content; positions play no part, member order does.
    bool operator==(const Value& other) const;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
    Position position_;
};

struct Member {
    std::string name;
    Value value;
    Position namePosition;

    bool operator==(const Member& other) const { return name == other.name && value == other.value; }
};

// Here, where Member is complete: destroying the variant needs it.
inline Value::Value() noexcept = default;
inline Value::Value(std::nullptr_t)
{
}
inline Value::Value(bool b) : data_(b)
{
}
inline Value::Value(int i) : data_(std::int64_t{i})
{
}
inline Value::Value(std::int64_t i) : data_(i)
{
}
inline Value::Value(double d) : data_(d)
{
}
inline Value::Value(std::string s) : data_(std::move(s))
{
}
inline Value::Value(std::string_view s) : data_(std::string(s))
{
}
inline Value::Value(const char* s) : data_(std::string(s))
{
}
inline Value::Value(Array a) : data_(std::move(a))
{
}

/// Lower-case name of a kind as messages show it: "object", "string", "integer", ...
std::string_view toString(Value::Kind kind);

} // namespace gatehouse::model
