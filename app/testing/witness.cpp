#include "app/testing/witness.h"

#include "app/testing/model_run.h"
#include "engine/routing/reach/expression_samples.h"
#include "engine/routing/reach/least_request.h"

#include <algorithm>

namespace gatehouse::testing {

namespace {

/// Where a route can be asked: a listener it is attached to, by a host that leads there.
struct Door {
    const model::ListenerNode* listener = nullptr;
    std::string gateway; ///< "namespace/name"
    std::string host;
};

/// A name that a hostname covers.
std::string nameUnder(const model::Hostname& hostname)
{
    return hostname.isWildcard() ? "www" + std::string(hostname.suffix()) : hostname.text();
}

std::vector<Door> doorsOf(const model::Graph& graph, const model::RouteNode& node)
{
    std::vector<Door> doors;
    for (const model::ParentNode& parent : node.parents) {
        if (!parent.accepted)
            continue;
        for (const model::Attachment& attachment : parent.attachments) {
            const model::ListenerNode& listener = graph[attachment.listener];
            Door door{&listener, toString(graph[listener.gateway].resource->key.name), "gatehouse.test"};
            if (attachment.hostnames.empty() && listener.resource->hostname)
                door.host = nameUnder(*listener.resource->hostname);
            if (attachment.hostnames.empty())
                doors.push_back(door);
            for (const model::Hostname& hostname : attachment.hostnames) {
                door.host = nameUnder(hostname);
                doors.push_back(door);
            }
        }
    }
    return doors;
}

std::optional<std::string> textFor(model::ValueMatchType type, const std::string& value)
{
    if (type == model::ValueMatchType::Exact)
        return value;
    std::vector<std::string> samples = routing::matchingSamples(value);
    return samples.empty() ? std::nullopt : std::optional(std::move(samples.front()));
}

/// Paths that a match takes; others may take the first one away from it.
std::vector<std::string> pathsFor(const model::HTTPPathMatch& path)
{
    switch (path.type) {
    case model::PathMatchType::Exact:
        return {path.value};
    case model::PathMatchType::PathPrefix:
        return {path.value, path.value + (path.value.ends_with('/') ? "" : "/") + "gatehouse"};
    case model::PathMatchType::RegularExpression:
        break;
    }
    std::vector<std::string> paths = routing::matchingSamples(path.value, {"/gatehouse"});
    std::erase_if(paths, [](const std::string& text) { return !text.starts_with('/'); });
    return paths;
}

/// Headers or query parameters that are asked for; nullopt: one of them cannot be guessed.
std::optional<Headers> valuesFor(const std::vector<model::ValueMatch>& matches)
{
    Headers values;
    for (const model::ValueMatch& match : matches) {
        const auto text = textFor(match.type, match.value);
        if (!text)
            return std::nullopt;
        values.emplace_back(match.name, *text);
    }
    return values;
}

std::string authority(const Door& door, std::uint16_t impliedPort)
{
    const std::uint16_t port = door.listener->resource->port;
    return port == impliedPort ? door.host : door.host + ':' + std::to_string(port);
}

bool isSecure(const Door& door)
{
    return door.listener->resource->protocol == model::Protocol::HTTPS;
}

std::vector<Request> httpRequests(const model::HTTPRouteMatch& match, const Door& door)
{
    const auto headers = valuesFor(match.headers), query = valuesFor(match.queryParams);
    if (!headers || !query)
        return {};
    HttpRequest request;
    request.method = match.method.empty() ? "GET" : match.method;
    request.headers = *headers;
    std::string parameters;
    for (const auto& [name, value] : *query)
        parameters +=
            (parameters.empty() ? "?" : "&") + routing::queryEncoded(name) + '=' + routing::queryEncoded(value);
    std::vector<Request> requests;
    for (const std::string& path : pathsFor(match.path)) {
        request.url =
            (isSecure(door) ? "https://" + authority(door, 443) : "http://" + authority(door, 80)) + path + parameters;
        requests.emplace_back(request);
    }
    return requests;
}

std::vector<Request> grpcRequests(const model::GRPCRouteMatch& match, const Door& door)
{
    const auto metadata = valuesFor(match.headers);
    const auto partFor = [&](const std::optional<std::string>& wanted, const char* otherwise) {
        return wanted && match.method ? textFor(match.method->type, *wanted) : std::optional<std::string>(otherwise);
    };
    const auto service = partFor(match.method ? match.method->service : std::nullopt, "gatehouse.Service");
    const auto method = partFor(match.method ? match.method->method : std::nullopt, "Method");
    if (!metadata || !service || !method)
        return {};
    const std::string host = isSecure(door) ? "https://" + authority(door, 443) : authority(door, 80);
    return {GrpcRequest{host, *service + '/' + *method, *metadata}};
}

std::vector<Request> streamRequests(model::RouteKind kind, const Door& door)
{
    const std::string port = ':' + std::to_string(door.listener->resource->port);
    StreamRequest request;
    // A TCPRoute may also stand behind a listener that ends TLS.
    const bool tls = kind == model::RouteKind::TLSRoute || door.listener->resource->protocol == model::Protocol::TLS;
    request.kind = tls ? StreamKind::Tls : kind == model::RouteKind::UDPRoute ? StreamKind::Udp : StreamKind::Tcp;
    request.to = tls ? door.host + port : port;
    return {request};
}

/// Requests by the rule's matches, the first match first.
std::vector<std::vector<Request>> requestsFor(const model::Route& route, std::uint32_t rule, const Door& door)
{
    std::vector<std::vector<Request>> all;
    if (route.kind == model::RouteKind::HTTPRoute) {
        for (const auto& match : static_cast<const model::HTTPRoute&>(route).rules[rule].matches)
            all.push_back(httpRequests(match, door));
    } else if (route.kind == model::RouteKind::GRPCRoute) {
        for (const auto& match : static_cast<const model::GRPCRoute&>(route).rules[rule].matches)
            all.push_back(grpcRequests(match, door));
        if (all.empty())
            all.push_back(grpcRequests({}, door));
    } else {
        all.push_back(streamRequests(route.kind, door));
    }
    return all;
}

} // namespace

Witness findWitness(const routing::Snapshot& snapshot, const model::RouteNode& node, std::uint32_t rule)
{
    const model::Route& route = *node.resource;
    const std::string name = std::string(toString(route.kind)) + '/' + toString(route.key.name);
    const std::vector<Door> doors = doorsOf(*snapshot.graph, node);
    Witness witness;
    if (doors.empty()) {
        witness.reason = "the route is attached to no listener";
        return witness;
    }
    if (!node.rules[rule].dropped.empty()) {
        witness.reason = node.rules[rule].dropped;
        return witness;
    }
    std::size_t matches = 0, tried = 0;
    std::string lost;
    for (std::size_t m = 0; m <= matches; ++m)
        for (const Door& door : doors) {
            const auto requests = requestsFor(route, rule, door);
            matches = requests.size() - 1;
            for (const Request& request : requests[m]) {
                // A Gateway is named only where the port alone does not lead to it.
                for (const std::string& gateway : {std::string(), door.gateway}) {
                    TestCase test;
                    test.gateway = gateway;
                    test.request = request;
                    const Observation seen = observeModel(snapshot, test);
                    ++tried;
                    if (!seen.error.empty() || !seen.explanation)
                        continue;
                    if (seen.explanation->served && seen.explanation->routeName == name &&
                        seen.explanation->rule == rule) {
                        witness.test = std::move(test);
                        return witness;
                    }
                    lost = seen.explanation->served ? "taken by " + seen.explanation->routeName + " rules[" +
                                                          std::to_string(seen.explanation->rule) + ']'
                                                    : seen.explanation->summary;
                }
            }
        }
    witness.reason = tried == 0 ? "no text could be guessed for a regular expression" : "what it asks for is " + lost;
    return witness;
}

} // namespace gatehouse::testing
