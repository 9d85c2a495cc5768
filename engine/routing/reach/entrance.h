#pragma once

#include "engine/routing/explain.h"
#include "engine/routing/route_table.h"

#include <compare>
#include <map>
#include <string>

namespace gatehouse::routing {

/// A way into a snapshot, in the manifests' words: what two snapshots have in common wherever their sockets are.
struct Entrance {
    std::string gateway;    ///< "namespace/name"
    std::uint16_t port = 0; ///< the listeners' own
    Carrier carrier = Carrier::Http;
    auto operator<=>(const Entrance&) const = default;
};
std::string toText(const Entrance& entrance); ///< "infra/shared-gw port 80 (HTTP)"

/// Every entrance with the table of (one of) its sockets. Lifetime: of the snapshot.
std::map<Entrance, const PortTable*> entrancesOf(const Snapshot& snapshot);

/// Where a request ends. All null: nobody takes it.
struct Landing {
    const ListenerTable* listener = nullptr;
    const HostTable* table = nullptr; ///< that has the candidate
    const Candidate* candidate = nullptr;
    RuleIndex rule; ///< invalid: 404
};

/// Sends a request through the one matcher. Over TLS the server name is the host's, as clients send it, and a
/// connection that belongs to another listener than the host ends nowhere (421). `port` null: nothing listens.
Landing land(const Snapshot& snapshot, const PortTable* port, const ExplainRequest& request);

/// One match of the tables.
struct MatchPlace {
    const ListenerTable* listener = nullptr;
    const HostTable* table = nullptr;
    std::uint32_t candidate = 0;

    [[nodiscard]] const HostTable& tables() const { return *table; }
    [[nodiscard]] const Candidate& get() const { return tables().candidates[candidate]; }
    [[nodiscard]] const std::optional<model::Hostname>& hostname() const
    {
        return tables().hostnames[tables().hostnameOf[candidate]];
    }
    [[nodiscard]] const PathPattern& pattern() const { return tables().patterns[get().pattern]; }
    [[nodiscard]] const Conditions* conditions() const
    {
        const std::uint32_t number = get().conditions;
        return number == Candidate::noConditions ? nullptr : &tables().conditions[number];
    }
};

/// Where a request landed that has a candidate.
inline MatchPlace placeOf(const Landing& landing)
{
    return {landing.listener, landing.table,
            static_cast<std::uint32_t>(landing.candidate - landing.table->candidates.data())};
}

/// Calls visit(const MatchPlace&) for every match of a listener.
template <class Visit>
void forEachMatch(const ListenerTable& listener, Visit&& visit)
{
    for (const auto& table : listener.hosts->shards)
        for (std::uint32_t i = 0; i < table->candidates.size(); ++i)
            visit(MatchPlace{&listener, table.get(), i});
}

} // namespace gatehouse::routing
