#pragma once

#include "engine/routing/snapshot.h"
#include "model/base/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::control {

/// Small texts of gatehouse.yaml and flags. None allocates on failure but for messages; all are pure.

/// 1 to 65535, digits only.
std::optional<std::uint16_t> parsePort(std::string_view text);
/// An IPv4 or IPv6 literal, without brackets.
bool isIpLiteral(const std::string& text);
/// 127.0.0.0/8 or ::1.
bool isLoopback(const std::string& text);
/// GEP-2257 ("15s", "1m30s", "500ms"); nullopt when it is none.
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);
/// The canonical GEP-2257 form; "0s" for zero.
std::string formatDuration(std::chrono::milliseconds duration);

struct HostPort {
    std::string host; ///< brackets of an IPv6 literal taken off
    std::uint16_t port = 0;
};
/// "host:port" or "[v6]:port"; the error says what was expected.
model::Result<HostPort, std::string> parseHostPort(const std::string& text);
/// host:port as a URL writes it: brackets around an IPv6 literal.
std::string formatHostPort(const std::string& host, std::uint16_t port);

/// "namespace/name" of a name that may lack the namespace (then it is default); "" when the text has more parts.
std::string qualify(const std::string& name);
/// "namespace/gateway/listener" of a text that may lack the namespace; "" when it has other parts.
std::string qualifyListener(const std::string& text);
/// "namespace/service:port" made canonical; the error says what was expected.
model::Result<std::string, std::string> parseBackendKey(const std::string& text);

} // namespace gatehouse::control
