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
};

struct ResponseFilters {
    HeaderFields& headers;

    void operator()(const RequestHeaders&) const {}
    void operator()(const ResponseHeaders& filter) const { modifyHeaders(filter.modifier, headers); }
    void operator()(const CompiledRedirect&) const {}
    void operator()(const CompiledRewrite&) const {}
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
    if (auto redirect = redirectOf(decision.rule->filters, decision, head, arena))
        return redirect;
    if (decision.rule->backends.empty())
        return refuse(500, "the rule has no backendRefs\n", noCluster);
    return std::nullopt;
}

std::optional<DirectResponse> backendResponse(const RouteDecision& decision, const WeightedBackend* backend,
                                              const RequestHead& head, TextArena& arena)
{
    if (!backend)
        return refuse(500, "all backendRefs of the rule have weight 0\n", noCluster);
    if (!backend->cluster.valid())
        return refuse(500, arena.store({backend->problem, "\n"}), noCluster);
    return redirectOf(backend->filters, decision, head, arena);
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
