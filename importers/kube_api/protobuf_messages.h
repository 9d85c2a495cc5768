#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// What a field of a message holds.
enum class ProtobufType : std::uint8_t {
    String,
    Integer,
    Boolean,
    Bytes,       ///< base64 in JSON
    Time,        ///< seconds
    MicroTime,   ///< seconds and microseconds
    Quantity,    ///< a text in a message
    IntOrString, ///< a number or a name in a message
    Json,        ///< JSON text in a message (FieldsV1)
    Message
};

struct ProtobufMessage;

struct ProtobufField {
    std::uint32_t number = 0;
    std::string_view name; ///< of the member in JSON; "" for a message whose members stand among the owner's
    ProtobufType type = ProtobufType::String;
    bool repeated = false;
    bool map = false;     ///< names to values
    bool pointer = false; ///< a zero or empty value was meant; others are left out, as JSON leaves them out
    const ProtobufMessage* message = nullptr;
};

struct ProtobufMessage {
    std::string_view name;
    std::vector<ProtobufField> fields; ///< sorted by number
    [[nodiscard]] const ProtobufField* find(std::uint32_t number) const noexcept;
};

/// The message of a kind as the protobuf form of the API has it; null for kinds that have none: Gatehouse knows those
/// of core kinds that clients send, and no custom resource has one. Lifetime: static. Thread: any.
const ProtobufMessage* findProtobufMessage(std::string_view group, std::string_view kind);

/// Every message, for tests.
const std::vector<ProtobufMessage>& protobufMessages();

} // namespace gatehouse::importers
