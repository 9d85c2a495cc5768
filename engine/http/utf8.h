#pragma once

#include <string_view>

namespace gatehouse::engine {

/// True for well-formed UTF-8 (RFC 3629).
bool isUtf8(std::string_view text) noexcept;

} // namespace gatehouse::engine
