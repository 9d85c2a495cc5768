#include "engine/http/proxy.h"

#include "engine/http/answers.h"
#include "engine/http/auth_check.h"
#include "engine/http/client_connection.h"
#include "engine/http/forwarding.h"
#include "engine/http/mirror.h"
#include "engine/http/relay.h"
#include "engine/http/sticky_sessions.h"
#include "engine/routing/explain.h"
#include "engine/routing/explain_value.h"
#include "engine/routing/filters/filters.h"
#include "engine/routing/match.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/worker.h"

#include <string>

namespace gatehouse::engine {

namespace {

/// Makes the request a span, if requests are traced. Not before it was matched: rules see the trace that it came with.
void enterTrace(Exchange& exchange)
{
    if (trace::Ids* ids = exchange.worker.traceIds())
        trace::enter(exchange.client.head().headers, exchange.arena, *ids);
}

/// Answers in the backend's place. No backend hears of the trace, but the request's event names it.
Handling* answerDirectly(Exchange& exchange, const routing::DirectResponse& direct)
{
    enterTrace(exchange);
    answer(exchange, direct);
    return nullptr;
}

Handling* refuse(Exchange& exchange, std::uint16_t status, std::string_view flags, std::string_view message)
{
    return answerDirectly(exchange, routing::DirectResponse{status, {}, message, flags});
}

/// What the matcher says of a request as it came, before any filter has changed it.
std::shared_ptr<const model::Value> explanationOf(const Exchange& exchange, const routing::RequestHead& head)
{
    routing::ExplainRequest request;
    request.method = head.method;
    request.scheme = head.scheme;
    request.authority = head.authority;
    request.path = head.path;
    request.query = head.query;
    for (const routing::HeaderField& field : head.headers)
        request.headers.emplace_back(field.name, field.value);
    request.serverName = exchange.connection.serverName();
    request.endpoint = exchange.server.key();
    return std::make_shared<const model::Value>(toValue(routing::explain(*exchange.serving->snapshot, request)));
}

/// True for a request that came over a connection which was not made for its listener (RFC 9110 section 15.5.20): the
/// client may send it again over a new one. Also when a reload made the port secure, or plain, under the connection.
bool misdirected(const routing::PortTable& port, const routing::ListenerTable& listener,
                 const ClientConnection& connection, bool secure)
{
    if ((port.carrier == routing::Carrier::Tls) != secure)
        return true;
    return secure && port.findServerName(connection.serverName()) != &listener;
}

} // namespace

Handling* Proxy::start(Exchange& exchange)
{
    routing::RequestHead& head = exchange.client.head();
    const bool secure = !exchange.connection.tlsVersion().empty();
    head.scheme = secure ? "https" : "http";
    if (head.method == "CONNECT")
        return refuse(exchange, 501, "-", "this gateway is no forward proxy: CONNECT is not implemented");
    if (!exchange.serving)
        return refuse(exchange, 503, "NR", "nothing is configured yet");

    Serving& serving = *exchange.serving;
    routing::RouteDecision decision;
    const routing::PortTable* port = serving.snapshot->find(exchange.server.key());
    if (exchange.worker.explains() && exchange.server.role() == ServerRole::Gateway)
        exchange.record.explanation = explanationOf(exchange, head);
    if (port)
        decision = routing::match(*serving.snapshot, *port, head);
    exchange.record.listener = decision.listener;
    if (decision.listener && misdirected(*port, *decision.listener, exchange.connection, secure))
        return refuse(exchange, 421, "-", "this connection was made for another host: ask over a new one");
    exchange.record.rule = decision.rule;
    exchange.record.ruleIndex = decision.ruleIndex;
    if (const auto direct = routing::directResponse(decision, head, exchange.arena))
        return answerDirectly(exchange, *direct);

    const routing::CompiledRule& rule = *decision.rule;
    const StickyTarget sticky = rule.session ? stickyTarget(exchange, rule) : StickyTarget{};
    const routing::WeightedBackend* backend = sticky.backend;
    if (!backend) {
        auto& weights = serving.weights[decision.ruleIndex.value];
        weights.resize(rule.backends.size());
        backend = routing::chooseBackend(rule, weights);
    }
    if (const auto direct = routing::backendResponse(decision, backend, head, exchange.arena))
        return answerDirectly(exchange, *direct);
    exchange.cors = routing::effectiveCors(rule, backend);
    if (exchange.cors)
        exchange.origin = routing::originOf(head);
    exchange.record.cluster = &serving.snapshot->clusters[backend->cluster.value];
    if (!exchange.record.cluster->refusal.empty())
        return refuse(exchange, 503, "UF", exchange.record.cluster->refusal);
    ServingCluster& cluster = serving.clusters[backend->cluster.value];
    EndpointPool* endpoint = sticky.endpoint ? sticky.endpoint : cluster.nextEndpoint();
    if (!endpoint)
        return refuse(exchange, 503, "UH", "the Service " + exchange.record.cluster->name + " has no ready endpoint");
    exchange.record.endpoint = endpoint;
    if (!endpoint->address().error.empty())
        return refuse(exchange, 503, "UF", endpoint->address().error);

    forwarding::removeConnectionNamed(head.headers);
    enterTrace(exchange); // before filters, whose word is last
    // The client's expectation is met here, hop by hop, when the body is wanted.
    if (exchange.client.requestFraming().kind != BodyKind::None)
        head.headers.remove("expect");
    // HTTP/1.0 may come without Host; a backend of today refuses that (RFC 9112 section 3.2).
    if (head.authority.empty())
        head.authority =
            exchange.arena.store({exchange.server.key().address, ":", std::to_string(exchange.server.key().port)});
    const RelayTarget target{&rule, backend, &cluster, endpoint,
                             rule.session ? routing::sessionPath(decision) : std::string_view()};
    if (asksFirst(rule.filters) || asksFirst(backend->filters))
        return startAuthCheck(exchange, decision, target);
    return forward(exchange, decision, target);
}

Handling* forward(Exchange& exchange, const routing::RouteDecision& decision, const RelayTarget& target,
                  RequestReplay* body)
{
    routing::RequestHead& head = exchange.client.head();
    Relay& relay = exchange.worker.takeRelay();
    routing::applyRequestFilters(target.rule->filters, decision, head, exchange.arena);
    startMirrors(target.rule->filters, exchange, relay.mirrors());
    routing::applyRequestFilters(target.backend->filters, decision, head, exchange.arena);
    startMirrors(target.backend->filters, exchange, relay.mirrors());
    relay.begin(exchange, target, body);
    return &relay;
}

} // namespace gatehouse::engine
