#pragma once

#include "importers/text_document.h"

#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// Cuts a YAML stream at the lines that start with `---` or follow `...`, so that a broken document does not hide what
/// is wrong with the others and a document can be recognised by its text. YAML 1.2 (9.1.2) forbids these markers at the
/// start of a line inside any scalar, so no parsing is needed. Parts without content (blank lines, comments) are left
/// out.
std::vector<TextDocument> splitDocuments(std::string_view text);

} // namespace gatehouse::importers
