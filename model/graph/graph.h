#pragma once

#include "model/api/resource_set.h"
#include "model/base/diagnostic.h"
#include "model/base/index.h"
#include "model/graph/condition.h"
#include "model/graph/route_nodes.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::model {

using GatewayIndex = Index<struct GatewayTag>;
using ListenerSetIndex = Index<struct ListenerSetTag>;
using ListenerIndex = Index<struct ListenerTag>;
using RouteIndex = Index<struct RouteTag>;

/// How many Gateways and Routes an attachment joins: a Gateway with one route that has one Gateway is OneToOne; a
/// Gateway with many routes is OneToMany; a Route on many Gateways is ManyToOne; both at once is ManyToMany.
enum class Relation : std::uint8_t { OneToOne, OneToMany, ManyToOne, ManyToMany };
std::string_view toString(Relation relation); ///< "one-to-one", ...

struct GatewayClassNode {
    const GatewayClass* resource = nullptr; ///< null: assumed, no manifest defines it
    std::string name;
    bool ours = true; ///< played by us (controllerName allowed by ResolveOptions)
    std::vector<Condition> conditions;
};

/// A Gateway of a class that is ours. `conditions` hold Accepted, ResolvedRefs and others that need no engine;
/// Programmed is added by status() from Programming.
struct GatewayNode {
    const Gateway* resource = nullptr;
    std::vector<ListenerIndex> listeners; ///< merge order: own, then ListenerSets' (semantics 7.1)
    std::vector<ListenerSetIndex> listenerSets;
    std::vector<Condition> conditions;
    bool accepted = false;
    bool unsupportedAddress = false;
    const Secret* backendClientCertificate = nullptr; ///< shown to backends with TLS; null: none, or not usable
};

struct ListenerSetNode {
    const ListenerSet* resource = nullptr;
    GatewayIndex gateway;
    bool allowed = false; ///< by the Gateway's allowedListeners
    std::vector<ListenerIndex> listeners;
    std::vector<Condition> conditions;
    bool accepted = false;
};

struct ListenerNode {
    const Listener* resource = nullptr;
    GatewayIndex gateway;
    std::optional<ListenerSetIndex> listenerSet; ///< set: the entry belongs to that ListenerSet
    std::vector<RouteGroupKind> supportedKinds;
    std::uint32_t attachedRoutes = 0;
    std::vector<Condition> conditions; ///< Accepted, ResolvedRefs, Conflicted, ...; Programmed comes with Programming
    bool accepted = false;
    bool conflicted = false;
    bool serves = false;                     ///< accepted, and its references are good enough to open the port
    std::vector<const Secret*> certificates; ///< usable ones, in certificateRefs order
    bool developmentCertificate = false;     ///< there are none, and one of the local CA is to stand in
};

enum class BackendOutcome : std::uint8_t { Ok, InvalidKind, RefNotPermitted, BackendNotFound, UnsupportedProtocol };
std::string_view toString(BackendOutcome outcome);

/// A backendRef (or mirror ref) resolved (semantics 11.1).
struct ResolvedBackend {
    const BackendRef* ref = nullptr; ///< null for a mirror's
    BackendOutcome outcome = BackendOutcome::Ok;
    std::string message;               ///< for people; "" when Ok
    const Service* service = nullptr;  ///< set when Ok
    const ServicePort* port = nullptr; ///< set when Ok
};

struct ResolvedMirror {
    const RequestMirror* mirror = nullptr;
    ResolvedBackend backend;
};

struct ResolvedAuth {
    const ExternalAuth* auth = nullptr;
    ResolvedBackend backend; ///< Ok, or else the rule or backend is broken
};

struct RuleNode {
    std::vector<ResolvedBackend> backends; ///< order of backendRefs
    std::vector<ResolvedMirror> mirrors;
    std::vector<ResolvedAuth> auths;
    /// Why the whole rule answers 500: an unknown or unresolvable filter is never skipped (semantics 9). "" = none.
    std::string brokenFilter;
    /// Why the rule takes no part in routing although the rest of its route does (PartiallyInvalid, "Dropped Rule"). ""
    /// = it does.
    std::string dropped;
};

/// One listener that a parentRef attached to, and the hostnames that are left after intersection (empty = all hosts).
struct Attachment {
    ListenerIndex listener;
    std::vector<Hostname> hostnames;
};

