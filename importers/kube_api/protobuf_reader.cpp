#include "importers/kube_api/protobuf_reader.h"

#include "importers/decode/versions.h"
#include "importers/kube_api/body_reader.h"
#include "importers/kube_api/protobuf_messages.h"
#include "importers/text_check.h"
#include "model/schema/base64.h"
#include "model/schema/timestamp.h"

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

namespace gatehouse::importers {
namespace {

using model::Unexpected;
using model::Value;

constexpr std::size_t mostValues = 500'000; ///< as for JSON bodies

/// One field as it stands on the wire (protobuf encoding, "Message Structure").
struct WireField {
    std::uint32_t number = 0;
    bool isText = false; ///< length-delimited: `text`; else `integer`
    std::uint64_t integer = 0;
    std::string_view text;
};

/// The fields of one message, one after the other. Errors: broken() once next() has returned false.
class WireReader {
public:
    explicit WireReader(std::string_view data) : data_(data) {}

    bool next(WireField& field)
    {
        if (data_.empty() || broken_)
            return false;
        std::uint64_t key = 0;
        broken_ = !varint(key) || (key >> 3) == 0 || (key >> 3) > 0x1FFFFFFF || !payload(field, key & 7);
        field.number = static_cast<std::uint32_t>(key >> 3);
        return !broken_;
    }
    [[nodiscard]] bool broken() const noexcept { return broken_; }

    bool varint(std::uint64_t& value)
    {
        value = 0;
        for (unsigned shift = 0; shift < 64 && !data_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(data_.front());
            data_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if ((byte & 0x80) == 0)
                return true;
        }
        return false;
    }
    [[nodiscard]] bool atEnd() const noexcept { return data_.empty(); }

private:
    bool skip(std::size_t count)
    {
        if (data_.size() < count)
            return false;
        data_.remove_prefix(count);
        return true;
    }

    bool payload(WireField& field, std::uint64_t wireType)
    {
        field.isText = wireType == 2;
        std::uint64_t length = 0;
        switch (wireType) {
        case 0:
            return varint(field.integer);
        case 1: // 64 bits: no field that we read
            return skip(8);
        case 2:
            if (!varint(length) || length > data_.size())
                return false;
            field.text = data_.substr(0, static_cast<std::size_t>(length));
            return skip(field.text.size());
        case 5: // 32 bits: no field that we read
            return skip(4);
        default:
            return false;
        }
    }

    std::string_view data_;
    bool broken_ = false;
};

/// Fields 1 and 2 of the small messages that hold a time, a quantity, or a number or name.
struct Pair {
    std::uint64_t first = 0, second = 0;
    std::string_view firstText, thirdText;
    bool good = true;
};

Pair readPair(std::string_view data)
{
    Pair pair;
    WireReader reader(data);
    for (WireField field; reader.next(field);) {
        if (field.number == 1)
            (field.isText ? void(pair.firstText = field.text) : void(pair.first = field.integer));
        else if (field.number == 2 && !field.isText)
            pair.second = field.integer;
        else if (field.number == 3 && field.isText)
            pair.thirdText = field.text;
    }
    pair.good = !reader.broken();
    return pair;
}

/// JSON forms leave out what is zero or empty, unless it was meant.
bool isZero(const Value& value)
{
    if (const std::string* text = value.asString())
        return text->empty();
    if (const Value::Object* members = value.asObject())
        return members->empty();
    return value.isNull() || value.asInt().value_or(1) == 0 || !value.asBool().value_or(true);
}

class ObjectReader {
public:
    /// Adds the members of `message` to `object`; false when `data` is broken.
    bool read(const ProtobufMessage& message, std::string_view data, Value& object)
    {
        WireReader reader(data);
        for (WireField wire; reader.next(wire);) {
            const ProtobufField* field = message.find(wire.number);
            if (field && !readField(*field, wire, object))
                return false;
        }
        return !reader.broken();
    }

private:
    bool readField(const ProtobufField& field, const WireField& wire, Value& object)
    {
        if (field.name.empty())
            return field.message && wire.isText && read(*field.message, wire.text, object);
        if (field.map)
            return readEntry(field, wire, memberOf(object, field.name, Value::object()));
        if (field.repeated && field.type == ProtobufType::Integer && wire.isText)
            return readPacked(wire.text, memberOf(object, field.name, Value::array()));
        std::optional<Value> value = valueOf(field, wire);
        if (!value)
            return false;
        if (field.repeated)
            memberOf(object, field.name, Value::array()).push(std::move(*value));
        else if (field.pointer ? !value->isNull() : !isZero(*value))
            object.set(field.name, std::move(*value));
        return true;
    }

    static Value& memberOf(Value& object, std::string_view name, Value fresh)
    {
        Value* member = object.find(name);
        return member ? *member : object.set(name, std::move(fresh));
    }

    /// An entry of a map is a message of a name and a value.
    bool readEntry(const ProtobufField& field, const WireField& wire, Value& map)
    {
        if (!wire.isText)
            return false;
        std::string name;
        WireField held;
        held.isText = true; // an entry without a value has the empty one
        WireReader reader(wire.text);
        for (WireField part; reader.next(part);) {
            if (part.number == 1 && part.isText)
                name = part.text;
            else if (part.number == 2)
                held = part;
        }
        std::optional<Value> value = valueOf(field, held);
        if (reader.broken() || !value || !isUtf8(name))
            return false;
        map.set(name, value->isNull() ? Value("") : std::move(*value));
        return true;
    }

