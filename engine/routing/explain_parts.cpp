#include "engine/routing/explain_parts.h"

#include "engine/routing/host_index.h"

#include <algorithm>
#include <utility>

namespace gatehouse::routing {

std::string toText(const BindKey& key)
{
    return (key.address.find(':') == std::string::npos ? key.address : '[' + key.address + ']') + ':' +
           std::to_string(key.port);
}

std::string hostnameText(const ListenerTable& listener)
{
    return listener.hostname ? listener.hostname->text() : "*";
}

std::string speaks(model::Protocol protocol)
{
    switch (protocol) {
    case model::Protocol::HTTP:
        return "speaks HTTP: the URL has to begin with http://";
    case model::Protocol::HTTPS:
        return "speaks HTTPS: the URL has to begin with https://";
    case model::Protocol::TLS:
        return "passes TLS on without reading requests: see explain --tls";
    case model::Protocol::TCP:
        return "passes bytes on without reading requests: see explain --tcp";
    case model::Protocol::UDP:
        return "takes datagrams: see explain --udp";
    case model::Protocol::Other:
        break;
    }
    return "speaks a protocol that is not known here";
}

std::string endpointWords(const Cluster& cluster)
{
    std::string targets;
    bool echo = false;
    for (const BackendEndpoint& endpoint : cluster.endpoints) {
        if (endpoint.echo && std::exchange(echo, true))
            continue;
        targets += (targets.empty() ? "" : ", ") +
                   (endpoint.echo ? "built-in echo" : toText({endpoint.address, endpoint.port}));
    }
    if (cluster.proxyProtocol != ProxyProtocol::None)
        targets += std::string(" behind a header of PROXY protocol ") +
                   (cluster.proxyProtocol == ProxyProtocol::V1 ? "v1" : "v2");
    if (!cluster.tls)
        return targets;
    targets += " over TLS as " + cluster.tls->hostname;
    if (const model::Secret* shown = cluster.tls->clientCertificate)
        targets += ", showing Secret " + toString(shown->key.name);
    return targets;
}

std::string backendName(const model::ResolvedBackend& backend, const model::Route& route)
{
    const model::BackendObjectReference& ref = backend.ref->ref;
    return ref.namespace_.value_or(route.namespace_()) + '/' + ref.name +
           (ref.port ? ':' + std::to_string(*ref.port) : "");
}

namespace {

class Outsiders {
public:
    Outsiders(const Snapshot& snapshot, const OutsiderQuestion& question)
        : graph_(*snapshot.graph), question_(question), host_(question.host)
    {
    }

    std::vector<Outsider> run()
    {
        for (const model::RouteNode& node : graph_.routes)
            look(node);
        return std::move(found_);
    }

private:
    void look(const model::RouteNode& node)
    {
        const model::Route& route = *node.resource;
        const bool namesHost =
            std::any_of(route.hostnames.begin(), route.hostnames.end(),
                        [&](const model::Hostname& hostname) { return hostname.matches(host_.view()); });
        const auto add = [&](std::string reason, model::Position position) {
            found_.push_back({std::string(toString(route.kind)) + '/' + toString(route.key.name), std::move(reason),
                              route.at(position)});
        };
        bool serves = false;
        for (const model::ParentNode& parent : node.parents)
            serves = serves || servesHere(parent);
        for (std::size_t r = 0; r < node.rules.size(); ++r)
            if (serves && !node.rules[r].dropped.empty())
                add("rules[" + std::to_string(r) + "] is dropped: " + node.rules[r].dropped, route.rulePosition(r));
        for (const model::ParentNode& parent : node.parents) {
            const bool concerned = parent.ours && isConcerned(parent.gateway);
            if (!serves && (concerned || namesHost))
                add(reasonOf(parent, concerned), parent.ref->position);
        }
        if (node.parents.empty() && namesHost)
            add("names no parent", route.source.position);
    }

    [[nodiscard]] bool isConcerned(model::GatewayIndex gateway) const
    {
        if (question_.listener)
            return graph_[question_.listener->listener].gateway == gateway;
        if (question_.port)
            return std::any_of(
                question_.port->listeners.begin(), question_.port->listeners.end(),
                [&](const ListenerTable& listener) { return graph_[listener.listener].gateway == gateway; });
        return question_.gateway.empty() || toString(graph_[gateway].resource->key.name) == question_.gateway;
    }

    [[nodiscard]] bool servesHere(const model::ParentNode& parent) const
    {
        return question_.listener && parent.accepted &&
               std::any_of(parent.attachments.begin(), parent.attachments.end(),
                           [&](const model::Attachment& a) { return a.listener == question_.listener->listener; });
    }

    [[nodiscard]] std::string reasonOf(const model::ParentNode& parent, bool concerned) const
    {
        if (!parent.ours)
            return "its parent " + parent.ref->kind + ' ' + parent.ref->name + " is not known here";
        if (!parent.accepted) {
            std::string reason = "not attached";
            if (const model::Condition* condition = findCondition(parent.conditions, "Accepted"))
                reason = condition->reason + ": " + condition->message;
            return reason;
        }
        std::string listeners;
        for (const model::Attachment& attachment : parent.attachments)
            listeners += (listeners.empty() ? "" : ", ") + graph_[attachment.listener].resource->name;
        std::string reason =
            "attached to listener " + listeners + " of Gateway " + toString(graph_[parent.gateway].resource->key.name);
        if (question_.listener && concerned)
            reason += "; the " + std::string(question_.what) + " belongs to listener " +
                      question_.listener->listenerName + " alone";
        for (const std::string& refusal : parent.refusals)
            reason += "; " + refusal;
        return reason;
    }

    const model::Graph& graph_;
    const OutsiderQuestion& question_;
    LowerHost host_;
    std::vector<Outsider> found_;
};

} // namespace

std::vector<Outsider> outsidersOf(const Snapshot& snapshot, const OutsiderQuestion& question)
{
    return Outsiders(snapshot, question).run();
}

} // namespace gatehouse::routing
