#pragma once

#include "engine/routing/host_index.h"
#include "engine/routing/snapshot.h"

namespace gatehouse::routing {

/// The TLSRoutes of one TLS listener by server name.
struct ServerNameTable {
    /// The rules that have one effective hostname: the first serves, the younger ones are only attached.
    struct Entry {
        std::optional<model::Hostname> hostname; ///< nullopt: every server name, and none
        std::vector<RuleIndex> rules;            ///< oldest route first, then namespace/name
    };
    HostIndex hosts;            ///< to numbers in `entries`
    std::vector<Entry> entries; ///< in no order that matters
};

/// Which rule serves a connection or a UDP session. listener null: none takes it. rule null: the listener has none for
/// it, or it is an HTTPS listener, whose requests have rules of their own; see isHttp. Lifetime: of the snapshot.
struct StreamDecision {
    const ListenerTable* listener = nullptr;
    const CompiledRule* rule = nullptr;
    RuleIndex ruleIndex;
    [[nodiscard]] bool isHttp() const noexcept { return listener && listener->protocol == model::Protocol::HTTPS; }
};

/// The one matcher of TLS connections, for traffic and for explanations: the listener by SNI, whatever its protocol
/// (semantics 7.3), then its TLSRoute with the most specific hostname (8.3); a terminating listener's TCPRoute takes
/// what no TLSRoute does (12.5). `serverName` is in lower case, "" without SNI. Errors: none. Thread: any; reads only;
/// no allocation.
StreamDecision routeSni(const Snapshot& snapshot, const PortTable& port, std::string_view serverName) noexcept;

/// The same for a TCP or UDP port, where nothing tells one connection from another (8.4).
StreamDecision routeStream(const Snapshot& snapshot, const PortTable& port) noexcept;

} // namespace gatehouse::routing
