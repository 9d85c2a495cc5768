#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace gatehouse::model {

class Value;

/// One finished HTTP exchange, or one TCP, TLS or UDP session, as the access log, the admin endpoint and the desktop
/// show it. Plain data: the engine fills it, others read it. Times: `start` is wall clock; durations are microseconds.
struct AccessEvent {
    std::chrono::system_clock::time_point start;
    std::string method, authority, path, protocol;  ///< as received; protocol "HTTP/1.1", or "TCP", "TLS", "UDP" alone
    std::uint16_t status = 0;                       ///< 0: no answer was sent
    std::int16_t grpcStatus = -1;                   ///< of a gRPC call, from its trailers; -1: none, or no such call
    std::string flags;                              ///< Envoy's letters: NR, UH, UF, UT, UC, DC, ...; "-" when none
    std::uint64_t bytesReceived = 0, bytesSent = 0; ///< bodies only; of sessions what the client sent and got
    std::uint64_t durationMicros = 0;
    std::string gateway; ///< "namespace/name"
    std::string listener;
    std::string route; ///< "HTTPRoute/namespace/name"; "" when none matched
    std::int32_t rule = -1;
    std::string backend;         ///< "namespace/service:port"
    std::string upstreamAddress; ///< "127.0.0.1:9000"
    std::string clientAddress;
    std::string tlsVersion; ///< of the client's connection: "TLSv1.3"; "" when it is plain
    std::string serverName; ///< SNI in lower case; "" without
    std::string traceId;
    std::uint64_t snapshotVersion = 0;
    /// What `explain` says of the request, for machines; null unless the engine was asked to attach it.
    std::shared_ptr<const Value> explanation;

    /// A session has no method, path and status.
    [[nodiscard]] bool isSession() const noexcept
    {
        return protocol == "TCP" || protocol == "TLS" || protocol == "UDP";
    }
};

} // namespace gatehouse::model
