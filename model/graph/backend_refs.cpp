// Rules and what they refer to. The order of checks is the Gateway API's: kind, grant, existence, protocol; a reference
// into another namespace says nothing about what exists there until a grant allows it.

#include "model/graph/conditions.h"
#include "model/graph/notes.h"
#include "model/graph/resolve_passes.h"
#include "model/graph/rule_validity.h"
#include "model/graph/suggestion.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace gatehouse::model {
namespace {

struct Failure {
    BackendOutcome outcome = BackendOutcome::Ok;
    std::string message;
};

/// All failures of one route in rule and reference order; the first gives the condition's reason.
struct Failures {
    std::vector<Failure> list;
    static constexpr std::size_t shownAtMost = 8; ///< a message is for people; a rule may have hundreds of references

    [[nodiscard]] Condition condition() const
    {
        if (list.empty())
            return condition::resolvedRefs();
        std::string message;
        for (std::size_t i = 0; i < std::min(list.size(), shownAtMost); ++i)
            message += (i == 0 ? "" : "; ") + list[i].message;
        if (list.size() > shownAtMost)
            message += "; and " + std::to_string(list.size() - shownAtMost) + " more";
        return condition::unresolvedRefs(toString(list.front().outcome), std::move(message));
    }
};

class BackendResolver {
public:
    explicit BackendResolver(ResolveContext& context) : context_(context), suggestions_(context.resources)
    {
        for (const auto& [name, policy] : context.resources.backendTLSPolicies)
            for (const PolicyTargetReference& target : policy->targetRefs)
                if (target.group.empty() && target.kind == "Service")
                    tlsServices_.insert(ObjectName{name.namespace_, target.name});
    }

    RouteVerdict resolve(RouteNode& node)
    {
        const Route& route = *node.resource;
        RuleValidity validity;
        Failures failures;
        node.rules.resize(route.ruleCount());
        for (std::size_t r = 0; r < node.rules.size(); ++r) {
            rulePath_ = "spec.rules[" + std::to_string(r) + ']';
            resolveRule(route, r, node.rules[r], failures);
            if (auto problem = checkRule(route, r)) {
                node.rules[r].dropped = problem->message;
                warn(context_.graph, {route, rulePath_, route.rulePosition(r)},
                     {note::ruleDropped, problem->message, problem->remedy});
                validity.add(r, std::move(*problem));
            }
        }
        RouteVerdict verdict;
        verdict.resolvedRefs = failures.condition();
        validity.judge(node.rules.size(), verdict);
        return verdict;
    }

private:
    struct Reference {
        const BackendObjectReference& ref;
        const std::string& fieldPath;
    };

    void resolveRule(const Route& route, std::size_t r, RuleNode& rule, Failures& failures)
    {
        const auto& refs = route.backendRefs(r);
        rule.backends.reserve(refs.size());
        for (std::size_t b = 0; b < refs.size(); ++b) {
            const std::string path = rulePath_ + ".backendRefs[" + std::to_string(b) + ']';
            ResolvedBackend& backend = rule.backends.emplace_back(resolve(route, {refs[b].ref, path}, failures));
            backend.ref = &refs[b];
            const std::string broken = resolveFilters(route, refs[b].filters, path, {rule, failures});
            // Only this backend's share of requests cannot be served: Gateway API, HTTPBackendRef.filters.
            if (!broken.empty() && backend.outcome == BackendOutcome::Ok) {
                backend = {&refs[b], BackendOutcome::InvalidKind, broken, nullptr, nullptr};
            }
        }
        rule.brokenFilter = resolveFilters(route, route.filters(r), rulePath_, {rule, failures});
    }

    struct FilterSink {
        RuleNode& rule;
        Failures& failures;
    };

    /// Resolves what filters refer to. Returns why requests with these filters cannot be served, "" when they can.
    std::string resolveFilters(const Route& route, const std::vector<HTTPRouteFilter>& filters,
                               const std::string& holder, FilterSink sink)
    {
        std::string broken;
        for (std::size_t f = 0; f < filters.size(); ++f) {
            const std::string path = holder + ".filters[" + std::to_string(f) + ']';
            if (const auto* mirror = std::get_if<RequestMirror>(&filters[f])) {
                const std::string refPath = path + ".requestMirror.backendRef";
                sink.rule.mirrors.push_back({mirror, resolve(route, {mirror->backendRef, refPath}, sink.failures)});
            } else if (const auto* auth = std::get_if<ExternalAuth>(&filters[f])) {
                const std::string refPath = path + ".externalAuth.backendRef";
                ResolvedBackend server = resolve(route, {auth->backendRef, refPath}, sink.failures);
                if (server.outcome != BackendOutcome::Ok && broken.empty())
                    broken = "filter ExternalAuth has no server to ask: " + server.message;
                sink.rule.auths.push_back({auth, std::move(server)});
            } else if (const auto* extension = std::get_if<ExtensionRef>(&filters[f])) {
                const ObjectReference& ref = extension->ref;
                const std::string message = "filter " + ref.kind + (ref.group.empty() ? "" : " of group " + ref.group) +
                                            " \"" + ref.name + "\" is not supported";
                refuse(route, path + ".extensionRef", extension->position, message, broken);
                sink.failures.list.push_back({BackendOutcome::InvalidKind, path + ".extensionRef: " + message});
            }
        }
        return broken;
    }

    void refuse(const Route& route, const std::string& path, Position position, const std::string& message,
                std::string& broken)
    {
        if (broken.empty())
            broken = message;
        warn(context_.graph, {route, path, position},
             {note::filterNotExecuted, message, "its requests get status 500; use a filter of the Gateway API"});
    }

