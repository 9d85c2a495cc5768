#include "importers/kube_api/openapi_status.h"

#include "importers/kube_api/openapi_schema.h"
#include "model/api/meta.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

namespace gatehouse::importers {
namespace {

using model::Value;

constexpr std::string_view statusDoc = "What the controller reported.";

Value scalar(std::string_view type, std::string_view doc, std::string_view format = {})
{
    Value schema = Value::object();
    schema.set("description", doc);
    schema.set("type", type);
    if (!format.empty())
        schema.set("format", format);
    return schema;
}

Value text(std::string_view doc)
{
    return scalar("string", doc);
}

Value words(std::initializer_list<std::string_view> all)
{
    Value list = Value::array();
    for (const std::string_view each : all)
        list.push(each);
    return list;
}

using Properties = std::initializer_list<std::pair<std::string_view, Value>>;

Value object(std::string_view doc, Properties properties, std::initializer_list<std::string_view> required)
{
    Value schema = scalar("object", doc);
    Value& all = schema.set("properties", Value::object());
    for (const auto& [name, property] : properties)
        all.set(name, property);
    if (required.size() != 0)
        schema.set("required", words(required));
    return schema;
}

/// A list whose items `key` tells apart; atomic without one.
Value list(std::string_view doc, Value items, std::string_view key = {})
{
    Value schema = scalar("array", doc);
    schema.set("items", std::move(items));
    schema.set("x-kubernetes-list-type", key.empty() ? "atomic" : "map");
    if (!key.empty())
        schema.set("x-kubernetes-list-map-keys", words({key}));
    return schema;
}

Value conditions()
{
    Value status = text("True, False or Unknown.");
    status.set("enum", words({"True", "False", "Unknown"}));
    return list("How the object is, one entry for each question.",
                object("One answer.",
                       {{"lastTransitionTime", scalar("string", "When `status` changed last.", "date-time")},
                        {"message", text("The reason in words for people.")},
                        {"observedGeneration", scalar("integer", "The generation that was looked at.", "int64")},
                        {"reason", text("Why, in one word for programs.")},
                        {"status", std::move(status)},
                        {"type", text("What is asked: Accepted, Programmed, ResolvedRefs, ...")}},
                       {"lastTransitionTime", "message", "reason", "status", "type"}),
                "type");
}

/// The reference by which a route names its parent, as the route's own schema has it.
Value parentReference(std::string_view doc)
{
    const model::SchemaNode* node = model::findKindSchema(model::gatewayGroup, "HTTPRoute")->root;
    for (const std::string_view step : {"spec", "parentRefs"})
        node = std::find_if(node->fields.begin(), node->fields.end(), [&](const model::SchemaField& field) {
                   return field.name == step;
               })->node;
    Value schema = Value::object();
    schema.set("description", doc);
    const Value reference = jsonSchema(*node->items);
    for (const model::Member& member : *reference.asObject())
        schema.set(member.name, member.value);
    return schema;
}

Value listeners()
{
    Value kinds =
        list("Route kinds that may attach here.",
             object("A route kind.", {{"group", text("Its API group.")}, {"kind", text("Its name.")}}, {"kind"}));
    return list("How each listener is.",
                object("One listener.",
                       {{"attachedRoutes", scalar("integer", "How many routes are attached to it.", "int32")},
                        {"conditions", conditions()},
                        {"name", text("The listener's name.")},
                        {"supportedKinds", std::move(kinds)}},
                       {"attachedRoutes", "conditions", "name"}),
                "name");
}

Value gatewayClassStatus()
{
    Value feature = object("A feature.", {{"name", text("The feature's name.")}}, {"name"});
    return object(statusDoc,
                  {{"conditions", conditions()},
                   {"supportedFeatures", list("What Gateways of this class can do.", std::move(feature), "name")}},
                  {});
}

Value gatewayStatus()
{
    Value address =
        object("An address.", {{"type", text("IPAddress, Hostname, or domain/path.")}, {"value", text("The address.")}},
               {"value"});
    return object(statusDoc,
                  {{"addresses", list("Where the Gateway is reached.", std::move(address))},
                   {"attachedListenerSets", scalar("integer", "How many ListenerSets are attached to it.", "int32")},
                   {"conditions", conditions()},
                   {"listeners", listeners()}},
                  {});
}

Value parentStatuses(std::string_view member, std::string_view reference, std::string_view doc)
{
    Value entry = object("One of them.",
                         {{"conditions", conditions()},
                          {"controllerName", text("Who wrote this entry, as domain/path.")},
                          {reference, parentReference("The object that this entry is about.")}},
                         {"conditions", "controllerName", reference});
    return object(statusDoc, {{member, list(doc, std::move(entry))}}, {member});
}

} // namespace

Value statusSchema(std::string_view kind)
{
    if (kind == "GatewayClass")
        return gatewayClassStatus();
    if (kind == "Gateway")
        return gatewayStatus();
    if (kind == "ListenerSet")
        return object(statusDoc, {{"conditions", conditions()}, {"listeners", listeners()}}, {});
    if (kind == "BackendTLSPolicy")
        return parentStatuses("ancestors", "ancestorRef", "How the policy is, for each Gateway that it matters to.");
    const ApiKind* served = findApiKindOf(model::gatewayGroup, kind);
    if (served && served->hasStatus)
        return parentStatuses("parents", "parentRef", "How the route is, for each parent that it names.");
    Value schema = scalar("object", statusDoc);
    schema.set("x-kubernetes-preserve-unknown-fields", true);
    return schema;
}

} // namespace gatehouse::importers
