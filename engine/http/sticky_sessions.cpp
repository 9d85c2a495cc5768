#include "engine/http/sticky_sessions.h"

#include "engine/routing/session.h"
#include "engine/runtime/serving.h"

#include <chrono>

namespace gatehouse::engine {

namespace {

std::int64_t unixNow()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

StickyTarget stickyTarget(Exchange& exchange, const routing::CompiledRule& rule)
{
    const routing::CompiledSession& session = *rule.session;
    const auto token = routing::readSession(session, exchange.client.head(), unixNow());
    if (!token)
        return {};
    Serving& serving = *exchange.serving;
    for (const routing::WeightedBackend& backend : rule.backends) {
        if (!backend.cluster.valid())
            continue;
        const routing::Cluster& cluster = serving.snapshot->clusters[backend.cluster.value];
        const auto& pools = serving.clusters[backend.cluster.value].endpoints;
        for (std::size_t i = 0; i < pools.size(); ++i) {
            if (routing::sessionEndpoint(session, cluster, cluster.endpoints[i]) != token->endpoint)
                continue;
            exchange.session = *token;
            return {&backend, pools[i].get()};
        }
    }
    return {};
}

void addSession(Exchange& exchange, const RelayTarget& target, routing::HeaderFields& headers)
{
    const routing::CompiledSession& session = *target.rule->session;
    const routing::Cluster& cluster = exchange.serving->snapshot->clusters[target.backend->cluster.value];
    const auto& pools = target.cluster->endpoints;
    std::size_t at = 0;
    while (at < pools.size() && pools[at].get() != target.endpoint)
        ++at;
    if (at == pools.size())
        return;
    const std::uint64_t endpoint = routing::sessionEndpoint(session, cluster, cluster.endpoints[at]);
    if (exchange.session.endpoint == endpoint)
        return;
    const std::string token = routing::writeToken({endpoint, unixNow()});
    if (session.byHeader) {
        headers.set(session.name, exchange.arena.store({token}));
        return;
    }
    const bool secure = exchange.client.head().scheme == "https";
    headers.add("set-cookie",
                exchange.arena.store({routing::sessionCookie(session, token, target.matchedPath, secure)}));
}

} // namespace gatehouse::engine
