#include "model/schema/schema_builders.h"

namespace gatehouse::model::schema {
namespace {

/// What of a Pod tells which Service ports it backs.
Node podSpec()
{
    static const Node port = openObject({
        field("name", string({1, 15}, Format::DnsLabel), "The name by which a Service's targetPort means it."),
        required("containerPort", portNumber(), "The port on which the container listens."),
        byDefault("protocol", oneOf({"TCP", "UDP", "SCTP"}), "TCP", "The transport protocol."),
    });
    static const Node fieldReference = openObject({
        required("fieldPath", string({1, noLimit}), "The Pod's field, such as metadata.name."),
    });
    static const Node variable = openObject({
        required("name", string({1, noLimit}), "The variable's name."),
        field("value", string(), "Its value, where it is written out."),
        field("valueFrom", openObject({field("fieldRef", fieldReference, "A field of the Pod itself.")}),
              "Where its value comes from otherwise."),
    });
    static const Node container = openObject({
        required("name", string({1, 63}, Format::DnsLabel), "The container's name."),
        field("image", string(), "The image that it runs."),
        field("ports", list(port), "Ports on which it listens."),
        field("env", list(variable), "Its environment."),
    });
    static const Node secret = openObject({
        field("secretName", string(), "The Secret's name."),
        field("optional", boolean(), "Whether the Pod starts without it."),
    });
    static const Node named = openObject({
        field("name", string(), "The object's name."),
        field("optional", boolean(), "Whether the Pod starts without it."),
    });
    static const Node source = openObject({
        field("secret", named, "A Secret among the sources."),
        field("configMap", named, "A ConfigMap among the sources."),
    });
    static const Node volume = openObject({
        required("name", string({1, 63}, Format::DnsLabel), "The volume's name."),
        field("secret", secret, "A Secret shown as files."),
        field("configMap", named, "A ConfigMap shown as files."),
        field("projected", openObject({field("sources", list(source), "What is shown together.")}),
              "Several sources shown in one directory."),
    });
    static const Node node = openObject({
        required("containers", list(container, {1, noLimit}), "What runs."),
        field("volumes", list(volume), "What containers may mount; the Pod starts once all of it is there."),
    });
    return node;
}

} // namespace

Node podRoot()
{
    return coreObject({required("spec", podSpec(), "What is wanted."),
                       field("status", any(), "Only address and readiness are read.")});
}

Node deploymentRoot()
{
    const Node labels = map(string({0, 63}, Format::LabelValue), {}, Format::LabelKey);
    const Node metadata = openObject({
        field("labels", labels, "Labels of the Pods."),
        field("annotations", map(string()), "Annotations of the Pods."),
    });
    const Node pods = openObject({
        field("metadata", metadata, "Labels and annotations of the Pods."),
        required("spec", podSpec(), "What each Pod runs."),
    });
    const Node spec = openObject({
        byDefault("replicas", integer(0, 2147483647), 1, "How many Pods there are."),
        required("template", pods, "What the Pods look like."),
    });
    return coreObject({required("spec", spec, "What is wanted."), field("status", any(), "Not read from manifests.")});
}

} // namespace gatehouse::model::schema