/// A route's parentRef, judged alone (semantics 4.6, 5).
struct ParentNode {
    const ParentReference* ref = nullptr;
    bool ours = false;    ///< the parent exists and is of ours: status is written only then
    GatewayIndex gateway; ///< valid when ours
    std::optional<ListenerSetIndex> listenerSet;
    bool accepted = false;
    std::vector<Attachment> attachments; ///< listener order
    std::vector<Condition> conditions;   ///< Accepted, ResolvedRefs, PartiallyInvalid
    /// Why listeners refused it, one line each with the field that would mend it, for explain and the canvas.
    std::vector<std::string> refusals;
    Relation relation = Relation::OneToOne; ///< meaningful when accepted
};

struct RouteNode {
    const Route* resource = nullptr;
    std::vector<ParentNode> parents; ///< order of parentRefs
    std::vector<RuleNode> rules;     ///< order of rules
};

struct PolicyAncestor {
    GatewayIndex gateway;
    std::vector<Condition> conditions;
};

struct BackendTLSPolicyNode {
    const BackendTLSPolicy* resource = nullptr;
    std::vector<PolicyAncestor> ancestors;
};

struct ResolveMemo; ///< what the next resolve() needs of this one; resolve_memo.h

/// What resolve() makes of a ResourceSet: every attachment, every verdict, no address and no socket.
/// Lifetime: points into `resources`, which it keeps alive; two graphs may share nodes. Thread: immutable.
struct Graph {
    std::shared_ptr<const ResourceSet> resources;
    std::vector<GatewayClassNode> gatewayClasses; ///< by name
    std::vector<GatewayNode> gateways;            ///< by namespace/name
    std::vector<ListenerSetNode> listenerSets;    ///< by namespace/name
    std::vector<ListenerNode> listeners;          ///< Gateway order, merge order inside
    RouteNodes routes;                            ///< RouteKind order, then namespace/name
    std::vector<BackendTLSPolicyNode> backendTLSPolicies;
    std::vector<Diagnostic> notes; ///< assumed classes, dangling parents, grants that are missing, ...
    std::shared_ptr<const ResolveMemo> memo;

    [[nodiscard]] const GatewayNode& operator[](GatewayIndex i) const { return gateways[i.value]; }
    [[nodiscard]] const ListenerNode& operator[](ListenerIndex i) const { return listeners[i.value]; }
    [[nodiscard]] const ListenerSetNode& operator[](ListenerSetIndex i) const { return listenerSets[i.value]; }
    [[nodiscard]] const RouteNode& operator[](RouteIndex i) const { return routes[i.value]; }
};

struct ResolveOptions {
    /// Only GatewayClasses with this controllerName are ours; "" means all are (contract section 2).
    std::string controller;
    /// A listener that ends TLS and has no usable certificate serves all the same, with one that the engine gets from
    /// the local CA; ResolvedRefs stays what the spec says.
    bool developmentCertificates = false;

    bool operator==(const ResolveOptions&) const = default;
};

/// The controllerName written into statuses when the class is assumed or unlimited.
inline constexpr std::string_view defaultControllerName = "gatehouse.dev/gateway-controller";

/// Computes attachment and every condition that needs no engine, exactly as the Gateway API says (semantics 4 to
/// 7, 11.1). Pure and deterministic: same set, same graph. Errors: none; what is wrong becomes conditions and notes.
/// `previous` (may be null) changes nothing of what comes out: routes that it has, and that nothing they depend on has
/// changed for, are shared with it. Cost: linear in resources plus attachments; with `previous`, and sets that share
/// what is equal, little more than what changed as long as that is routes, Services, and what no Gateway refers to.
/// Thread: any.
Graph resolve(std::shared_ptr<const ResourceSet> resources, const ResolveOptions& options = {},
              const Graph* previous = nullptr);

/// True when one graph was resolved from the other, directly or not, and Gateways, listeners and policies were taken
/// over: they are equal and have the same places. False says nothing.
bool sharesGateways(const Graph& a, const Graph& b) noexcept;

/// Index of a kind of cross-namespace permission (semantics 6).
struct GrantQuery {
    std::string_view fromGroup, fromKind, fromNamespace;
    std::string_view toGroup, toKind, toNamespace, toName;
};
/// True when a ReferenceGrant in toNamespace allows it. Same-namespace references need none and are true.
bool isGranted(const ResourceSet& resources, const GrantQuery& query);

} // namespace gatehouse::model
