#pragma once

#include <string_view>

namespace gatehouse::model::lint_code {

/// Codes of lint(). Stable: scripts and suppressions name them. GH2117 is engine/routing's (redirects that go round),
/// GH2190 and GH22xx are app/control's (suppressions, certificates).
inline constexpr std::string_view routeWithoutParent = "GH2101";
inline constexpr std::string_view hostnameNotServed = "GH2102";
inline constexpr std::string_view listenerUnused = "GH2103";
inline constexpr std::string_view gatewayUnused = "GH2104";
inline constexpr std::string_view openToAll = "GH2105";
inline constexpr std::string_view deprecatedKind = "GH2106";
inline constexpr std::string_view noEndpoint = "GH2110";
inline constexpr std::string_view noWorkload = "GH2111";
inline constexpr std::string_view weightsAllZero = "GH2112";
inline constexpr std::string_view ruleWithoutBackend = "GH2113";
inline constexpr std::string_view mirrorToItself = "GH2114";
inline constexpr std::string_view noTimeForRetries = "GH2115";
inline constexpr std::string_view noRetryAfterTimeout = "GH2116";

} // namespace gatehouse::model::lint_code
