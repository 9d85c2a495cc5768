#pragma once

#include <cstdint>
#include <string_view>

namespace gatehouse::importers {

/// The text of one document of a file, YAML's markers and directives included. Lifetime: of the whole text.
struct TextDocument {
    std::string_view text;
    std::uint32_t line = 1; ///< of its first byte
    bool json = false;      ///< by its file's name: nothing else is tried

    bool operator==(const TextDocument&) const = default;
};

} // namespace gatehouse::importers
