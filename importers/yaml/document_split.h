#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace gatehouse::importers
{

/// One document of a YAML stream, markers and directives included. Lifetime: of the whole text.
struct TextDocument {
    std::string_view text;
    std::uint32_t line = 1; ///< of its first byte
    bool operator==(const TextDocument&) const = default;
};

/// Cuts a YAML stream at the lines that start with `---` or follow `...`, so that a broken document does not hide what
/// is wrong with the others and a document can be recognised by its text. YAML 1.2 (9.1.2) forbids these markers at the
/// start of a line inside any scalar, so no parsing is needed. Parts without content (blank lines, comments) are left
/// out.
std::vector<TextDocument> splitDocuments(std::string_view text);

} // namespace gatehouse::importers
