#include "model/schema/schema_builders.h"

namespace gatehouse::model::schema {
namespace {

Node transportProtocol()
{
    static const Node node = oneOf({"TCP", "UDP", "SCTP"});
    return node;
}

/// A port of Endpoints and of EndpointSlices; only the slice leaves `port` out (every port).
Node endpointPort(bool portRequired)
{
    SchemaField port = field("port", portNumber(), "The port number on the endpoints.");
    port.required = portRequired;
    return openObject({
        field("name", string(), "The name of the Service's port."),
        byDefault("protocol", transportProtocol(), "TCP", "The transport protocol."),
        std::move(port),
        field("appProtocol", string(), "What is spoken on the port."),
    });
}

Node targetReference()
{
    static const Node node = openObject({
        field("kind", string(), "The kind behind the endpoint, mostly Pod."),
        field("name", string(), "Its name."),
    });
    return node;
}

} // namespace

Node namespaceRoot()
{
    return coreObject({}, Format::DnsLabel, false);
}

Node serviceRoot()
{
    const Node port = openObject({
        field("name", string({1, 63}, Format::DnsLabel), "The port's name, needed when there are several."),
        byDefault("protocol", transportProtocol(), "TCP", "The transport protocol."),
        required("port", portNumber(), "The port on which the Service is reached."),
        field("targetPort", intOrName(), "The container's port, by number or by name; `port` if absent."),
        field("appProtocol", string(), "What is spoken on the port."),
    });
    const Node spec = openObject({
        byDefault("type", oneOf({"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"}), "ClusterIP",
                  "How the Service is reached."),
        field("clusterIP", string(), "Its address in the cluster; None for a headless Service."),
        field("ports", list(port), "The ports of the Service."),
        field("selector", map(string({0, 63}, Format::LabelValue), {}, Format::LabelKey),
              "Labels of the Pods behind it."),
    });
    return coreObject({field("spec", spec, "What is wanted."), field("status", any(), "Not read from manifests.")},
                      Format::DnsLabel);
}

Node endpointsRoot()
{
    const Node address = openObject({
        required("ip", string({}, Format::IpAddress), "The endpoint's IP address."),
        field("targetRef", targetReference(), "The Pod behind it."),
    });
    const Node subset = openObject({
        field("addresses", list(address), "Endpoints that are ready."),
        field("notReadyAddresses", list(address), "Endpoints that are not ready."),
        field("ports", list(endpointPort(true)), "Ports on each of them."),
    });
    return coreObject({field("subsets", list(subset), "Groups of endpoints with the same ports.")});
}

Node endpointSliceRoot()
{
    const Node conditions = openObject({
        field("ready", boolean(), "Whether the endpoint takes traffic; yes if absent."),
        field("serving", boolean(), "Whether it answers, ending or not."),
        field("terminating", boolean(), "Whether it is on its way out."),
    });
    const Node endpoint = openObject({
        required("addresses", list(string({1, 253}), {1, 100}), "The endpoint's addresses."),
        field("conditions", conditions, "How the endpoint is."),
        field("targetRef", targetReference(), "The Pod behind it."),
    });
    return coreObject({
        required("addressType", oneOf({"IPv4", "IPv6", "FQDN"}), "What the addresses are."),
        field("endpoints", list(endpoint, {0, 1000}), "The endpoints."),
        field("ports", list(endpointPort(false), {0, 20000}), "Ports on each of them."),
    });
}

Node secretRoot()
{
    return coreObject({
        byDefault("type", string(), "Opaque", "What the Secret holds; kubernetes.io/tls for certificates."),
        field("data", map(string({}, Format::Base64)), "Contents in base64."),
        field("stringData", map(string()), "Contents as text; they win over `data`."),
    });
}

Node configMapRoot()
{
    return coreObject({
        field("data", map(string()), "Contents as text."),
        field("binaryData", map(string({}, Format::Base64)), "Contents in base64."),
    });
}

} // namespace gatehouse::model::schema
