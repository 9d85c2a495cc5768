#include "model/schema/schema_builders.h"

namespace gatehouse::model::schema {

Node referenceGrantRoot()
{
    const Node from = object({
        required("group", groupName(), "The API group of the objects that may refer here."),
        required("kind", kindName(), "The kind of the objects that may refer here."),
        required("namespace", namespaceName(), "The namespace of the objects that may refer here."),
    });
    const Node to = object({
        required("group", groupName(), "The API group of what may be referred to; empty for core."),
        required("kind", kindName(), "The kind of what may be referred to."),
        field("name", objectName(), "The one object meant; every one of the kind if absent."),
    });
    return customResource(object({
        required("from", list(from, {1, 16}), "Who may refer to objects of this namespace."),
        required("to", list(to, {1, 16}), "Which objects of this namespace are opened."),
    }));
}

Node backendTlsPolicyRoot()
{
    const Node target = object({
        required("group", groupName(), "The API group of the target; empty for core."),
        required("kind", kindName(), "The kind of the target, mostly Service."),
        required("name", objectName(), "The target's name, in the policy's namespace."),
        field("sectionName", sectionName(), "The name of the Service's port that is meant; every port if absent."),
    });
    const Node altName = object({
        required("type", oneOf({"Hostname", "URI"}), "What kind of name the certificate must carry."),
        field("hostname", hostname(), "The name, for type Hostname."),
        field("uri", string({1, 253}, Format::AbsoluteUri), "The name, for type URI."),
    });
    const Node validation = object({
        field("caCertificateRefs", list(localObjectReference(), {0, 8}),
              "ConfigMaps with the CA certificates to trust."),
        field("wellKnownCACertificates", string({1, 253}, Format::WellKnownCA),
              "System: trust what this machine trusts."),
        required("hostname", preciseHostname(),
                 "The server name (SNI) sent, and the name that the certificate must carry."),
        field("subjectAltNames", list(altName, {0, 5}), "Names of which the certificate must carry one instead."),
    });
    return customResource(object({
        required("targetRefs", list(target, {1, 16}), "The Services that are reached over TLS."),
        required("validation", validation, "How the backend's certificate is checked."),
        field("options", map(string({0, 4096}), {0, 16}), "Settings of one implementation."),
    }));
}

} // namespace gatehouse::model::schema
