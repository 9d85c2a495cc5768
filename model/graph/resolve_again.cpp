// The graph after an edit from the one before it. Gateways, listeners and their verdicts are taken over whole, or
// resolve() begins anew; routes are taken over one by one. What all routes make together (counts, relations, kinds that
// exclude each other) is kept as numbers that a changed route is taken off and put on again.

#include "model/graph/resolve_again.h"

#include "model/graph/resolve_passes.h"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>

namespace gatehouse::model {
namespace {

/// Of more changes than one in so many routes a graph is made anew.
constexpr std::size_t worthwhileShare = 4;

template <class Map>
std::vector<ObjectName> changedNames(const Map& before, const Map& after)
{
    std::vector<ObjectName> names;
    forEachDifference(before, after, [&](const ObjectName& name, const auto*, const auto*) { names.push_back(name); });
    return names;
}

/// Calls visit(const NamespaceSelection&) for all that Gateways and ListenerSets have.
template <class Visit>
void forEachSelection(const ResourceSet& resources, Visit&& visit)
{
    for (const auto& [name, gateway] : resources.gateways) {
        visit(gateway->allowedListeners);
        for (const Listener& listener : gateway->listeners)
            visit(listener.allowedNamespaces);
    }
    for (const auto& [name, set] : resources.listenerSets)
        for (const Listener& listener : set->listeners)
            visit(listener.allowedNamespaces);
}

/// Secrets and ConfigMaps that something besides a route refers to.
std::set<ObjectName> referredNames(const ResourceSet& resources)
{
    std::set<ObjectName> names;
    const auto add = [&](const ObjectReference& ref, const std::string& home) {
        names.insert({ref.namespace_.value_or(home), ref.name});
    };
    const auto addAll = [&](const std::vector<ObjectReference>& refs, const std::string& home) {
        for (const ObjectReference& ref : refs)
            add(ref, home);
    };
    const auto addListeners = [&](const std::vector<Listener>& listeners, const std::string& home) {
        for (const Listener& listener : listeners)
            if (listener.tls)
                addAll(listener.tls->certificateRefs, home);
    };
    for (const auto& [name, gatewayClass] : resources.gatewayClasses)
        if (gatewayClass->parametersRef)
            add(*gatewayClass->parametersRef, {});
    for (const auto& [name, gateway] : resources.gateways) {
        addListeners(gateway->listeners, name.namespace_);
        if (gateway->parametersRef)
            add(*gateway->parametersRef, name.namespace_);
        if (gateway->backendClientCertificateRef)
            add(*gateway->backendClientCertificateRef, name.namespace_);
        if (gateway->frontendDefault)
            addAll(gateway->frontendDefault->caCertificateRefs, name.namespace_);
        for (const FrontendTlsPort& port : gateway->frontendPerPort)
            if (port.validation)
                addAll(port.validation->caCertificateRefs, name.namespace_);
    }
    for (const auto& [name, set] : resources.listenerSets)
        addListeners(set->listeners, name.namespace_);
    for (const auto& [name, policy] : resources.backendTLSPolicies)
        addAll(policy->caCertificateRefs, name.namespace_);
    return names;
}

/// True when all that Gateways, listeners and policies are judged by is as it was.
bool isSameSurrounding(const ResourceSet& before, const ResourceSet& after)
{
    if (!before.gatewayClasses.sharesAllWith(after.gatewayClasses) || !before.gateways.sharesAllWith(after.gateways) ||
        !before.listenerSets.sharesAllWith(after.listenerSets) ||
        !before.referenceGrants.sharesAllWith(after.referenceGrants) ||
        !before.backendTLSPolicies.sharesAllWith(after.backendTLSPolicies))
        return false;
    if (!changedNames(before.namespaces, after.namespaces).empty()) {
        bool byLabels = false;
        forEachSelection(after, [&](const NamespaceSelection& selection) {
            byLabels = byLabels || selection.from == FromNamespaces::Selector;
        });
        if (byLabels)
            return false;
    }
    std::vector<ObjectName> changed = changedNames(before.secrets, after.secrets);
    const std::vector<ObjectName> configMaps = changedNames(before.configMaps, after.configMaps);
    changed.insert(changed.end(), configMaps.begin(), configMaps.end());
    if (changed.empty())
        return true;
    const std::set<ObjectName> referred = referredNames(after);
    return std::none_of(changed.begin(), changed.end(),
                        [&](const ObjectName& name) { return referred.contains(name); });
}

class Again {
public:
    Again(const std::shared_ptr<const ResourceSet>& resources, const ResolveOptions& options, const Graph& previous)
        : before_(*previous.resources), after_(*resources), previous_(previous), memo_(*previous.memo)
    {
        graph_.resources = resources;
        graph_.gatewayClasses = previous.gatewayClasses;
        graph_.gateways = previous.gateways;
        graph_.listenerSets = previous.listenerSets;
        graph_.listeners = previous.listeners;
        graph_.routes = previous.routes;
        context_.emplace(after_, options, graph_);
        for (std::uint32_t g = 0; g < graph_.gateways.size(); ++g)
            context_->gateways.emplace(graph_.gateways[g].resource->key.name, GatewayIndex{g});
        for (std::uint32_t s = 0; s < graph_.listenerSets.size(); ++s)
            context_->listenerSets.emplace(graph_.listenerSets[s].resource->key.name, ListenerSetIndex{s});
    }

