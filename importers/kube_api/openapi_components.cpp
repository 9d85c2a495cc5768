#include "importers/kube_api/openapi.h"

#include "importers/kube_api/openapi_schema.h"
#include "model/api/meta.h"

#include <utility>

namespace gatehouse::importers {
namespace {

using model::Value;

constexpr std::string_view metaPackage = "io.k8s.apimachinery.pkg.apis.meta.v1.";

Value described(std::string_view type, std::string_view doc)
{
    Value schema = Value::object();
    schema.set("description", doc);
    schema.set("type", type);
    return schema;
}

/// A reference with words of its own. OpenAPI 3.0 ignores what stands beside $ref, hence allOf.
Value describedReference(std::string_view name, std::string_view doc, OpenApiVersion openApi)
{
    Value schema = Value::object();
    schema.set("description", doc);
    if (openApi == OpenApiVersion::V2) {
        schema.set("$ref", *schemaReference(name, openApi).find("$ref"));
        return schema;
    }
    schema.set("allOf", Value::array()).push(schemaReference(name, openApi));
    return schema;
}

/// The extension by which clients find the schema of a kind.
void markKind(Value& schema, const GroupVersionKind& kind)
{
    Value entry = Value::object();
    entry.set("group", kind.group);
    entry.set("kind", kind.kind);
    entry.set("version", kind.version);
    schema.set("x-kubernetes-group-version-kind", Value::array()).push(std::move(entry));
}

Value open(std::string_view doc)
{
    Value schema = described("object", doc);
    schema.set("x-kubernetes-preserve-unknown-fields", true);
    return schema;
}

void setHead(Value& properties, std::string_view metadata, OpenApiVersion openApi)
{
    properties.set("apiVersion", described("string", "Group and version of the object's schema."));
    properties.set("kind", described("string", "The kind of the object."));
    properties.set("metadata", describedReference(std::string(metaPackage) + std::string(metadata),
                                                  "Name, namespace, labels and the like.", openApi));
}

Value reviewSchema(OpenApiVersion openApi)
{
    Value schema = described("object", "A question about the one who asks.");
    Value& properties = schema.set("properties", Value::object());
    setHead(properties, "ObjectMeta", openApi);
    properties.set("spec", open("What is asked."));
    properties.set("status", open("The answer."));
    return schema;
}

Value kindSchemaOf(const ServedResource& resource, OpenApiVersion openApi)
{
    Value schema = resource.stored ? objectSchema(*resource.stored, resource.kind.version) : reviewSchema(openApi);
    setHead(*schema.find("properties"), "ObjectMeta", openApi);
    markKind(schema, resource.kind);
    return schema;
}

Value listSchemaOf(const GroupVersionKind& item, const GroupVersionKind& list, OpenApiVersion openApi)
{
    Value schema = described("object", "A list of " + std::string(item.kind) + " objects.");
    Value& properties = schema.set("properties", Value::object());
    setHead(properties, "ListMeta", openApi);
    Value& items = properties.set("items", described("array", "The objects."));
    items.set("items", schemaReference(schemaName(item), openApi));
    schema.set("required", Value::array()).push("items");
    markKind(schema, list);
    return schema;
}

Value scaleSchema(OpenApiVersion openApi)
{
    Value schema = described("object", "How many replicas are wanted, and how many there are.");
    Value& properties = schema.set("properties", Value::object());
    setHead(properties, "ObjectMeta", openApi);
    Value& spec = properties.set("spec", described("object", "What is wanted."));
    spec.set("properties", Value::object()).set("replicas", described("integer", "How many replicas are wanted."));
    Value& status = properties.set("status", described("object", "What there is."));
    Value& counts = status.set("properties", Value::object());
    counts.set("replicas", described("integer", "How many replicas there are."));
    counts.set("selector", described("string", "By which labels they are found."));
    markKind(schema, {"autoscaling", "v1", "Scale"});
    return schema;
}

Value listMetaSchema()
{
    Value schema = described("object", "What a list says about itself.");
    Value& properties = schema.set("properties", Value::object());
    properties.set("continue", described("string", "Asks for the rest of a list that was cut short."));
    properties.set("remainingItemCount", described("integer", "How many objects the rest has."));
    properties.set("resourceVersion", described("string", "The state that the list shows; watches start here."));
    properties.set("selfLink", described("string", "Where old servers showed the list."));
    return schema;
}

Value statusObjectSchema()
{
    Value schema = described("object", "How a request went that has no object for an answer.");
    Value& properties = schema.set("properties", Value::object());
    properties.set("apiVersion", described("string", "v1"));
    properties.set("code", described("integer", "The HTTP status."));
    properties.set("details", open("What the message is about."));
    properties.set("kind", described("string", "Status"));
    properties.set("message", described("string", "What happened, for people."));
    properties.set("metadata", open("Of no use here."));
    properties.set("reason", described("string", "What happened, for programs."));
    properties.set("status", described("string", "Success or Failure."));
    return schema;
}

Value deleteOptionsSchema()
{
    Value schema = described("object", "How an object goes away.");
    Value& properties = schema.set("properties", Value::object());
    properties.set("apiVersion", described("string", "v1"));
    Value& dryRun = properties.set("dryRun", described("array", "All: nothing is deleted."));
    dryRun.set("items", described("string", "All"));
    properties.set("gracePeriodSeconds", described("integer", "How long it may take."));
    properties.set("kind", described("string", "DeleteOptions"));
    properties.set("preconditions", open("What must hold of the object, or it stays."));
    properties.set("propagationPolicy", described("string", "What becomes of the objects that it owns."));
    return schema;
}

} // namespace

std::string schemaName(const GroupVersionKind& kind)
{
    const std::string tail = '.' + std::string(kind.version) + '.' + std::string(kind.kind);
    if (kind.group.empty())
        return "io.k8s.api.core" + tail;
    if (kind.group == "meta.k8s.io")
        return "io.k8s.apimachinery.pkg.apis.meta" + tail;
    if (kind.group == "apiextensions.k8s.io")
        return "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions" + tail;
    if (kind.group != model::gatewayGroup)
        return "io.k8s.api." + std::string(kind.group.substr(0, kind.group.find('.'))) + tail;
    return "io.k8s.networking.gateway" + tail; // the group's labels from the right, as for every custom resource
}

Value schemaReference(std::string_view name, OpenApiVersion version)
{
    Value made = Value::object();
    made.set("$ref", (version == OpenApiVersion::V3 ? "#/components/schemas/" : "#/definitions/") + std::string(name));
    return made;
}

void addSchemas(Value& schemas, std::string_view group, std::string_view version, OpenApiVersion openApi)
{
    const std::string meta(metaPackage);
    schemas.set(meta + "DeleteOptions", deleteOptionsSchema());
    schemas.set(meta + "ListMeta", listMetaSchema());
    Value objectMeta = objectMetaSchema();
    objectMeta.set("description", "What every object has: its name, labels and history.");
    schemas.set(meta + "ObjectMeta", std::move(objectMeta));
    schemas.set(meta + "Patch", open("What is to change, in the form that the content type says."));
    schemas.set(meta + "Status", statusObjectSchema());
    for (const ServedResource& each : servedResources()) {
        if (each.kind.group != group || each.kind.version != version)
            continue;
        schemas.set(schemaName(each.kind), kindSchemaOf(each, openApi));
        if (!each.stored)
            continue;
        const std::string listKind = std::string(each.kind.kind) + "List";
        const GroupVersionKind list{each.kind.group, each.kind.version, listKind};
        schemas.set(schemaName(list), listSchemaOf(each.kind, list, openApi));
        for (const ServedSubresource& below : each.subresources)
            if (below.name == "scale")
                schemas.set(schemaName(below.kind), scaleSchema(openApi));
    }
}

} // namespace gatehouse::importers
