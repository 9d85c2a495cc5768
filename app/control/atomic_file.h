#pragma once

#include <string>

namespace gatehouse::control {

/// Replaces a file whole: readers see the old text or the new one. `mode` are its permission bits. The error says what
/// failed and why; "" when the file is there.
std::string writeFileAtomically(const std::string& path, const std::string& text, unsigned mode);

} // namespace gatehouse::control