    std::optional<Graph> run()
    {
        findChangedRoutes();
        const bool services = findRoutesOfChangedServices();
        if (changes_.size() > graph_.routes.size() / worthwhileShare + 1)
            return std::nullopt;
        for (const auto& [key, change] : changes_)
            if (change.after) {
                RouteDraft& draft = context_->routes.emplace_back();
                draft.node = std::make_shared<RouteNode>();
                draft.node->resource = change.after;
            }
        resolveBackends(*context_);
        attachRoutes(*context_);
        if (!kindsStayApart())
            return std::nullopt;
        takeOffOld();
        judgeRoutes(*context_);
        const std::vector<bool> turned = countRoutes();
        const bool policies = services || concernsAnyPolicy();
        putIn();
        relateOthers(turned);
        resolvePoliciesAgain(policies);
        noteOtherResources(*context_);
        joinNotes(graph_, memo_);
        graph_.memo = std::make_shared<const ResolveMemo>(std::move(memo_));
        return std::move(graph_);
    }

private:
    struct Change {
        const RouteNode* before = nullptr; ///< of the graph before; null: there was none
        const Route* after = nullptr;      ///< null: it is gone
    };

    [[nodiscard]] RouteNodes::Pointers::const_iterator placeOf(const RouteKey& key) const
    {
        return graph_.routes.pointers().partitionPoint(
            [&](const RouteNodes::Pointer& node) { return keyOf(*node->resource) < key; });
    }

    /// Null when there is none.
    [[nodiscard]] const RouteNode* nodeOf(const RouteKey& key) const
    {
        const auto place = placeOf(key);
        return place != graph_.routes.pointers().end() && keyOf(*(*place)->resource) == key ? place->get() : nullptr;
    }

    template <class T>
    void findChanged(RouteKind kind, const ResourceMap<T>& before, const ResourceMap<T>& after)
    {
        forEachDifference(before, after, [&](const ObjectName& name, const auto*, const std::shared_ptr<const T>* now) {
            const RouteKey key{kind, name};
            changes_[key] = {nodeOf(key), now ? now->get() : nullptr};
        });
    }

    void findChangedRoutes()
    {
        findChanged(RouteKind::HTTPRoute, before_.httpRoutes, after_.httpRoutes);
        findChanged(RouteKind::GRPCRoute, before_.grpcRoutes, after_.grpcRoutes);
        findChanged(RouteKind::TLSRoute, before_.tlsRoutes, after_.tlsRoutes);
        findChanged(RouteKind::TCPRoute, before_.tcpRoutes, after_.tcpRoutes);
        findChanged(RouteKind::UDPRoute, before_.udpRoutes, after_.udpRoutes);
    }

    /// Routes that resolved to a Service that is another one now, and all that something was found wrong with: it may
    /// have been a Service that was missing, or advice that names one. False when no Service changed.
    bool findRoutesOfChangedServices()
    {
        std::unordered_set<const Service*> gone;
        bool any = false;
        forEachDifference(before_.services, after_.services,
                          [&](const ObjectName&, const std::shared_ptr<const Service>* was, const auto*) {
                              any = true;
                              if (was)
                                  gone.insert(was->get());
                          });
        if (!any)
            return false;
        const auto leadsTo = [&](const RouteNode& node) {
            const auto isGone = [&](const auto& each) {
                const ResolvedBackend* backend = nullptr;
                if constexpr (requires { each.backend; })
                    backend = &each.backend;
                else
                    backend = &each;
                return gone.contains(backend->service);
            };
            return std::any_of(node.rules.begin(), node.rules.end(), [&](const RuleNode& rule) {
                return std::any_of(rule.backends.begin(), rule.backends.end(), isGone) ||
                       std::any_of(rule.mirrors.begin(), rule.mirrors.end(), isGone) ||
                       std::any_of(rule.auths.begin(), rule.auths.end(), isGone);
            });
        };
        const auto add = [&](const RouteKey& key, const RouteNode& node) {
            changes_.try_emplace(key, Change{&node, node.resource});
        };
        if (!gone.empty())
            for (const RouteNode& node : graph_.routes)
                if (leadsTo(node))
                    add(keyOf(*node.resource), node);
        for (const auto& [key, notes] : memo_.ofRoutes)
            if (!notes->backends.empty())
                if (const RouteNode* node = nodeOf(key))
                    add(key, *node);
        return true;
    }

