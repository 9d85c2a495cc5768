#pragma once

#include "engine/routing/match.h"
#include "engine/routing/snapshot.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Envoy's external authorization over gRPC (service envoy.service.auth.v3.Authorization): its messages, without a
/// connection. ExternalAuth with protocol GRPC names it (semantics 9.7).
namespace gatehouse::engine {

inline constexpr std::string_view checkPath = "/envoy.service.auth.v3.Authorization/Check";

/// A request as an authorization server is shown it. Views and references of the request.
struct CheckQuestion {
    const routing::RequestHead& head;
    const std::vector<std::string>& allowedHeaders; ///< in lower case; none: all, and HTTP/2's pseudo-header fields
    std::string_view protocol;                      ///< "HTTP/1.1"
    std::string_view clientAddress;
    const routing::BindKey& gateway; ///< where the request came in
    std::string_view serverName;     ///< SNI; "" without
    std::chrono::system_clock::time_point start;
    std::optional<std::string_view> body = std::nullopt; ///< nullopt: it is not shown
};

/// A CheckRequest as gRPC sends it, its length in front. Text that is no UTF-8 has '!' for bytes outside ASCII, since
/// servers refuse the whole message otherwise.
std::string checkRequest(const CheckQuestion& question);

/// What is done with one header field.
struct HeaderChange {
    enum class Action : std::uint8_t { Set, Add, AddIfAbsent, SetIfPresent };
    std::string name, value;
    Action action = Action::Set;
};
void applyChanges(const std::vector<HeaderChange>& changes, routing::HeaderFields& headers, routing::TextArena& arena);

/// What the server decided.
struct CheckVerdict {
    std::string error; ///< not "": this is no decision that can be followed; says why
    bool allowed = false;
    std::vector<HeaderChange> headers;       ///< of the request if it is allowed, else of the refusal
    std::vector<std::string> removedHeaders; ///< of the request
    std::vector<HeaderChange> answerHeaders; ///< what the backend's answer gets
    std::uint16_t status = 403;              ///< of the refusal
    std::string body;                        ///< of the refusal
};

/// Reads the body of an answer to Check: one message. What it asks for that is not done here (changes of the path or
/// the query) is an error, so that nothing passes that was allowed under a condition. Fields that are not known are
/// passed over. Errors: CheckVerdict::error.
CheckVerdict readVerdict(std::string_view body);

} // namespace gatehouse::engine
