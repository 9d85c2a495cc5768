#include "engine/routing/filters/filters.h"

namespace gatehouse::routing {
namespace {

/// Envoy's letters: no route; no cluster, which is what a rule without a usable backend amounts to.
constexpr std::string_view noRoute = "NR";
constexpr std::string_view noCluster = "NC";

DirectResponse refuse(std::uint16_t status, std::string_view body, std::string_view flags)
{
    return {status, {}, body, flags};
}

DirectResponse preflightAnswer(const CompiledCors& cors, const RequestHead& head, TextArena& arena)
{
    const std::string_view origin = originOf(head);
    const std::string_view verdict = allowsOrigin(cors, origin) ? " is allowed\n" : " is not allowed\n";
    DirectResponse response{204, {}, arena.store({"preflight: origin ", origin, verdict}), {}};
    answerPreflight(cors, head, response.headers);
    return response;
}

/// A redirect is an answer like a backend's: scripts may follow it only with the grant on it.
std::optional<DirectResponse> withCors(std::optional<DirectResponse> response, const CompiledCors* cors,
                                       const RequestHead& head)
{
    if (response && cors)
        applyCors(*cors, originOf(head), response->headers);
    return response;
}

std::optional<DirectResponse> redirectOf(const std::vector<CompiledFilter>& filters, const RouteDecision& decision,
                                         const RequestHead& head, TextArena& arena)
{
    for (const CompiledFilter& filter : filters)
        if (const auto* redirect = std::get_if<CompiledRedirect>(&filter)) {
            const std::string_view location = redirectLocation(*redirect, decision, head, arena);
            return DirectResponse{redirect->statusCode, location, arena.store({"moved to ", location, "\n"}), {}};
        }
    return std::nullopt;
}

/// One overload a filter type; what is no business of a request's head does nothing here.
struct RequestFilters {
    const RouteDecision& decision;
    RequestHead& head;
    TextArena& arena;

    void operator()(const RequestHeaders& filter) const { modifyRequestHeaders(filter.modifier, head); }
    void operator()(const ResponseHeaders&) const {}
    void operator()(const CompiledRedirect&) const {} // answered before: see directResponse
    void operator()(const CompiledRewrite& filter) const { rewriteUrl(filter, decision, head, arena); }
    void operator()(const CompiledCors&) const {}   // preflights were answered before: see directResponse
    void operator()(const CompiledMirror&) const {} // a request of its own
    void operator()(const CompiledAuth&) const {}   // asked before: see AuthCheck of the engine
};

struct ResponseFilters {
    HeaderFields& headers;

    void operator()(const RequestHeaders&) const {}
    void operator()(const ResponseHeaders& filter) const { modifyHeaders(filter.modifier, headers); }
    void operator()(const CompiledRedirect&) const {}
    void operator()(const CompiledRewrite&) const {}
    void operator()(const CompiledCors&) const {} // last of all, on answers of ours as well: see applyCors
    void operator()(const CompiledMirror&) const {}
    void operator()(const CompiledAuth&) const {}
};

} // namespace

std::optional<DirectResponse> directResponse(const RouteDecision& decision, const RequestHead& head, TextArena& arena)
{
    if (!decision.listener)
        return refuse(404, arena.store({"no listener takes host '", head.authority, "'\n"}), noRoute);
    if (!decision.rule)
        return refuse(404,
                      arena.store({"no rule attached to listener ", decision.listener->gatewayName, "/",
                                   decision.listener->listenerName, " matches ", head.method, " ", head.path, "\n"}),
                      noRoute);
    if (!decision.rule->broken.empty())
        return refuse(500, arena.store({decision.rule->broken, "\n"}), noCluster);
    const CompiledCors* cors = corsOf(decision.rule->filters);
    if (cors && isPreflight(head))
        return preflightAnswer(*cors, head, arena);
    if (auto redirect = redirectOf(decision.rule->filters, decision, head, arena))
        return withCors(std::move(redirect), cors, head);
    if (decision.rule->backends.empty())
        return withCors(refuse(500, "the rule has no backendRefs\n", noCluster), cors, head);
    return std::nullopt;
}

std::optional<DirectResponse> backendResponse(const RouteDecision& decision, const WeightedBackend* backend,
                                              const RequestHead& head, TextArena& arena)
{
    const CompiledCors* cors = effectiveCors(*decision.rule, backend);
    if (!backend)
        return withCors(refuse(500, "all backendRefs of the rule have weight 0\n", noCluster), cors, head);
    if (!backend->cluster.valid())
        return withCors(refuse(500, arena.store({backend->problem, "\n"}), noCluster), cors, head);
    if (cors && isPreflight(head))
        return preflightAnswer(*cors, head, arena);
    return withCors(redirectOf(backend->filters, decision, head, arena), cors, head);
}

const CompiledCors* effectiveCors(const CompiledRule& rule, const WeightedBackend* backend) noexcept
{
    const CompiledCors* own = backend ? corsOf(backend->filters) : nullptr;
    return own ? own : corsOf(rule.filters);
}

bool isSampled(const CompiledMirror& mirror, std::uint64_t& phase) noexcept
{
    const bool sampled = phase < mirror.numerator;
    phase = (phase + mirror.denominator - mirror.numerator) % mirror.denominator;
    return sampled;
}

void applyRequestFilters(const std::vector<CompiledFilter>& filters, const RouteDecision& decision, RequestHead& head,
                         TextArena& arena)
{
    for (const CompiledFilter& filter : filters)
        std::visit(RequestFilters{decision, head, arena}, filter);
}

void applyResponseFilters(const std::vector<CompiledFilter>& filters, HeaderFields& headers, TextArena&)
{
    for (const CompiledFilter& filter : filters)
        std::visit(ResponseFilters{headers}, filter);
}

} // namespace gatehouse::routing
