#pragma once

#include "engine/routing/match.h"

#include <string>
#include <vector>

namespace gatehouse::routing {

/// A request to explain, in owned text.
struct ExplainRequest {
    std::string method = "GET";
    std::string scheme = "http";
    std::string authority;
    std::string path = "/";
    std::string query;
    std::vector<std::pair<std::string, std::string>> headers;
    /// SNI of an https connection; nullopt: the authority's host, or none when that is an address, as clients do.
    std::optional<std::string> serverName = std::nullopt;
    std::string gateway;             ///< "namespace/name"; "" = by address and port, or every Gateway
    std::optional<BindKey> endpoint; ///< where the client connects; nullopt: by URL port among all listeners
    /// False: losers and outsiders are left out. They cost as much as all rules of the listener, the rest next to
    /// nothing.
    bool withLosers = true;
};

/// The request as the matcher reads it; a Host header is its authority. Lifetime: of the request.
RequestHead headOf(const ExplainRequest& request);

/// One rule (or match) that did not serve the request, and why.
struct Loser {
    std::string routeName;
    std::uint32_t rule = 0, match = 0;
    std::string reason; ///< "path /v2 is not below /v1", "lost to a longer path", ...
    model::SourceLocation location;
};

struct RefusedListener {
    std::string gatewayName, listenerName;
    std::string reason;
};

/// A route that names the Gateway but is not attached (refused, or its hostnames do not cover the host).
struct Outsider {
    std::string routeName, reason;
    model::SourceLocation location;
};

/// One thing that filters change of a request before it is sent on.
struct RequestEdit {
    std::string field;         ///< "host", "path" (with the query), "header x-team"
    std::string before, after; ///< "" where it is not there
};

struct BackendShare {
    std::string backend;            ///< "namespace/service:port"
    double share = 0;               ///< 0..1
    std::string target;             ///< "127.0.0.1:9000", "built-in echo", or the problem
    std::vector<RequestEdit> edits; ///< what the backend sees otherwise than the client sent it
};

struct Explanation {
    bool served = false;      ///< a rule takes it
    std::uint16_t status = 0; ///< what the gateway itself answers when no backend is asked; 0 = a backend answers
    std::string grpcStatus;   ///< the same to a gRPC request, whose HTTP status is 200 then: "UNIMPLEMENTED"; or ""
    Carrier carrier = Carrier::Http;
    bool refused = false; ///< no HTTP: the connection is closed, or the datagrams are dropped, whatever backend is due
    std::string summary;  ///< one sentence
    std::optional<BindKey> endpoint;
    std::string gatewayName, listenerName, routeName, ruleName;
    std::uint32_t rule = 0, match = 0;
    model::SourceLocation location;
    std::vector<std::string> filters; ///< what each does to the request, in words
    std::vector<BackendShare> backends;
    std::vector<RefusedListener> listeners; ///< listeners that did not take it
    std::vector<Loser> losers;              ///< in precedence order
    std::vector<Outsider> outsiders;
};

/// Explains with the same matcher that serves traffic, watched by an observer that records every loser's reason.
Explanation explain(const Snapshot& snapshot, const ExplainRequest& request);

/// A connection or UDP session to explain.
struct StreamQuestion {
    Carrier carrier = Carrier::Tcp; ///< Tls, Tcp or Udp
    std::string serverName;         ///< SNI, in any case; "" for none
    std::string address;            ///< where the client connects; "": any of the Gateways'
    std::uint16_t port = 0;         ///< a listener's own or the local one
    std::string gateway;            ///< "namespace/name"; "": every Gateway
};

/// Explains with routeSni() and routeStream(), which serve the traffic.
Explanation explain(const Snapshot& snapshot, const StreamQuestion& question);

} // namespace gatehouse::routing
