#include "engine/http/proxy.h"

#include "engine/http/answers.h"
#include "engine/http/relay.h"
#include "engine/routing/match.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/worker.h"

#include <string>

namespace gatehouse::engine {

namespace {

Handling* refuse(Exchange& exchange, std::uint16_t status, std::string_view flags, std::string_view message)
{
    answer(exchange, routing::DirectResponse{status, {}, message, flags});
    return nullptr;
}

/// Whose turn it is among a cluster's endpoints; null when it has none.
EndpointPool* nextEndpoint(ServingCluster& cluster)
{
    if (cluster.endpoints.empty())
        return nullptr;
    if (cluster.next >= cluster.endpoints.size())
        cluster.next = 0;
    return cluster.endpoints[cluster.next++].get();
}

} // namespace

Handling* Proxy::start(Exchange& exchange)
{
    routing::RequestHead& head = exchange.client.head();
    head.scheme = "http";
    if (head.method == "CONNECT")
        return refuse(exchange, 501, "-", "this gateway is no forward proxy: CONNECT is not implemented");
    if (!exchange.serving)
        return refuse(exchange, 503, "NR", "nothing is configured yet");

    Serving& serving = *exchange.serving;
    routing::RouteDecision decision;
    if (const routing::PortTable* port = serving.snapshot->find(exchange.server.key()))
        decision = routing::match(*serving.snapshot, *port, head);
    exchange.record.listener = decision.listener;
    exchange.record.rule = decision.rule;
    if (const auto direct = routing::directResponse(decision, head, exchange.arena)) {
        answer(exchange, *direct);
        return nullptr;
    }

    const routing::CompiledRule& rule = *decision.rule;
    auto& weights = serving.weights[decision.ruleIndex.value];
    weights.resize(rule.backends.size());
    const routing::WeightedBackend* backend = routing::chooseBackend(rule, weights);
    if (const auto direct = routing::backendResponse(decision, backend, head, exchange.arena)) {
        answer(exchange, *direct);
        return nullptr;
    }
    exchange.record.cluster = &serving.snapshot->clusters[backend->cluster.value];
    EndpointPool* endpoint = nextEndpoint(serving.clusters[backend->cluster.value]);
    if (!endpoint)
        return refuse(exchange, 503, "UH", "the Service " + exchange.record.cluster->name + " has no ready endpoint");
    exchange.record.endpoint = endpoint;
    if (!endpoint->address().error.empty())
        return refuse(exchange, 503, "UF", endpoint->address().error);

    routing::applyRequestFilters(rule.filters, decision, head, exchange.arena);
    routing::applyRequestFilters(backend->filters, decision, head, exchange.arena);
    // HTTP/1.0 may come without Host; a backend of today refuses that (RFC 9112 section 3.2).
    if (head.authority.empty())
        head.authority =
            exchange.arena.store({exchange.server.key().address, ":", std::to_string(exchange.server.key().port)});
    // The client's expectation is met here, hop by hop, when the body is wanted.
    if (exchange.client.requestFraming().kind != BodyKind::None)
        head.headers.remove("expect");
    Relay& relay = exchange.worker.takeRelay();
    relay.begin(exchange, {&rule, backend, endpoint});
    return &relay;
}

} // namespace gatehouse::engine