    ResolvedBackend resolve(const Route& route, Reference reference, Failures& failures)
    {
        ResolvedBackend backend;
        // A condition is read in a table, a note at a prompt: there the remedy may be a whole manifest.
        const auto fail = [&](BackendOutcome outcome, std::string_view code, std::string message, std::string remedy,
                              std::string noteRemedy = {}) {
            backend.outcome = outcome;
            backend.message = message + "; " + remedy;
            backend.service = nullptr;
            backend.port = nullptr;
            failures.list.push_back({outcome, reference.fieldPath + ": " + backend.message});
            warn(context_.graph, {route, reference.fieldPath, reference.ref.position},
                 {code, std::move(message), noteRemedy.empty() ? std::move(remedy) : std::move(noteRemedy)});
            return backend;
        };
        const BackendObjectReference& ref = reference.ref;
        if (!ref.group.empty() || ref.kind != "Service")
            return fail(BackendOutcome::InvalidKind, note::backendKindUnsupported,
                        "backends of kind " + ref.kind + (ref.group.empty() ? "" : " of group " + ref.group) +
                            " are not supported",
                        "use a core Service");
        const ObjectName name{ref.namespace_.value_or(route.namespace_()), ref.name};
        const GrantQuery query{route.key.group, route.key.kind, route.namespace_(), ref.group, ref.kind,
                               name.namespace_, ref.name};
        if (!context_.grants.allows(query))
            return fail(BackendOutcome::RefNotPermitted, note::missingGrant,
                        "Service " + toString(name) +
                            " is in another namespace and no ReferenceGrant allows the reference",
                        grantAdvice(query), "apply " + grantManifest(query));
        const auto service = context_.resources.services.find(name);
        if (service == context_.resources.services.end())
            return fail(BackendOutcome::BackendNotFound, note::backendNotFound,
                        "Service " + toString(name) + " does not exist", suggestions_.forMissing(name));
        backend.service = service->second.get();
        if (backend.service->type == "ExternalName")
            return fail(BackendOutcome::InvalidKind, note::backendKindUnsupported,
                        "Service " + toString(name) + " is of type ExternalName, which cannot be a backend",
                        "use a Service with endpoints");
        backend.port = findPort(*backend.service, ref.port, route.kind);
        if (!backend.port)
            return fail(BackendOutcome::BackendNotFound, note::backendNotFound,
                        "Service " + toString(name) + " has no port " +
                            (ref.port ? std::to_string(*ref.port) : "given"),
                        portAdvice(*backend.service));
        if (const std::string problem = protocolProblem(route.kind, backend); !problem.empty())
            return fail(BackendOutcome::UnsupportedProtocol, note::backendProtocolUnsupported, problem,
                        "change appProtocol of the Service port");
        const std::string_view transport = route.kind == RouteKind::UDPRoute ? "UDP" : "TCP";
        if (backend.port->protocol != transport)
            warn(context_.graph, {route, reference.fieldPath, ref.position},
                 {note::backendProtocolDiffers,
                  "port " + std::to_string(backend.port->port) + " of Service " + toString(name) + " has protocol " +
                      backend.port->protocol + ", but a " + std::string(toString(route.kind)) + " speaks " +
                      std::string(transport),
                  "add a port with that protocol"});
        return backend;
    }

    /// A Service may have a number twice, for TCP and for UDP (DNS): the route's own transport is preferred.
    static const ServicePort* findPort(const Service& service, std::optional<std::uint16_t> number, RouteKind kind)
    {
        const std::string_view transport = kind == RouteKind::UDPRoute ? "UDP" : "TCP";
        const ServicePort* other = nullptr;
        for (const ServicePort& port : service.ports) {
            if (!number || port.port != *number)
                continue;
            if (port.protocol == transport)
                return &port;
            if (!other)
                other = &port;
        }
        return other;
    }

    static std::string portAdvice(const Service& service)
    {
        std::string ports;
        for (const ServicePort& port : service.ports)
            ports += (ports.empty() ? "" : ", ") + std::to_string(port.port);
        return ports.empty() ? "the Service has no ports" : "its ports are " + ports;
    }

    /// GEP-1911: which application protocols a kind can use; unknown ones are ignored.
    [[nodiscard]] std::string protocolProblem(RouteKind kind, const ResolvedBackend& backend) const
    {
        const std::string& protocol = backend.port->appProtocol;
        const bool ws = protocol == "kubernetes.io/ws", wss = protocol == "kubernetes.io/wss";
        const std::string port =
            "port " + std::to_string(backend.port->port) + " of Service " + toString(backend.service->key.name);
        if (kind == RouteKind::GRPCRoute && (ws || wss))
            return port + " has appProtocol " + protocol + ", which cannot carry gRPC";
        if (kind == RouteKind::HTTPRoute && wss && !tlsServices_.contains(backend.service->key.name))
            return port + " has appProtocol " + protocol + ", which needs a BackendTLSPolicy for the Service";
        return {};
    }

    ResolveContext& context_;
    ServiceSuggestions suggestions_;
    std::unordered_set<ObjectName> tlsServices_; ///< targets of BackendTLSPolicies
    std::string rulePath_;
};

} // namespace

void resolveBackends(ResolveContext& context)
{
    BackendResolver resolver(context);
    for (RouteDraft& draft : context.routes) {
        std::swap(context.graph.notes, draft.notes.backends);
        draft.verdict = resolver.resolve(*draft.node);
        std::swap(context.graph.notes, draft.notes.backends);
    }
}

} // namespace gatehouse::model
