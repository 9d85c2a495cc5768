#include "importers/kube_api/api_kinds.h"

#include "model/api/meta.h"

#include <algorithm>
#include <utility>

namespace gatehouse::importers {
namespace {

using Words = std::vector<std::string_view>;

struct Names {
    std::string_view kind, plural, singular;
};

/// A namespaced kind of one version that users may write.
ApiKind builtIn(std::string_view group, Names names, Words shortNames = {}, Words categories = {})
{
    ApiKind made;
    made.group = group;
    made.kind = names.kind;
    made.plural = names.plural;
    made.singular = names.singular;
    made.shortNames = std::move(shortNames);
    made.categories = std::move(categories);
    made.versions = {"v1"};
    made.schema = model::findKindSchema(group, names.kind);
    return made;
}

/// A kind of the Gateway API with what its CustomResourceDefinition (v1.6.1, experimental channel) serves.
ApiKind gatewayApi(Names names, Words versions, Words shortNames = {})
{
    ApiKind made = builtIn(model::gatewayGroup, names, std::move(shortNames), {"gateway-api"});
    made.versions = std::move(versions);
    made.custom = true;
    made.hasStatus = made.schema && made.schema->hasStatus;
    return made;
}

ApiKind withStatus(ApiKind kind)
{
    kind.hasStatus = true;
    return kind;
}

ApiKind clusterScoped(ApiKind kind)
{
    kind.namespaced = false;
    return kind;
}

ApiKind readOnly(ApiKind kind)
{
    kind.readOnly = true;
    return kind;
}

ApiKind with(Words subresources, ApiKind kind)
{
    kind.subresources = std::move(subresources);
    return kind;
}

std::vector<ApiKind> buildApiKinds()
{
    return {
        builtIn("", {"ConfigMap", "configmaps", "configmap"}, {"cm"}),
        builtIn("", {"Endpoints", "endpoints", "endpoints"}, {"ep"}),
        builtIn("", {"Event", "events", "event"}, {"ev"}),
        clusterScoped(withStatus(builtIn("", {"Namespace", "namespaces", "namespace"}, {"ns"}))),
        readOnly(clusterScoped(withStatus(builtIn("", {"Node", "nodes", "node"}, {"no"})))),
        with({"log"}, withStatus(builtIn("", {"Pod", "pods", "pod"}, {"po"}, {"all"}))),
        builtIn("", {"Secret", "secrets", "secret"}),
        builtIn("", {"ServiceAccount", "serviceaccounts", "serviceaccount"}, {"sa"}),
        withStatus(builtIn("", {"Service", "services", "service"}, {"svc"}, {"all"})),
        readOnly(clusterScoped(
            withStatus(builtIn("apiextensions.k8s.io",
                               {"CustomResourceDefinition", "customresourcedefinitions", "customresourcedefinition"},
                               {"crd", "crds"}, {"api-extensions"})))),
        with({"scale"}, withStatus(builtIn("apps", {"Deployment", "deployments", "deployment"}, {"deploy"}, {"all"}))),
        readOnly(withStatus(builtIn("apps", {"ReplicaSet", "replicasets", "replicaset"}, {"rs"}, {"all"}))),
        builtIn("coordination.k8s.io", {"Lease", "leases", "lease"}),
        builtIn("discovery.k8s.io", {"EndpointSlice", "endpointslices", "endpointslice"}),
        builtIn("events.k8s.io", {"Event", "events", "event"}, {"ev"}),
        gatewayApi({"BackendTLSPolicy", "backendtlspolicies", "backendtlspolicy"}, {"v1", "v1alpha3"}, {"btlspolicy"}),
        clusterScoped(gatewayApi({"GatewayClass", "gatewayclasses", "gatewayclass"}, {"v1", "v1beta1"}, {"gc"})),
        gatewayApi({"Gateway", "gateways", "gateway"}, {"v1", "v1beta1"}, {"gtw"}),
        gatewayApi({"GRPCRoute", "grpcroutes", "grpcroute"}, {"v1"}),
        gatewayApi({"HTTPRoute", "httproutes", "httproute"}, {"v1", "v1beta1"}),
        gatewayApi({"ListenerSet", "listenersets", "listenerset"}, {"v1"}, {"lset"}),
        gatewayApi({"ReferenceGrant", "referencegrants", "referencegrant"}, {"v1", "v1beta1"}, {"refgrant"}),
        gatewayApi({"TCPRoute", "tcproutes", "tcproute"}, {"v1", "v1alpha2"}),
        gatewayApi({"TLSRoute", "tlsroutes", "tlsroute"}, {"v1", "v1alpha3", "v1alpha2"}),
        gatewayApi({"UDPRoute", "udproutes", "udproute"}, {"v1", "v1alpha2"}),
    };
}

} // namespace

const std::vector<ApiKind>& apiKinds()
{
    static const std::vector<ApiKind> kinds = buildApiKinds();
    return kinds;
}

const ApiKind* findApiKind(std::string_view group, std::string_view version, std::string_view plural)
{
    for (const ApiKind& each : apiKinds())
        if (each.plural == plural && each.group == group)
            return std::find(each.versions.begin(), each.versions.end(), version) != each.versions.end() ? &each
                                                                                                         : nullptr;
    return nullptr;
}

const ApiKind* findApiKindOf(std::string_view group, std::string_view kind)
{
    for (const ApiKind& each : apiKinds())
        if (each.kind == kind && each.group == group)
            return &each;
    return nullptr;
}

} // namespace gatehouse::importers
