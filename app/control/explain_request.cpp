#include "app/control/explain_request.h"

#include "app/control/config_text.h"
#include "engine/routing/grpc.h"

#include <algorithm>
#include <optional>

namespace gatehouse::control {

namespace {

struct Authority {
    std::string host; ///< without brackets and port, lower case
    std::uint16_t port = 0;
};

std::optional<Authority> splitAuthority(const std::string& authority, std::uint16_t defaultPort)
{
    Authority result{authority, defaultPort};
    const std::size_t bracket = authority.rfind(']');
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string::npos && (bracket == std::string::npos || colon > bracket)) {
        const auto port = parsePort(std::string_view(authority).substr(colon + 1));
        if (!port)
            return std::nullopt;
        result = {authority.substr(0, colon), *port};
    }
    if (result.host.size() > 2 && result.host.front() == '[' && result.host.back() == ']')
        result.host = result.host.substr(1, result.host.size() - 2);
    std::transform(result.host.begin(), result.host.end(), result.host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

/// How well a listener fits the host: -1 not at all, 0 as a catch-all, else by its hostname's length; exact beats
/// wildcard.
int fitness(const routing::ListenerTable& listener, const std::string& host)
{
    if (!listener.hostname)
        return 0;
    if (!listener.hostname->matches(host))
        return -1;
    return static_cast<int>(listener.hostname->text().size()) + (listener.hostname->isWildcard() ? 0 : 1000);
}

struct Target {
    bool tls = false;
    std::uint16_t port = 0;
    std::string urlHost; ///< where the client connects
    std::string host;    ///< what it asks for
    std::string gateway;
};

std::optional<routing::BindKey> findEndpoint(const routing::Snapshot& snapshot, const Target& target)
{
    const bool literal = isIpLiteral(target.urlHost);
    std::optional<routing::BindKey> best;
    int bestFit = -2;
    bool tie = false;
    for (const routing::PortTable& table : snapshot.ports) {
        if (literal && table.key.address != target.urlHost)
            continue;
        for (const routing::ListenerTable& listener : table.listeners) {
            if (listener.protocol != (target.tls ? model::Protocol::HTTPS : model::Protocol::HTTP))
                continue;
            if (!target.gateway.empty() && listener.gatewayName != target.gateway)
                continue;
            if (table.key.port != target.port && listener.specPort != target.port)
                continue;
            const int fit = fitness(listener, target.host);
            if (fit > bestFit) {
                bestFit = fit;
                best = table.key;
                tie = false;
            } else if (fit == bestFit && table.key != best) {
                tie = true;
            }
        }
    }
    // Sockets that fit alike: the one that serves the request is meant, which the explanation finds out.
    return tie ? std::nullopt : best;
}

/// The carrier that a URL's scheme names; nullopt for http, https and what is unknown.
std::optional<routing::Carrier> carrierOf(std::string_view scheme)
{
    if (scheme == "tls")
        return routing::Carrier::Tls;
    if (scheme == "tcp")
        return routing::Carrier::Tcp;
    if (scheme == "udp")
        return routing::Carrier::Udp;
    return std::nullopt;
}

model::Result<routing::StreamQuestion, std::string> streamQuestion(routing::Carrier carrier, const std::string& rest,
                                                                   const RequestText& text)
{
    const bool tls = carrier == routing::Carrier::Tls;
    const auto refuse = [&](const std::string& why) {
        return model::Unexpected{"'" + text.url + "' " + why + "; expected " + (tls ? "NAME:PORT" : "[ADDRESS]:PORT")};
    };
    if (!text.headers.empty())
        return refuse("has no requests that headers could be in");
    if (rest.find_first_of("/?#@ ") != std::string::npos)
        return refuse("is more than a host and a port");
    const auto authority = splitAuthority(rest, tls ? 443 : 0);
    if (!authority || authority->port == 0)
        return refuse("has no valid port");
    routing::StreamQuestion question;
    question.carrier = carrier;
    question.port = authority->port;
    question.gateway = text.gateway;
    if (isIpLiteral(authority->host))
        question.address = authority->host;
    else if (tls)
        question.serverName = authority->host;
    else if (!authority->host.empty())
        return refuse("names a host, which nothing tells the listener");
    return question;
}

} // namespace

model::Result<routing::Explanation, std::string> explain(const routing::Snapshot& snapshot, const RequestText& text)
{
    const std::size_t scheme = text.url.find("://");
    if (const auto carrier = carrierOf(std::string_view(text.url).substr(0, scheme));
        carrier && scheme != std::string::npos) {
        const auto question = streamQuestion(*carrier, text.url.substr(scheme + 3), text);
        if (!question)
            return model::Unexpected{question.error()};
        return routing::explain(snapshot, *question);
    }
    const auto request = explainRequest(snapshot, text);
    if (!request)
        return model::Unexpected{request.error()};
    return routing::explain(snapshot, *request);
}

model::Result<std::pair<std::string, std::string>, std::string> parseHeader(const std::string& text)
{
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon == std::string::npos)
        return model::Unexpected{"'" + text + "' is no header; expected 'Name: value'"};
    const std::size_t value = text.find_first_not_of(" \t", colon + 1);
    return std::pair(text.substr(0, colon), value == std::string::npos ? std::string() : text.substr(value));
}

model::Result<RequestText, std::string> grpcRequest(const std::string& host, const std::string& call)
{
    const std::string path = call.starts_with('/') ? call : '/' + call;
    if (!routing::grpcCall(path))
        return model::Unexpected{"'" + call + "' is no gRPC call; expected SERVICE/METHOD"};
    const std::size_t scheme = host.find("://");
    if (host.find('/', scheme == std::string::npos ? 0 : scheme + 3) != std::string::npos)
        return model::Unexpected{"'" + host + "' is no host; expected HOST, HOST:PORT or https://HOST:PORT"};
    RequestText request;
    request.method = "POST";
    request.url = (scheme == std::string::npos ? "http://" : "") + host + path;
    request.headers = {{"content-type", "application/grpc"}, {"te", "trailers"}};
    return request;
}

model::Result<routing::ExplainRequest, std::string> explainRequest(const routing::Snapshot& snapshot,
                                                                   const RequestText& text)
{
    const auto refuse = [&](const std::string& why) {
        return model::Unexpected{"'" + text.url + "' " + why + "; expected http://host[:port][/path][?query]"};
    };
    routing::ExplainRequest request;
    request.method = text.method;
    request.headers = text.headers;
    request.gateway = text.gateway;

    std::string rest = text.url;
    if (const std::size_t scheme = rest.find("://");
        scheme != std::string::npos && scheme < rest.find_first_of("/?#")) {
        request.scheme = rest.substr(0, scheme);
        rest.erase(0, scheme + 3);
    }
    if (request.scheme != "http" && request.scheme != "https")
        return refuse("has the scheme " + request.scheme);
    rest = rest.substr(0, rest.find('#'));
    const std::size_t pathStart = rest.find_first_of("/?");
    request.authority = rest.substr(0, pathStart);
    if (pathStart != std::string::npos)
        rest.erase(0, pathStart);
    else
        rest.clear();
    const std::size_t query = rest.find('?');
    request.path = rest.substr(0, query);
    if (request.path.empty())
        request.path = "/";
    if (query != std::string::npos)
        request.query = rest.substr(query + 1);
    if (request.authority.find_first_of("@ ") != std::string::npos)
        return refuse("has no valid host");

    Target target;
    target.tls = request.scheme == "https";
    target.gateway = text.gateway;
    const auto url = splitAuthority(request.authority, target.tls ? 443 : 80);
    if (!url)
        return refuse("has no valid port");
    for (auto header = request.headers.begin(); header != request.headers.end(); ++header) {
        if (!routing::equalsIgnoreCase(header->first, "host"))
            continue;
        request.authority = header->second;
        request.headers.erase(header);
        break;
    }
    if (request.authority.empty())
        return refuse("names no host");
    const auto asked = splitAuthority(request.authority, url->port);
    if (!asked)
        return model::Unexpected{"the Host header '" + request.authority + "' has no valid port"};
    target.urlHost = url->host;
    // Clients put the URL's host into the handshake, whatever Host says; an address is no name.
    request.serverName = isIpLiteral(url->host) ? std::string() : url->host;
    target.port = url->port;
    target.host = asked->host;
    request.endpoint = findEndpoint(snapshot, target);
    return request;
}

} // namespace gatehouse::control
