#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace gatehouse::routing {

/// At most eight characters as one word; different texts of one length give different words.
inline std::uint64_t packText(const char* p, std::size_t size) noexcept
{
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(p[i])}; };
    if (size == 0)
        return 0;
    if (size < 4)
        return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
    std::uint32_t first, last; // they overlap when there are less than eight
    std::memcpy(&first, p, 4);
    std::memcpy(&last, p + size - 4, 4);
    return first | std::uint64_t{last} << 32;
}

/// Hashes short names, eight bytes a step. Only names of the configuration are ever stored under it, so a client cannot
/// make collisions; hence speed is all that it needs.
inline std::uint64_t hashText(std::string_view text, std::uint64_t seed = 0) noexcept
{
    constexpr std::uint64_t prime = 0x9E3779B97F4A7C15u;
    std::uint64_t hash = (seed + text.size() + 1) * prime;
    const auto mix = [&](std::uint64_t word) {
        hash = (hash ^ word) * prime;
        hash ^= hash >> 29;
    };
    const char* p = text.data();
    std::size_t left = text.size();
    for (; left > 8; p += 8, left -= 8)
        mix(packText(p, 8));
    mix(packText(p, left));
    hash *= prime;
    return hash ^ (hash >> 32);
}

/// Open-addressed slots from a hash to a number; the owner holds and compares the keys. Eight bytes a slot and at most
/// half full, so that a look-up touches one cache line of it.
/// Thread: filled once, then immutable.
class HashSlots {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFFu;

    void insert(std::uint64_t hash, std::uint32_t number)
    {
        if (slots_.size() < 2 * (used_ + 1))
            grow();
        place(static_cast<std::uint32_t>(hash), number);
        ++used_;
    }

    /// The number whose key is equal, as `same(number)` tells; `none` if there is none.
    template <class Same>
    [[nodiscard]] std::uint32_t find(std::uint64_t hash, Same&& same) const noexcept
    {
        if (slots_.empty())
            return none;
        const auto tag = static_cast<std::uint32_t>(hash);
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t i = tag & mask;; i = (i + 1) & mask) {
            const Slot& slot = slots_[i];
            if (slot.number == none)
                return none;
            if (slot.tag == tag && same(slot.number))
                return slot.number;
        }
    }

private:
    struct Slot {
        std::uint32_t tag = 0, number = none;
    };

    void place(std::uint32_t tag, std::uint32_t number)
    {
        const std::size_t mask = slots_.size() - 1;
        std::size_t i = tag & mask;
        while (slots_[i].number != none)
            i = (i + 1) & mask;
        slots_[i] = {tag, number};
    }

    void grow()
    {
        std::vector<Slot> old(slots_.empty() ? 8 : slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old)
            if (slot.number != none)
                place(slot.tag, slot.number);
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

} // namespace gatehouse::routing