    /// Brings the numbers of HTTPRoutes and GRPCRoutes up to date; false when a changed one is, or was, on a listener
    /// that has both: then who is refused is a question to all of them.
    bool kindsStayApart()
    {
        bool apart = true;
        for (const auto& [key, change] : changes_) {
            apart = apart && !std::binary_search(memo_.conflicted.begin(), memo_.conflicted.end(), key);
            if (change.before)
                forEachContest(*change.before, [&](ListenerIndex listener) {
                    ResolveMemo::Kinds& kinds = memo_.kindsOn[listener.value];
                    apart = apart && !kinds.both();
                    --(key.kind == RouteKind::HTTPRoute ? kinds.http : kinds.grpc);
                });
        }
        for (const RouteDraft& draft : context_->routes) {
            if (draft.verdict.refused)
                continue;
            forEachContest(*draft.node, [&](ListenerIndex listener) {
                ResolveMemo::Kinds& kinds = memo_.kindsOn[listener.value];
                ++(draft.node->resource->kind == RouteKind::HTTPRoute ? kinds.http : kinds.grpc);
                apart = apart && !kinds.both();
            });
        }
        return apart;
    }

    void takeOffOld()
    {
        for (const auto& [key, change] : changes_)
            if (change.before)
                for (const ListenerIndex listener : countedListeners(*change.before))
                    --graph_.listeners[listener.value].attachedRoutes;
    }

    /// Counts each Gateway's routes and relates the changed ones; true for Gateways that turned from few routes to many
    /// or back, where the others have to be related anew.
    std::vector<bool> countRoutes()
    {
        std::vector<std::uint32_t>& routesOf = memo_.routesOf;
        const std::vector<std::uint32_t> before = routesOf;
        for (const auto& [key, change] : changes_)
            if (change.before)
                for (const GatewayIndex gateway : acceptingGateways(*change.before))
                    --routesOf[gateway.value];
        for (const RouteDraft& draft : context_->routes)
            for (const GatewayIndex gateway : acceptingGateways(*draft.node))
                ++routesOf[gateway.value];
        for (const RouteDraft& draft : context_->routes)
            relate(*draft.node, [&](GatewayIndex gateway) { return routesOf[gateway.value] > 1; });
        std::vector<bool> turned(routesOf.size());
        for (std::size_t g = 0; g < turned.size(); ++g)
            turned[g] = (before[g] > 1) != (routesOf[g] > 1);
        return turned;
    }

    [[nodiscard]] bool concernsAnyPolicy() const
    {
        if (after_.backendTLSPolicies.empty())
            return false;
        return std::any_of(changes_.begin(), changes_.end(),
                           [&](const auto& change) {
                               return change.second.before && concernsPolicies(after_, *change.second.before);
                           }) ||
               std::any_of(context_->routes.begin(), context_->routes.end(),
                           [&](const RouteDraft& draft) { return concernsPolicies(after_, *draft.node); });
    }

    void putIn()
    {
        auto draft = context_->routes.begin(); // in the order of the changes
        for (const auto& [key, change] : changes_) {
            const auto place = placeOf(key);
            memo_.ofRoutes.erase(key);
            if (!change.after) {
                if (change.before)
                    graph_.routes.pointers().erase(place);
                continue;
            }
            if (!draft->notes.backends.empty() || !draft->notes.attachment.empty())
                memo_.ofRoutes.try_emplace(key, std::make_shared<const RouteNotes>(std::move(draft->notes)));
            if (change.before)
                graph_.routes.pointers().edit(place) = std::move(draft->node);
            else
                graph_.routes.pointers().insert(place, std::move(draft->node));
            ++draft;
        }
    }

    void relateOthers(const std::vector<bool>& turned)
    {
        if (std::find(turned.begin(), turned.end(), true) == turned.end())
            return;
        auto& pointers = graph_.routes.pointers();
        for (auto at = pointers.begin(); at != pointers.end(); ++at) {
            const auto& parents = (*at)->parents;
            if (std::none_of(parents.begin(), parents.end(),
                             [&](const ParentNode& parent) { return parent.accepted && turned[parent.gateway.value]; }))
                continue;
            auto node = std::make_shared<RouteNode>(**at);
            relate(*node, [&](GatewayIndex gateway) { return memo_.routesOf[gateway.value] > 1; });
            pointers.edit(at) = std::move(node);
        }
    }

    void resolvePoliciesAgain(bool needed)
    {
        if (!needed) {
            graph_.backendTLSPolicies = previous_.backendTLSPolicies;
            return;
        }
        resolvePolicies(*context_);
        memo_.policies = std::exchange(graph_.notes, {});
    }

    const ResourceSet& before_;
    const ResourceSet& after_;
    const Graph& previous_;
    Graph graph_;
    ResolveMemo memo_;
    std::optional<ResolveContext> context_;
    std::map<RouteKey, Change> changes_;
};

} // namespace

std::optional<Graph> resolveAgain(const std::shared_ptr<const ResourceSet>& resources, const ResolveOptions& options,
                                  const Graph& previous)
{
    if (!previous.memo || !previous.resources || previous.memo->options != options ||
        !isSameSurrounding(*previous.resources, *resources))
        return std::nullopt;
    return Again(resources, options, previous).run();
}

} // namespace gatehouse::model
