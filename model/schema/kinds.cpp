#include "model/schema/schema.h"

#include "model/api/meta.h"
#include "model/schema/schema_builders.h"

#include <algorithm>
#include <cctype>

namespace gatehouse::model {
namespace {

using namespace schema;

std::vector<KindSchema> buildKinds()
{
    constexpr std::string_view g = gatewayGroup;
    // group, kind, plural, short names, namespaced, served versions, versions read with a warning, schema, alpha
    // schema, status. ListenerSet's v1alpha1 is XListenerSet of the experimental group.
    return {
        {"", "ConfigMap", "configmaps", {"cm"}, true, {"v1"}, {}, configMapRoot(), nullptr, false},
        {"", "Endpoints", "endpoints", {"ep"}, true, {"v1"}, {}, endpointsRoot(), nullptr, false},
        {"", "Namespace", "namespaces", {"ns"}, false, {"v1"}, {}, namespaceRoot(), nullptr, true},
        {"", "Pod", "pods", {"po"}, true, {"v1"}, {}, podRoot(), nullptr, true},
        {"", "Secret", "secrets", {}, true, {"v1"}, {}, secretRoot(), nullptr, false},
        {"", "Service", "services", {"svc"}, true, {"v1"}, {}, serviceRoot(), nullptr, true},
        {"apps",
         "Deployment",
         "deployments",
         {"deploy"},
         true,
         {"v1"},
         {"v1beta2", "v1beta1"},
         deploymentRoot(),
         nullptr,
         true},
        {"discovery.k8s.io",
         "EndpointSlice",
         "endpointslices",
         {},
         true,
         {"v1"},
         {"v1beta1"},
         endpointSliceRoot(),
         nullptr,
         false},
        {g,
         "BackendTLSPolicy",
         "backendtlspolicies",
         {"btlspolicy"},
         true,
         {"v1"},
         {"v1alpha3", "v1alpha2"},
         backendTlsPolicyRoot(),
         nullptr,
         true},
        {g, "GRPCRoute", "grpcroutes", {}, true, {"v1"}, {"v1alpha2"}, grpcRouteRoot(), nullptr, true},
        {g,
         "Gateway",
         "gateways",
         {"gtw"},
         true,
         {"v1", "v1beta1"},
         {"v1beta1", "v1alpha2"},
         gatewayRoot(),
         nullptr,
         true},
        {g,
         "GatewayClass",
         "gatewayclasses",
         {"gc"},
         false,
         {"v1", "v1beta1"},
         {"v1beta1", "v1alpha2"},
         gatewayClassRoot(),
         nullptr,
         true},
        {g,
         "HTTPRoute",
         "httproutes",
         {},
         true,
         {"v1", "v1beta1"},
         {"v1beta1", "v1alpha2"},
         httpRouteRoot(),
         nullptr,
         true},
        {g, "ListenerSet", "listenersets", {"lset"}, true, {"v1"}, {"v1alpha1"}, listenerSetRoot(), nullptr, true},
        {g,
         "ReferenceGrant",
         "referencegrants",
         {"refgrant"},
         true,
         {"v1", "v1beta1"},
         {"v1beta1", "v1alpha2"},
         referenceGrantRoot(),
         nullptr,
         false},
        {g, "TCPRoute", "tcproutes", {}, true, {"v1"}, {"v1alpha2"}, tcpOrUdpRouteRoot(), oldTcpOrUdpRouteRoot(), true},
        {g,
         "TLSRoute",
         "tlsroutes",
         {},
         true,
         {"v1"},
         {"v1alpha3", "v1alpha2"},
         tlsRouteRoot(),
         oldTlsRouteRoot(),
         true},
        {g, "UDPRoute", "udproutes", {}, true, {"v1"}, {"v1alpha2"}, tcpOrUdpRouteRoot(), oldTcpOrUdpRouteRoot(), true},
    };
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// "plural.group" and "plural.version.group", as kubectl takes them.
bool isQualified(const KindSchema& kind, std::string_view word)
{
    const std::size_t dot = word.find('.');
    if (dot == std::string_view::npos || kind.group.empty())
        return false;
    const std::string_view name = word.substr(0, dot);
    if (!equalsIgnoringCase(name, kind.plural) && !equalsIgnoringCase(name, kind.kind))
        return false;
    std::string_view rest = word.substr(dot + 1);
    if (equalsIgnoringCase(rest, kind.group))
        return true;
    const std::size_t second = rest.find('.');
    if (second == std::string_view::npos || !equalsIgnoringCase(rest.substr(second + 1), kind.group))
        return false;
    const std::string_view version = rest.substr(0, second);
    return std::find(kind.versions.begin(), kind.versions.end(), version) != kind.versions.end();
}

} // namespace

const std::vector<KindSchema>& kindSchemas()
{
    static const std::vector<KindSchema> kinds = buildKinds();
    return kinds;
}

const KindSchema& unknownKindSchema()
{
    // The builders share one arena, which only one table may fill at a time.
    static const KindSchema schema = [] {
        (void)kindSchemas();
        KindSchema made;
        made.root =
            coreObject({field("spec", any(), "What is wanted."), field("status", any(), "Not read from manifests.")});
        return made;
    }();
    return schema;
}

const KindSchema* findKindSchema(std::string_view group, std::string_view kind)
{
    for (const KindSchema& each : kindSchemas())
        if (each.kind == kind && each.group == group)
            return &each;
    return nullptr;
}

const KindSchema* findKindByWord(std::string_view word)
{
    for (const KindSchema& each : kindSchemas()) {
        if (equalsIgnoringCase(word, each.kind) || equalsIgnoringCase(word, each.plural) || isQualified(each, word))
            return &each;
        for (const std::string_view name : each.shortNames)
            if (equalsIgnoringCase(word, name))
                return &each;
    }
    return nullptr;
}

} // namespace gatehouse::model
