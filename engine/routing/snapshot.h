#pragma once

#include "engine/routing/bind_plan.h"
#include "engine/routing/request_head.h"
#include "model/base/shared_sequence.h"
#include "model/graph/graph.h"

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse::routing {

using ClusterIndex = model::Index<struct ClusterTag>;
using RuleIndex = model::Index<struct RuleTag>;

/// How a cluster's endpoints are spoken to (semantics 11.3).
enum class BackendProtocol : std::uint8_t { Http1, H2c, Tcp, Udp };
std::string_view toString(BackendProtocol protocol); ///< "HTTP/1.1", "HTTP/2", ...

/// What a built-in echo backend is: the modes of the conformance suite's echo image, and its stand-in for DNS.
enum class EchoMode : std::uint8_t { Http, H2c, Https, Grpc, Tcp, Tls, Udp, Dns };
std::string_view toString(EchoMode mode); ///< "HTTP", "h2c", ...

/// Who a built-in echo backend is, as its answers say it: one port of one simulated Pod, or of a Service that has none.
struct EchoIdentity {
    std::string namespace_, service, pod;
    std::string ingress;
    std::string container;  ///< whose log its lines go to; "" without a Pod
    std::uint16_t port = 0; ///< the container's
    EchoMode mode = EchoMode::Http;
    auto operator<=>(const EchoIdentity&) const = default;
};

struct BackendEndpoint {
    std::string address; ///< IP literal, or a host name from a mapping; "" for the built-in echo
    std::uint16_t port = 0;
    std::string pod;                                ///< the Pod behind it; "" if unknown
    std::optional<EchoIdentity> echo;               ///< set: the engine listens for it and answers itself
    const model::Secret* certificate = nullptr;     ///< what an echo with TLS shows; null: it has none
    const std::string* clientAuthorities = nullptr; ///< PEM: an echo with TLS asks for a certificate of theirs
};

/// How the endpoints of a cluster are authenticated: a BackendTLSPolicy in the engine's terms (semantics 12.4). PEM
/// texts live in the graph.
struct BackendTls {
    std::string hostname; ///< SNI; also what the certificate has to be for, unless subjectAltNames say otherwise
    std::vector<model::SubjectAltName> subjectAltNames;
    std::vector<const std::string*> caCertificates;   ///< none: the system's
    const model::Secret* clientCertificate = nullptr; ///< the Gateway's, for backends that ask; null: it has none
};

/// How clients of a listener are authenticated (semantics 12.2). PEM texts live in the graph.
struct ClientValidation {
    bool required = true; ///< false: a certificate is asked for, and none or a foreign one is taken as well
    std::vector<const std::string*> caCertificates;
};

/// What a TCP or TLS session tells its backend of the client before the client's bytes, if anything: the PROXY
/// protocol.
enum class ProxyProtocol : std::uint8_t { None, V1, V2 };

/// One Service port with its local endpoints (contract section 3, semantics 11), as one kind of route speaks to it; one
/// more for each client certificate of Gateways where it is spoken to over TLS.
struct Cluster {
    std::string name; ///< "namespace/service:port"; a port of an HTTPRoute and a GRPCRoute has two of that name
    std::string namespace_, service;
    std::uint16_t port = 0;
    BackendProtocol protocol = BackendProtocol::Http1;
    std::vector<BackendEndpoint> endpoints;            ///< none: 503 with flag UH
    std::optional<BackendTls> tls;                     ///< set: endpoints are spoken to over TLS only
    ProxyProtocol proxyProtocol = ProxyProtocol::None; ///< what TCP and TLS sessions begin with
    std::string refusal; ///< not "": nothing may be sent, requests are answered 503; says why
};

/// A header modifier; names are in lower case.
struct CompiledHeaderModifier {
    std::vector<std::pair<std::string, std::string>> set, add;
    std::vector<std::string> remove;
};

struct RequestHeaders {
    CompiledHeaderModifier modifier;
};
struct ResponseHeaders {
    CompiledHeaderModifier modifier;
};

struct CompiledPathModifier {
    bool fullPath = false; ///< else the matched prefix is replaced
    std::string replacement;
};

struct CompiledRedirect {
    std::optional<std::string> scheme, hostname;
    std::optional<CompiledPathModifier> path;
    std::optional<std::uint16_t> port;
    std::uint16_t statusCode = 302;
};

struct CompiledRewrite {
    std::optional<std::string> hostname;
    std::optional<CompiledPathModifier> path;
};

/// A member of allowOrigins.
struct OriginPattern {
    bool https = false;
    bool wildcard = false; ///< `host` is what comes behind the asterisk: ".bar.com", or "" for all hosts
    std::string host;
    std::uint16_t port = 0; ///< 80 or 443 where the manifest gives none
};

/// HTTPCORSFilter with its lists joined as the headers show them; "" where a header is left out.
struct CompiledCors {
    std::vector<OriginPattern> origins;
    bool anyOrigin = false, anyMethod = false, anyHeader = false; ///< the list is "*"
    bool credentials = false;
    std::string methods, headers, exposedHeaders;
    std::string maxAge; ///< seconds
};

/// HTTPRequestMirrorFilter: numerator of every denominator requests are copied.
struct CompiledMirror {
    ClusterIndex cluster; ///< invalid: the reference is bad and nothing is copied
    std::string backend;  ///< "namespace/service:port", for people
    std::string problem;  ///< why the cluster is invalid; "" when it is valid
    std::uint32_t numerator = 100, denominator = 100;
    std::uint32_t number = 0; ///< among all mirrors of the snapshot, for state that workers keep
};

/// HTTPExternalAuthFilter over HTTP: who is asked before a request goes on. Header names are in lower case.
struct CompiledAuth {
    ClusterIndex cluster;
    std::string backend;                      ///< "namespace/service:port", for people
    std::string pathPrefix;                   ///< put before the path that is asked for
    std::vector<std::string> requestHeaders;  ///< passed on, besides Host and Authorization
    std::vector<std::string> responseHeaders; ///< copied into the request; none: all that are not the answer's own
    std::uint32_t maxBodyBytes = 0;           ///< of a body that is passed on; a longer one is refused. 0: none is
    bool grpc = false; ///< asked by Envoy's Authorization/Check; `requestHeaders` empty: all are passed on
};

/// A filter of a rule or of a backend, ready to run on message heads; one file each in filters/.
using CompiledFilter = std::variant<RequestHeaders, ResponseHeaders, CompiledRedirect, CompiledRewrite, CompiledCors,
                                    CompiledMirror, CompiledAuth>;

struct WeightedBackend {
    std::uint32_t weight = 1;
    ClusterIndex cluster; ///< invalid: the reference is bad and its share of requests answers 500
    std::string problem;  ///< why; "" when the cluster is valid
    std::vector<CompiledFilter> filters;
};

/// Identity of a rule in the manifests' words: for logs, events and explanations.
struct RuleOrigin {
    model::RouteIndex route; ///< in Snapshot::graph
    std::uint32_t rule = 0;
    std::string routeName; ///< "HTTPRoute/namespace/name"
};

/// HTTPRouteRetry with our choices where the manifest leaves them out (semantics 10.2).
struct CompiledRetry {
    std::vector<std::uint16_t> codes; ///< statuses that are worth another try; sorted
    std::uint32_t attempts = 1;       ///< tries after the first
    std::chrono::milliseconds backoff{25};

    [[nodiscard]] bool retries(std::uint16_t status) const noexcept
    {
        return std::binary_search(codes.begin(), codes.end(), status);
    }
};

/// SessionPersistence of a rule (semantics 10.3). Nobody keeps sessions: what names the endpoint is in the client's
/// cookie or header.
struct CompiledSession {
    bool byHeader = false; ///< else by cookie
    std::string name;      ///< of the header, in lower case, or of the cookie
    std::optional<std::chrono::seconds> absoluteTimeout;
    bool permanent = false;
    std::uint64_t seed = 0; ///< of the rule: sessions of two rules are never mixed up
};

struct CompiledRule {
    RuleOrigin origin;
    std::vector<CompiledFilter> filters;
    std::vector<WeightedBackend> backends;
    std::uint64_t totalWeight = 0;
    std::string broken; ///< not "": every request of the rule answers 500; says why (an unsupported filter)
    std::optional<std::chrono::milliseconds> requestTimeout, backendRequestTimeout; ///< nullopt or 0: none
    std::optional<CompiledRetry> retry;
    std::optional<CompiledSession> session;
};

/// What a socket listens on.
struct BindKey {
    std::string address; ///< IP literal
    std::uint16_t port = 0;
    bool udp = false; ///< a UDP and a TCP socket may have one port
    auto operator<=>(const BindKey&) const = default;
};

/// What comes over a socket, whatever its listeners make of it: HTTPS and TLS listeners share a port by SNI.
enum class Carrier : std::uint8_t {
    Http, ///< HTTP requests in plain text
    Tls,  ///< every connection begins with a ClientHello
    Tcp,  ///< bytes of any kind; one listener
    Udp,  ///< datagrams; one listener
};
std::string_view toString(Carrier carrier); ///< "HTTP", "TLS", ...

class HostIndex;        ///< hostnames to numbers; see host_index.h
struct HostTables;      ///< hostnames of a listener to path tables; match.cpp and compile.cpp know the inside
struct HostTable;       ///< a share of those
struct CompileMemo;     ///< what the next compile() needs of this one; compile_memo.h
struct Candidate;       ///< one match of one rule, with its precedence; see route_table.h
struct ServerNameTable; ///< the TLSRoutes of a listener by SNI; see route_stream.h

/// One listener on a port with the rules attached to it.
struct ListenerTable {
    model::ListenerIndex listener; ///< in Snapshot::graph
    std::string gatewayName;       ///< "namespace/name"
    std::string listenerName;
    model::Protocol protocol = model::Protocol::HTTP;
    bool passthrough = false; ///< TLS: the bytes go on as they are, handshake included
    std::optional<model::Hostname> hostname;
    std::uint16_t specPort = 0; ///< the listener's own port: what a redirect without port shows (semantics 9.2)
    std::shared_ptr<const HostTables> hosts;                      ///< HTTP and HTTPS; of others it is empty
    std::shared_ptr<const ServerNameTable> serverNames = nullptr; ///< TLS; of others it is null
    /// TCP, UDP, and what no TLSRoute of a terminating TLS listener takes: the rule of the oldest TCPRoute or UDPRoute
    /// (semantics 8.4). Invalid: none, connections are closed and datagrams dropped.
    RuleIndex streamRule = {};
    std::vector<RuleIndex> outrankedRules = {}; ///< of the younger ones, oldest first: attached and never used
    std::optional<ClientValidation> clientValidation;
    std::vector<const model::Secret*>
        certificates; ///< HTTPS and TLS Terminate: in certificateRefs order; texts live in `graph`
    /// Whom a certificate that stands in for those is for; empty: none may.
    std::vector<std::string> developmentNames = {};
};

/// All listeners that share one socket; a request or connection belongs to exactly one of them (semantics 7.3).
struct PortTable {
    BindKey key;
    Carrier carrier = Carrier::Http;
    /// There is a TLS listener: whose connection it is has to be known before the handshake, if there is one at all.
    bool peeksHello = false;
    std::vector<ListenerTable> listeners;         ///< most specific hostname first: exact, longer wildcards, all
    std::shared_ptr<const HostIndex> hostnames;   ///< of HTTP and HTTPS `listeners`, to their place there: for Host
    std::shared_ptr<const HostIndex> serverNames; ///< of all `listeners`: for SNI

    /// The HTTP or HTTPS listener that owns a Host (lower case, no port); null when none does.
    [[nodiscard]] const ListenerTable* find(std::string_view host) const noexcept;
    /// The listener that owns a connection with this SNI (lower case; "" without); null when none does.
    [[nodiscard]] const ListenerTable* findServerName(std::string_view serverName) const noexcept;
};

/// What the engine serves: routing tables and a bind plan, hardly a Kubernetes word left. Immutable; built aside by
/// compile(), posted to the workers, released when the last request that began with it ends. Any thread reads it.
struct Snapshot {
    std::uint64_t version = 0;
    std::shared_ptr<const model::Graph> graph; ///< keeps the names alive that tables refer to
    BindPlan plan;
    /// One that no rule leads to any more has no name and no endpoints, and its place is given away again.
    model::SharedSequence<Cluster> clusters;
    model::SharedSequence<CompiledRule> rules;
    std::uint32_t mirrors = 0;    ///< how many there are in all rules
    std::vector<PortTable> ports; ///< sorted by key
    std::shared_ptr<const CompileMemo> memo;

    /// The table of a socket; null when nothing is served there any more.
    [[nodiscard]] const PortTable* find(const BindKey& key) const noexcept;
};

/// Local targets of Service ports (contract section 3): "namespace/service:port" to "host:port".
struct BackendMapping {
    std::string host;
    std::uint16_t port = 0;

    bool operator==(const BackendMapping&) const = default;
};

struct CompileOptions {
    std::map<std::string, BackendMapping> backends; ///< --backend and gatehouse.yaml; these win
    bool echoUnmapped = true;                       ///< false: `--unmapped error`, no endpoint means 503
    bool developmentCertificates = false;           ///< fill ListenerTable::developmentNames
    std::uint64_t version = 1;
    std::map<std::string, ProxyProtocol> proxyProtocol = {}; ///< by "namespace/service:port", of gatehouse.yaml
};

/// Compiles a graph for the engine. Pure; linear in rules and matches. Errors: an expression that RE2 refuses makes its
/// match never match and is reported in `problems`. `previous` (may be null) changes nothing of what requests meet:
/// with a graph that shares routes with its graph, rules and tables of those are shared with it, and the cost is of
/// what changed, as long as HTTPRoutes and GRPCRoutes changed, or Services, and none came or went. Only places of
/// clusters, and the order of `problems`, may be others than without it. Thread: any; call on the control thread.
std::shared_ptr<const Snapshot> compile(std::shared_ptr<const model::Graph> graph, const BindPlan& plan,
                                        const CompileOptions& options, std::vector<model::Diagnostic>& problems,
                                        const Snapshot* previous = nullptr);

} // namespace gatehouse::routing
