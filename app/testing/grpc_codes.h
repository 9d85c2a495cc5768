#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::testing {

/// The name of one of gRPC's status codes (statuscodes.md): "UNAVAILABLE" of 14; "" for a number that is none.
std::string_view grpcCodeName(int code) noexcept;

/// The name of a code as tests write it: its number, or its name in any case, with or without underscores. nullopt:
/// there is no such code.
std::optional<std::string> readGrpcCode(std::string_view text);

} // namespace gatehouse::testing
