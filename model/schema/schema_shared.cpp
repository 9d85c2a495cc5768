#include "model/schema/schema_builders.h"

#include "model/api/meta.h"

namespace gatehouse::model::schema {

Node groupName()
{
    static const Node node = string({0, 253}, Format::GroupName);
    return node;
}

Node kindName()
{
    static const Node node = string({1, 63}, Format::KindName);
    return node;
}

Node objectName()
{
    static const Node node = string({1, 253}, Format::ObjectName);
    return node;
}

Node namespaceName()
{
    static const Node node = string({1, 63}, Format::NamespaceName);
    return node;
}

Node sectionName()
{
    static const Node node = string({1, 253}, Format::SectionName);
    return node;
}

Node hostname()
{
    static const Node node = string({1, 253}, Format::Hostname);
    return node;
}

Node preciseHostname()
{
    static const Node node = string({1, 253}, Format::PreciseHostname);
    return node;
}

Node portNumber()
{
    static const Node node = integer(1, 65535);
    return node;
}

Node duration()
{
    static const Node node = string({}, Format::Duration);
    return node;
}

Node headerName()
{
    static const Node node = string({1, 256}, Format::HeaderName);
    return node;
}

Node headerValue()
{
    static const Node node = string({1, 4096}, Format::HeaderValue);
    return node;
}

Node objectMeta(Format nameFormat, bool namespaced)
{
    static const Node labels = map(string({0, 63}, Format::LabelValue), {}, Format::LabelKey);
    static const Node annotations = map(string(), {}, Format::LabelKey);
    const std::size_t nameLength = nameFormat == Format::DnsSubdomain ? 253 : 63;
    std::vector<SchemaField> fields = {
        required("name", string({1, nameLength}, nameFormat),
                 "The object's name, unique among its kind in its namespace."),
        field("generateName", string(), "A prefix from which a server would make up a name."),
        field("labels", labels, "Keys and values by which selectors find the object."),
        field("annotations", annotations, "Keys and free text that tools attach to the object."),
        field("creationTimestamp", string({}, Format::DateTime),
              "When the object was created; the older one wins a tie."),
        field("deletionTimestamp", string({}, Format::DateTime), "When the object was asked to go away."),
        field("deletionGracePeriodSeconds", any(), "How long deletion may take."),
        field("generation", integerAtLeast(0), "Counts the changes of the spec."),
        field("uid", string(), "Tells this object from earlier ones of the same name."),
        field("resourceVersion", string(), "Tells one stored state of the object from another."),
        field("selfLink", any(), "Where old servers showed the object."),
        field("finalizers", any(), "What must happen before the object is gone."),
        field("ownerReferences", any(), "The objects with which this one is removed."),
        field("managedFields", any(), "Which tool wrote which field."),
    };
    if (namespaced)
        fields.push_back(
            field("namespace", namespaceName(), "The namespace that the object lives in; \"default\" if none."));
    return object(std::move(fields));
}

Node parentReference()
{
    static const Node node = object({
        byDefault("group", groupName(), gatewayGroup, "The API group of the parent."),
        byDefault("kind", kindName(), "Gateway",
                  "The kind of the parent: a Gateway, a ListenerSet, or a Service in a mesh."),
        field("namespace", namespaceName(), "The parent's namespace; the route's own if absent."),
        required("name", objectName(), "The parent's name."),
        field("sectionName", sectionName(), "Attach to this listener only."),
        field("port", portNumber(), "Attach to listeners on this port only."),
    });
    return node;
}

Node localObjectReference()
{
    static const Node node = object({
        required("group", groupName(), "The API group of the object meant."),
        required("kind", kindName(), "The kind of the object meant."),
        required("name", objectName(), "The name of the object meant, in the same namespace."),
    });
    return node;
}

Node objectReference()
{
    static const Node node = object({
        required("group", groupName(), "The API group of the object meant."),
        required("kind", kindName(), "The kind of the object meant."),
        required("name", objectName(), "The name of the object meant."),
        field("namespace", namespaceName(), "Its namespace; another one than here needs a ReferenceGrant."),
    });
    return node;
}

Node parametersReference()
{
    return objectReference();
}

Node secretObjectReference()
{
    static const Node node = object({
        byDefault("group", groupName(), "", "The API group of the object meant; core by default."),
        byDefault("kind", kindName(), "Secret", "The kind of the object meant."),
        required("name", objectName(), "The name of the object meant."),
        field("namespace", namespaceName(), "Its namespace; another one than here needs a ReferenceGrant."),
    });
    return node;
}

Node labelSelector()
{
    static const Node requirement = object({
        required("key", string({1, 316}, Format::LabelKey), "The label that the requirement is about."),
        required("operator", string(), "In, NotIn, Exists or DoesNotExist."),
        field("values", list(string({0, 63}, Format::LabelValue)), "The values that In and NotIn compare with."),
    });
    static const Node node = object({
        field("matchLabels", map(string({0, 63}, Format::LabelValue), {}, Format::LabelKey),
              "Labels that must be present with these values."),
        field("matchExpressions", list(requirement), "Further requirements; all must hold."),
    });
    return node;
}

std::vector<SchemaField> backendReferenceFields()
{
    return {
        byDefault("group", groupName(), "", "The API group of the backend; core by default."),
        byDefault("kind", kindName(), "Service", "The kind of the backend."),
        required("name", objectName(), "The backend's name."),
        field("namespace", namespaceName(),
              "The backend's namespace; another one than the route's needs a ReferenceGrant."),
        field("port", portNumber(), "The Service's port, not the container's; needed for a Service."),
    };
}

Node backendObjectReference()
{
    static const Node node = object(backendReferenceFields());
    return node;
}

Node sessionPersistence()
{
    static const Node cookie = object({
        byDefault("lifetimeType", oneOf({"Permanent", "Session"}), "Session",
                  "Whether the cookie outlives the browser."),
    });
    static const Node node = object({
        field("sessionName", string({0, 128}), "Name of the cookie or header that carries the session."),
        field("absoluteTimeout", duration(), "How long a session lasts at most."),
        byDefault("type", oneOf({"Cookie", "Header"}), "Cookie", "What carries the session."),
        field("cookieConfig", cookie, "Settings of the cookie."),
    });
    return node;
}

SchemaField useDefaultGateways()
{
    return experimental(field("useDefaultGateways", oneOf({"All", "None"}), "Attach to the default Gateways as well."));
}

Node valueMatches(Node value, std::string_view what)
{
    const Node match = object({
        byDefault("type", oneOf({"Exact", "RegularExpression"}), "Exact", "How the value is compared."),
        required("name", headerName(), what),
        required("value", value, "The value, or the pattern that it must match."),
    });
    return listMap(match, {"name"}, {0, 16});
}

Node customResource(Node spec, bool namespaced)
{
    return object({
        required("apiVersion", string(), "Group and version of the object's schema."),
        required("kind", string(), "The kind of the object."),
        required("metadata", objectMeta(Format::DnsSubdomain, namespaced), "Name, namespace, labels and the like."),
        required("spec", spec, "What is wanted."),
        field("status", any(), "What a controller reported; not read from manifests."),
    });
}

Node coreObject(std::vector<SchemaField> fields, Format nameFormat, bool namespaced)
{
    std::vector<SchemaField> all = {
        required("apiVersion", string(), "Group and version of the object's schema."),
        required("kind", string(), "The kind of the object."),
        required("metadata", objectMeta(nameFormat, namespaced), "Name, namespace, labels and the like."),
    };
    for (SchemaField& each : fields)
        all.push_back(std::move(each));
    return openObject(std::move(all));
}

} // namespace gatehouse::model::schema
