#include "model/api/resource_set.h"

#include <algorithm>

namespace gatehouse::model {

bool LabelSelector::matches(const std::map<std::string, std::string>& labels) const
{
    for (const auto& [key, value] : matchLabels) {
        const auto it = labels.find(key);
        if (it == labels.end() || it->second != value)
            return false;
    }
    return std::all_of(matchExpressions.begin(), matchExpressions.end(), [&](const LabelRequirement& r) {
        const auto it = labels.find(r.key);
        const bool present = it != labels.end();
        const bool listed = present && std::find(r.values.begin(), r.values.end(), it->second) != r.values.end();
        switch (r.op) {
        case LabelOperator::In:
            return listed;
        case LabelOperator::NotIn:
            return !listed;
        case LabelOperator::Exists:
            return present;
        case LabelOperator::DoesNotExist:
            return !present;
        }
        return false;
    });
}

std::string_view toString(Protocol protocol)
{
    switch (protocol) {
    case Protocol::HTTP:
        return "HTTP";
    case Protocol::HTTPS:
        return "HTTPS";
    case Protocol::TLS:
        return "TLS";
    case Protocol::TCP:
        return "TCP";
    case Protocol::UDP:
        return "UDP";
    case Protocol::Other:
        return "Other";
    }
    return "Other";
}

std::string_view filterType(const HTTPRouteFilter& filter)
{
    struct Name {
        std::string_view operator()(const RequestHeaderModifier&) const { return "RequestHeaderModifier"; }
        std::string_view operator()(const ResponseHeaderModifier&) const { return "ResponseHeaderModifier"; }
        std::string_view operator()(const RequestRedirect&) const { return "RequestRedirect"; }
        std::string_view operator()(const URLRewrite&) const { return "URLRewrite"; }
        std::string_view operator()(const RequestMirror&) const { return "RequestMirror"; }
        std::string_view operator()(const CORS&) const { return "CORS"; }
        std::string_view operator()(const ExternalAuth&) const { return "ExternalAuth"; }
        std::string_view operator()(const ExtensionRef&) const { return "ExtensionRef"; }
    };
    return std::visit(Name{}, filter);
}

const std::vector<RouteKindInfo>& routeKinds()
{
    static const std::vector<RouteKindInfo> rows = {
        {RouteKind::HTTPRoute, gatewayGroup, "HTTPRoute", "httproutes", true},
        {RouteKind::GRPCRoute, gatewayGroup, "GRPCRoute", "grpcroutes", true},
        {RouteKind::TLSRoute, gatewayGroup, "TLSRoute", "tlsroutes", true},
        {RouteKind::TCPRoute, gatewayGroup, "TCPRoute", "tcproutes", false},
        {RouteKind::UDPRoute, gatewayGroup, "UDPRoute", "udproutes", false},
    };
    return rows;
}

const RouteKindInfo& routeKindInfo(RouteKind kind)
{
    return routeKinds()[static_cast<std::size_t>(kind)];
}

const RouteKindInfo* findRouteKind(std::string_view group, std::string_view kindName)
{
    for (const RouteKindInfo& row : routeKinds())
        if (row.group == group && row.name == kindName)
            return &row;
    return nullptr;
}

std::string_view toString(RouteKind kind)
{
    return routeKindInfo(kind).name;
}

const std::vector<HTTPRouteFilter>& L4Route::filters(std::size_t) const noexcept
{
    static const std::vector<HTTPRouteFilter> none;
    return none;
}

std::vector<const Route*> ResourceSet::routes() const
{
    std::vector<const Route*> all;
    all.reserve(httpRoutes.size() + grpcRoutes.size() + tlsRoutes.size() + tcpRoutes.size() + udpRoutes.size());
    const auto add = [&](const auto& map) {
        for (const auto& [name, route] : map)
            all.push_back(route.get());
    };
    add(httpRoutes), add(grpcRoutes), add(tlsRoutes), add(tcpRoutes), add(udpRoutes);
    return all;
}

bool ResourceSet::sharesAllWith(const ResourceSet& other) const noexcept
{
    bool all = true;
    forEachMap([&](auto map) { all = all && (this->*map).sharesAllWith(other.*map); });
    return all;
}

void ResourceSet::shareWith(const ResourceSet& previous)
{
    forEachMap([&](auto map) { (this->*map).shareWith(previous.*map); });
}

std::map<std::string, std::string> ResourceSet::namespaceLabels(const std::string& name) const
{
    std::map<std::string, std::string> labels;
    if (const auto it = namespaces.find(ObjectName{{}, name}); it != namespaces.end())
        labels = it->second->meta.labels;
    labels["kubernetes.io/metadata.name"] = name;
    return labels;
}

} // namespace gatehouse::model