    bool readPacked(std::string_view data, Value& list)
    {
        WireReader reader(data);
        for (std::uint64_t integer = 0; !reader.atEnd();) {
            if (!reader.varint(integer) || !count())
                return false;
            list.push(Value(static_cast<std::int64_t>(integer)));
        }
        return true;
    }

    bool count() { return ++values_ <= mostValues; }

    /// nullopt: broken; null: nothing was meant (a time that is not set).
    std::optional<Value> valueOf(const ProtobufField& field, const WireField& wire)
    {
        const bool isNumber = field.type == ProtobufType::Integer || field.type == ProtobufType::Boolean;
        if (!count() || wire.isText == isNumber)
            return std::nullopt;
        switch (field.type) {
        case ProtobufType::Integer:
            return Value(static_cast<std::int64_t>(wire.integer));
        case ProtobufType::Boolean:
            return Value(wire.integer != 0);
        case ProtobufType::String:
            return isUtf8(wire.text) ? std::optional(Value(wire.text)) : std::nullopt;
        case ProtobufType::Bytes:
            return Value(model::encodeBase64(wire.text));
        case ProtobufType::Message: {
            Value object = Value::object();
            return field.message && read(*field.message, wire.text, object) ? std::optional(std::move(object))
                                                                            : std::nullopt;
        }
        case ProtobufType::Time:
        case ProtobufType::MicroTime:
        case ProtobufType::Quantity:
        case ProtobufType::IntOrString:
        case ProtobufType::Json:
            break;
        }
        return smallMessage(field.type, readPair(wire.text));
    }

    static std::optional<Value> smallMessage(ProtobufType type, const Pair& pair)
    {
        if (!pair.good || !isUtf8(pair.firstText) || !isUtf8(pair.thirdText))
            return std::nullopt;
        switch (type) {
        case ProtobufType::Quantity:
            return Value(pair.firstText);
        case ProtobufType::IntOrString: // 1 says which, 2 is the number, 3 the name
            return pair.first == 0 ? Value(static_cast<std::int64_t>(pair.second)) : Value(pair.thirdText);
        case ProtobufType::Json: {
            auto json = readBodyText(pair.firstText, false);
            return json ? std::optional(std::move(*json)) : std::nullopt;
        }
        default:
            return time(pair, type == ProtobufType::MicroTime);
        }
    }

    static std::optional<Value> time(const Pair& pair, bool micros)
    {
        // Year 1 to year 9999, what RFC 3339 can write; year 1 is how Go writes a time that is not set.
        constexpr std::int64_t first = -62135596800, last = 253402300799;
        const auto seconds = static_cast<std::int64_t>(pair.first);
        if (seconds == 0 || seconds == first)
            return Value();
        if (seconds < first || seconds > last || pair.second > 999'999'999)
            return std::nullopt;
        std::string text = model::formatTimestamp(model::Timestamp(std::chrono::seconds(seconds)));
        if (micros) {
            char fraction[16];
            std::snprintf(fraction, sizeof fraction, ".%06uZ", static_cast<unsigned>(pair.second / 1000));
            text.replace(text.size() - 1, 1, fraction);
        }
        return Value(std::move(text));
    }

    std::size_t values_ = 0;
};

/// What stands around the object (k8s.io/apimachinery, runtime.Unknown): its apiVersion and kind, and its bytes.
struct Envelope {
    std::string apiVersion, kind;
    std::string_view object;
    bool encoded = false; ///< compressed, or no protobuf inside
};

std::optional<Envelope> readEnvelope(std::string_view body)
{
    constexpr std::string_view magic("k8s\0", 4);
    if (!body.starts_with(magic))
        return std::nullopt;
    Envelope envelope;
    WireReader reader(body.substr(magic.size()));
    for (WireField field; reader.next(field);) {
        if (field.number == 1 && field.isText) {
            WireReader type(field.text);
            for (WireField part; type.next(part);)
                if (part.isText && part.number <= 2)
                    (part.number == 1 ? envelope.apiVersion : envelope.kind) = part.text;
        } else if (field.number == 2 && field.isText) {
            envelope.object = field.text;
        } else if (field.isText && !field.text.empty()) {
            envelope.encoded = envelope.encoded || field.text != protobufType;
        }
    }
    if (reader.broken())
        return std::nullopt;
    return envelope;
}

} // namespace

Answer<Value> readProtobuf(std::string_view body)
{
    const std::optional<Envelope> envelope = readEnvelope(body);
    if (!envelope)
        return Unexpected{badRequest("the body is no object in Kubernetes' protobuf form")};
    const GroupVersion version = splitApiVersion(envelope->apiVersion);
    const ProtobufMessage* message = findProtobufMessage(version.group, envelope->kind);
    if (!message || envelope->encoded)
        return Unexpected{unsupportedMediaType("application/json, application/yaml",
                                               "Gatehouse knows no protobuf form of this kind: set the client's "
                                               "content type to application/json")};
    Value object = Value::object();
    object.set("apiVersion", envelope->apiVersion);
    object.set("kind", envelope->kind);
    ObjectReader reader;
    if (!reader.read(*message, envelope->object, object))
        return Unexpected{badRequest("the body is a broken protobuf message, or holds too many values")};
    return object;
}

} // namespace gatehouse::importers
