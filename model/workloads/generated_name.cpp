#include "model/workloads/generated_name.h"

namespace gatehouse::model {
namespace {

/// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
std::uint64_t mixed(std::uint64_t word) noexcept
{
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
    return word ^ (word >> 31);
}

} // namespace

std::uint64_t stableHash(std::string_view text) noexcept
{
    // FNV-1a: byte by byte, so that byte order plays no part.
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return mixed(hash);
}

std::string generatedSuffix(std::string_view seed, std::size_t length)
{
    constexpr std::string_view alphabet = "bcdfghjklmnpqrstvwxz2456789";
    std::uint64_t state = stableHash(seed);
    std::string suffix;
    suffix.reserve(length);
    for (std::size_t i = 0; i < length; ++i) {
        suffix += alphabet[state % alphabet.size()];
        state = mixed(state + 0x9E3779B97F4A7C15u);
    }
    return suffix;
}

std::string stableUid(std::string_view seed)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const std::uint64_t high = stableHash(seed), low = mixed(high + 0x9E3779B97F4A7C15u);
    std::string uid;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            uid += '-';
        const std::uint64_t word = nibble < 16 ? high : low;
        std::uint64_t value = (word >> (60 - 4 * (nibble % 16))) & 15;
        if (nibble == 12)
            value = 8; // version
        if (nibble == 16)
            value = 8 | (value & 3); // variant
        uid += digits[value];
    }
    return uid;
}

std::string labelValue(const std::string& text)
{
    constexpr std::size_t limit = 63, suffix = 10;
    if (text.size() <= limit)
        return text;
    return text.substr(0, limit - suffix - 1) + '-' + generatedSuffix(text, suffix);
}

} // namespace gatehouse::model
