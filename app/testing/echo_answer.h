#pragma once

#include "app/testing/observation.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::testing {

/// What an echo backend says of itself and of what it received: the built-in one, or the conformance suite's image
/// behind another gateway.
struct EchoAnswer {
    std::string namespace_, service, pod;
    std::optional<SeenRequest> request; ///< of the echoes of requests
};

/// The JSON of a body; nullopt when it is no echo's. Thread: any.
std::optional<EchoAnswer> readHttpEcho(std::string_view body);
/// An EchoResponse in gRPC's framing.
std::optional<EchoAnswer> readGrpcEcho(std::string_view body);
/// The JSON line or datagram among what a connection or session received; TXT records of the DNS echo.
std::optional<EchoAnswer> readStreamEcho(std::string_view received);

/// A query for the TXT records of a name, as one UDP message: what the DNS echo answers with who it is.
std::string dnsQuestion();

} // namespace gatehouse::testing
