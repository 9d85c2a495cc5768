#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::engine {

// Protobuf's wire format (protobuf.dev, "Encoding"), as much of it as our few gRPC messages need: integers and
// length-delimited fields. The messages are few and small; a library would be a hundred times this and can end the
// process on errors.

/// Appends fields to a message. Thread: one.
class ProtobufWriter {
public:
    void integer(std::uint32_t field, std::uint64_t value);
    /// A string, bytes or a message.
    void text(std::uint32_t field, std::string_view value);
    /// The same unless it is empty, which proto3 leaves out.
    void textIfAny(std::uint32_t field, std::string_view value);
    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

private:
    void varint(std::uint64_t value);

    std::string bytes_;
};

/// One field as it stands on the wire.
struct ProtobufField {
    std::uint32_t number = 0;
    bool isText = false; ///< length-delimited: `text`; else `integer`
    std::uint64_t integer = 0;
    std::string_view text;
};

/// The fields of one message, one after the other. Lifetime: of `data`. Errors: broken() once next() was false.
class ProtobufReader {
public:
    explicit ProtobufReader(std::string_view data) noexcept : data_(data) {}

    bool next(ProtobufField& field) noexcept;
    [[nodiscard]] bool broken() const noexcept { return broken_; }

private:
    bool varint(std::uint64_t& value) noexcept;
    bool payload(ProtobufField& field, std::uint64_t wireType) noexcept;
    bool skip(std::size_t count) noexcept;

    std::string_view data_;
    bool broken_ = false;
};

} // namespace gatehouse::engine
