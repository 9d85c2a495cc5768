#include "model/schema/schema_builders.h"

#include "model/api/meta.h"

namespace gatehouse::model::schema {
namespace {

Node routeGroupKinds()
{
    static const Node node = list(object({
                                      byDefault("group", groupName(), gatewayGroup, "The API group of the route kind."),
                                      required("kind", kindName(), "The route kind that may attach."),
                                  }),
                                  {0, 8});
    return node;
}

/// Both uses differ in the values of `from` and its default only.
Node namespaceSelection(std::vector<std::string_view> values, std::string_view fallback)
{
    return object({
        byDefault("from", oneOf(std::move(values)), fallback, "From which namespaces objects may attach."),
        field("selector", labelSelector(), "Labels of the namespaces, when `from` is Selector."),
    });
}

Node listenerTls()
{
    static const Node node = object({
        byDefault("mode", oneOf({"Terminate", "Passthrough"}), "Terminate", "Whether TLS ends here or at the backend."),
        field("certificateRefs", list(secretObjectReference(), {0, 64}), "Secrets with the certificates to present."),
        field("options", map(string({0, 4096}), {0, 16}), "Settings of one implementation."),
    });
    return node;
}

/// Gateway listeners and ListenerSet entries have the same fields and limits.
Node listeners()
{
    static const Node allowedRoutes = object({
        byDefault("namespaces", namespaceSelection({"All", "Selector", "Same"}, "Same"),
                  objectValue({{"from", "Same"}}), "Namespaces whose routes may attach."),
        field("kinds", routeGroupKinds(), "Route kinds that may attach; by protocol if empty."),
    });
    static const Node listener = object({
        required("name", sectionName(), "The listener's name; sectionName of parentRefs means it."),
        field("hostname", hostname(), "The hostname served here; every one if absent."),
        required("port", portNumber(), "The port to listen on."),
        required("protocol", string({1, 255}, Format::Protocol), "HTTP, HTTPS, TLS, TCP, UDP, or domain/name."),
        field("tls", listenerTls(), "Certificates and mode, for HTTPS and TLS."),
        byDefault("allowedRoutes", allowedRoutes, objectValue({{"namespaces", objectValue({{"from", "Same"}})}}),
                  "Which routes may attach."),
    });
    static const Node node = listMap(listener, {"name"}, {1, 64});
    return node;
}

Node frontendTls()
{
    static const Node validation = object({
        required("caCertificateRefs", list(objectReference(), {1, 16}), "Where the CA certificates for clients are."),
        byDefault("mode", oneOf({"AllowValidOnly", "AllowInsecureFallback"}), "AllowValidOnly",
                  "Whether a client without a valid certificate is let in."),
    });
    static const Node config = object({field("validation", validation, "How client certificates are checked.")});
    static const Node perPort = object({
        required("port", portNumber(), "The port that this entry is for."),
        required("tls", config, "What holds on this port instead of the default."),
    });
    static const Node node = object({
        required("default", config, "Holds for every HTTPS listener without an entry of its own."),
        field("perPort", listMap(perPort, {"port"}, {0, 64}), "Other settings for some ports."),
    });
    return node;
}

Node gatewayTls()
{
    static const Node backend =
        object({field("clientCertificateRef", secretObjectReference(), "The certificate shown to backends.")});
    static const Node node = object({
        field("backend", backend, "TLS towards backends."),
        field("frontend", frontendTls(), "TLS towards clients: their certificates."),
    });
    return node;
}

Node infrastructure()
{
    static const Node node = object({
        field("labels", map(string({0, 63}, Format::LabelValue), {0, 8}, Format::LabelKey), "Labels for what is made."),
        field("annotations", map(string({0, 4096}), {0, 16}, Format::LabelKey), "Annotations for what is made."),
        field("parametersRef", localObjectReference(), "Settings of one implementation for this Gateway."),
    });
    return node;
}

} // namespace

Node gatewayClassRoot()
{
    return customResource(
        object({
            immutable(required("controllerName", string({1, 253}, Format::ControllerName),
                               "The controller that plays Gateways of this class, as domain/path.")),
            field("parametersRef", parametersReference(), "Settings of one implementation for the class."),
            field("description", string({0, 64}), "A word for people about the class."),
        }),
        false);
}

Node gatewayRoot()
{
    const Node address = object({
        byDefault("type", string({1, 253}, Format::AddressType), "IPAddress", "IPAddress, Hostname, or domain/path."),
        field("value", string({0, 253}), "The address; one is assigned if empty."),
    });
    const Node allowedListeners = object({
        byDefault("namespaces", namespaceSelection({"All", "Selector", "Same", "None"}, "None"),
                  objectValue({{"from", "None"}}), "Namespaces whose ListenerSets may attach."),
    });
    return customResource(object({
        required("gatewayClassName", objectName(), "The GatewayClass that says who plays this Gateway."),
        required("listeners", listeners(), "Where the Gateway listens."),
        field("addresses", list(address, {0, 16}), "Addresses that the Gateway asks for."),
        field("infrastructure", infrastructure(), "Hints for what an implementation makes."),
        field("allowedListeners", allowedListeners, "Whose ListenerSets may add listeners."),
        field("tls", gatewayTls(), "TLS settings of the whole Gateway."),
        experimental(field("defaultScope", oneOf({"All", "None"}), "Whether routes may use it as a default Gateway.")),
    }));
}

Node listenerSetRoot()
{
    const Node parent = object({
        byDefault("group", groupName(), gatewayGroup, "The API group of the parent."),
        byDefault("kind", kindName(), "Gateway", "The kind of the parent."),
        required("name", objectName(), "The Gateway's name."),
        field("namespace", namespaceName(), "The Gateway's namespace; the set's own if absent."),
    });
    return customResource(object({
        required("parentRef", parent, "The Gateway that gets the listeners."),
        required("listeners", listeners(), "The listeners to add."),
    }));
}

} // namespace gatehouse::model::schema
