#pragma once

#include "model/api/gateway.h"
#include "model/base/diagnostic.h"
#include "model/graph/programming.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::model {

enum class NodeKind : std::uint8_t { Gateway, ListenerSet, Route, Backend, Policy, Other };
enum class Health : std::uint8_t { Good, Warning, Bad, Unknown };
std::string_view toString(NodeKind kind);
std::string_view toString(Health health);

/// A listener as a port of its Gateway.
struct TopologyPort {
    /// Unique on its Gateway, and what TopologyEdge::listeners holds: the listener's name, or "namespace/set/name" when
    /// it comes from a ListenerSet.
    std::string name;
    std::string protocol;
    std::string hostname;        ///< "" = all
    std::uint16_t port = 0;      ///< of the spec
    std::uint16_t localPort = 0; ///< really bound (shown when it differs); 0 = not bound
    std::uint32_t attachedRoutes = 0;
    Health health = Health::Unknown;
    std::vector<Condition> conditions;
    std::string url;                     ///< "http://127.0.0.1:8080" when it serves
    std::string listenerSet;             ///< "namespace/name" when the listener comes from a ListenerSet
    std::optional<TlsMode> tls;          ///< nothing: no TLS
    bool developmentCertificate = false; ///< one of the local CA stands in for certificates that are not there
};

/// A request that a route takes, for people to try: of its first match that asks for no regular expression.
struct ExampleRequest {
    std::string method; ///< "GET"; "" of gRPC
    std::string path;   ///< "/api"; of gRPC "service/method", "" when every method is taken
    std::vector<std::pair<std::string, std::string>> query, headers; ///< as written, not encoded
};

struct TopologyNode {
    ObjectKey key;
    NodeKind kind = NodeKind::Other;
    std::string title;    ///< name
    std::string subtitle; ///< class and address; hostnames; type and port ...
    Health health = Health::Unknown;
    std::string healthText;          ///< plain words: why it is not good
    std::vector<TopologyPort> ports; ///< Gateways only
    std::vector<Condition> conditions;
    SourceLocation source;
    std::optional<ExampleRequest> example; ///< HTTPRoutes and GRPCRoutes, where there is one
};

enum class EdgeKind : std::uint8_t { Attachment, Backend, Policy };

/// Between a Gateway and what is attached to it (routes, also through ListenerSets, and the ListenerSets themselves),
/// from a Route to a backend, from a policy to its target.
struct TopologyEdge {
    EdgeKind kind = EdgeKind::Attachment;
    std::uint32_t from = 0; ///< index into Topology::nodes: the Gateway for attachments, the Route for backends
    std::uint32_t to = 0;   ///< the Route for attachments, the backend for backend edges
    std::vector<std::string> listeners; ///< names of the listeners attached to
    bool rejected = false;
    bool crossNamespace = false;
    std::optional<Relation> relation; ///< accepted attachments only
    std::string label;                ///< "one-to-many", "NotAllowedByListeners", "weight 80 %" ...
    std::string reason;               ///< condition reason when rejected
    std::string detail;               ///< for people: why, and the field or grant that would mend it
    std::vector<std::uint32_t> rules; ///< backend edges: rule indexes
    std::vector<ObjectKey> grants;    ///< ReferenceGrants that allow it to leave its namespace
};

/// Whose a namespace is, as far as manifests say so.
struct NamespaceOwner {
    std::string name;
    std::string key; ///< the label or annotation that says it; "": the file or folder that everything in it comes from
};

/// A ReferenceGrant: no box of its own, but counted on its namespace's frame and named on the edges that it allows.
struct TopologyGrant {
    ObjectKey key;
    SourceLocation source;
};

/// The picture of a Graph: nodes and edges, no coordinates. Deterministic, sorted. Thread: immutable once shared.
struct Topology {
    std::vector<TopologyNode> nodes; ///< Gateways, ListenerSets, Routes, backends, policies, others; each by key
    std::vector<TopologyEdge> edges;
    std::vector<std::string> namespaces;          ///< sorted; every namespace that a node lives in
    std::map<std::string, NamespaceOwner> owners; ///< by namespace, where there is one to name
    std::vector<TopologyGrant> grants;            ///< by key
};

/// Projects a graph. `programming` may be null: then ports have no local address and health is by conditions alone.
Topology project(const Graph& graph, const Programming* programming);

/// Graphviz DOT with a cluster a namespace; the input of svg, png and pdf output. Sorted, stable bytes.
std::string toDot(const Topology& topology);
/// The topology as a Value, for `graph -o json`.
Value toValue(const Topology& topology);

} // namespace gatehouse::model
