#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// The same number for the same text on every machine and run, so that generated names and addresses never move.
std::uint64_t stableHash(std::string_view text) noexcept;

/// `length` letters and digits of those that Kubernetes takes for generated names; the same for the same seed.
std::string generatedSuffix(std::string_view seed, std::size_t length);

/// A UUID (RFC 9562 version 8: by a hash of our own) for an object that is made, not applied.
std::string stableUid(std::string_view seed);

/// `text` if it is short enough for a label value (63 characters), else cut, and made unique again by a hash.
std::string labelValue(const std::string& text);

} // namespace gatehouse::model
