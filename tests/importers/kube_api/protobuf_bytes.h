#pragma once

#include <cstdint>
#include <string>

// Protobuf's wire format, written by hand: what tests expect, or send.

inline std::string varint(std::uint64_t value)
{
    std::string bytes;
    for (; value >= 0x80; value >>= 7)
        bytes += static_cast<char>(0x80 | (value & 0x7F));
    return bytes + static_cast<char>(value);
}

inline std::string number(unsigned field, std::uint64_t value)
{
    return varint(field << 3) + varint(value);
}

/// A text, or a message.
inline std::string text(unsigned field, const std::string& value)
{
    return varint(field << 3 | 2) + varint(value.size()) + value;
}
