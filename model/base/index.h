#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace gatehouse::model {

/// An index into one kind of table that cannot be mixed up with an index into another.
template <class Tag>
struct Index {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t value = none;

    [[nodiscard]] constexpr bool valid() const noexcept { return value != none; }
    auto operator<=>(const Index&) const = default;
};

} // namespace gatehouse::model
