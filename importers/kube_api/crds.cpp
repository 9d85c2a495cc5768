#include "importers/kube_api/api_documents.h"

#include "importers/kube_api/openapi_schema.h"
#include "importers/kube_api/printer_columns.h"

#include <algorithm>
#include <string>

namespace gatehouse::importers {
namespace {

using model::Value;

// The release whose definitions are served. Clients and the conformance suite compare the two annotations.
constexpr std::string_view bundleVersion = "v1.6.1";
constexpr std::string_view channel = "experimental";
constexpr std::string_view approval = "https://github.com/kubernetes-sigs/gateway-api/pull/4530";

Value words(const std::vector<std::string_view>& all)
{
    Value list = Value::array();
    for (const std::string_view each : all)
        list.push(each);
    return list;
}

std::string crdName(const ApiKind& kind)
{
    return std::string(kind.plural) + '.' + std::string(kind.group);
}

Value metadata(const ApiKind& kind)
{
    Value made = Value::object();
    made.set("name", crdName(kind));
    Value& annotations = made.set("annotations", Value::object());
    annotations.set("api-approved.kubernetes.io", approval);
    annotations.set("gateway.networking.k8s.io/bundle-version", bundleVersion);
    annotations.set("gateway.networking.k8s.io/channel", channel);
    // GEP-713: tools find the kinds of policies by this label.
    if (kind.kind == "BackendTLSPolicy")
        made.set("labels", Value::object()).set("gateway.networking.k8s.io/policy", "Direct");
    return made;
}

Value names(const ApiKind& kind)
{
    Value made = Value::object();
    made.set("categories", words(kind.categories));
    made.set("kind", kind.kind);
    made.set("listKind", std::string(kind.kind) + "List");
    made.set("plural", kind.plural);
    if (!kind.shortNames.empty())
        made.set("shortNames", words(kind.shortNames));
    made.set("singular", kind.singular);
    return made;
}

/// ReferenceGrant alone is still stored as v1beta1 upstream, so that older releases can read it.
std::string_view storedVersion(const ApiKind& kind)
{
    return kind.kind == "ReferenceGrant" ? "v1beta1" : kind.versions.front();
}

Value printerColumns(const ApiKind& kind)
{
    Value list = Value::array();
    for (const PrinterColumn& column : customColumns(kind)) {
        Value& entry = list.push(Value::object());
        entry.set("jsonPath", column.jsonPath);
        entry.set("name", column.name);
        if (column.priority != 0)
            entry.set("priority", column.priority);
        entry.set("type", column.type);
    }
    return list;
}

Value versionOf(const ApiKind& kind, std::string_view version)
{
    Value made = Value::object();
    made.set("additionalPrinterColumns", printerColumns(kind));
    if (version.find("alpha") != std::string_view::npos) {
        made.set("deprecated", true);
        made.set("deprecationWarning", std::string(version) + " of " + std::string(kind.kind) +
                                           " is deprecated; write gateway.networking.k8s.io/v1");
    }
    made.set("name", version);
    made.set("schema", Value::object()).set("openAPIV3Schema", objectSchema(kind, version));
    made.set("served", true);
    made.set("storage", version == storedVersion(kind));
    Value& subresources = made.set("subresources", Value::object());
    if (kind.hasStatus)
        subresources.set("status", Value::object());
    return made;
}

Value condition(std::string_view type, std::string_view reason, std::string_view message)
{
    Value made = Value::object();
    made.set("message", message);
    made.set("reason", reason);
    made.set("status", "True");
    made.set("type", type);
    return made;
}

Value status(const ApiKind& kind)
{
    Value made = Value::object();
    made.set("acceptedNames", names(kind));
    Value& conditions = made.set("conditions", Value::array());
    conditions.push(condition("NamesAccepted", "NoConflicts", "no other kind has these names"));
    conditions.push(condition("Established", "InitialNamesAccepted", "the kind is served"));
    made.set("storedVersions", words({storedVersion(kind)}));
    return made;
}

Value definition(const ApiKind& kind)
{
    Value made = Value::object();
    made.set("apiVersion", "apiextensions.k8s.io/v1");
    made.set("kind", "CustomResourceDefinition");
    made.set("metadata", metadata(kind));
    Value& spec = made.set("spec", Value::object());
    spec.set("conversion", Value::object()).set("strategy", "None");
    spec.set("group", kind.group);
    spec.set("names", names(kind));
    spec.set("scope", kind.namespaced ? "Namespaced" : "Cluster");
    Value& versions = spec.set("versions", Value::array());
    for (const std::string_view version : kind.versions)
        versions.push(versionOf(kind, version));
    made.set("status", status(kind));
    return made;
}

} // namespace

std::vector<Value> customResourceDefinitions()
{
    std::vector<Value> all;
    for (const ApiKind& kind : apiKinds())
        if (kind.custom)
            all.push_back(definition(kind));
    return all;
}

} // namespace gatehouse::importers
