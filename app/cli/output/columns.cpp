#include "app/cli/output/columns.h"

#include "app/cli/output/words.h"
#include "model/api/resource_set.h"
#include "model/schema/timestamp.h"

#include <algorithm>
#include <utility>

namespace gatehouse::cli {

using model::Value;

namespace {

Cell orNone(const std::string& text)
{
    return text.empty() ? std::string("<none>") : text;
}

const Value* at(const Value* value, std::initializer_list<const char*> path)
{
    for (const char* name : path)
        value = value ? value->find(name) : nullptr;
    return value;
}

/// The strings of a member of each item, joined.
std::string joinStrings(const Value* list, const char* member = nullptr)
{
    std::vector<std::string> words;
    if (list && list->asArray())
        for (const Value& item : *list->asArray())
            if (const Value* value = member ? item.find(member) : &item; value && value->isString())
                words.push_back(*value->asString());
    return join(words, ",");
}

/// Status of a condition in a list of conditions; "" when absent.
std::string conditionStatus(const Value* conditions, const std::string& type)
{
    if (!conditions || !conditions->asArray())
        return {};
    for (const Value& condition : *conditions->asArray()) {
        const Value* name = condition.find("type");
        const Value* status = condition.find("status");
        if (name && status && name->isString() && *name->asString() == type && status->isString())
            return *status->asString();
    }
    return {};
}

Cell verdict(const std::string& status)
{
    return {status.empty() ? std::string("Unknown") : status, status == "True"    ? Tint::Green
                                                              : status == "False" ? Tint::Red
                                                                                  : Tint::None};
}

Cell conditionCell(const Row& row, const char* type)
{
    return verdict(conditionStatus(at(row.status, {"conditions"}), type));
}

/// True when all parents say so, False when one does not; the reason would not fit a column.
Cell parentsCell(const Row& row, const char* type)
{
    const Value* parents = at(row.status, {"parents"});
    if (!parents || !parents->asArray() || parents->asArray()->empty())
        return orNone("");
    std::string all = "True";
    for (const Value& parent : *parents->asArray())
        if (const std::string one = conditionStatus(parent.find("conditions"), type); one != "True")
            all = one;
    return verdict(all);
}

const Value* spec(const Row& row)
{
    return row.resource.document ? row.resource.document->find("spec") : nullptr;
}

Cell specText(const Row& row, const char* member)
{
    const Value* value = at(spec(row), {member});
    return orNone(value && value->isString() ? *value->asString() : "");
}

/// kubectl prints a list column as JSON.
Cell hostnames(const Row& row)
{
    const Value* list = at(spec(row), {"hostnames"});
    if (!list || !list->asArray() || list->asArray()->empty())
        return "";
    std::vector<std::string> quoted;
    for (const Value& name : *list->asArray())
        if (name.isString())
            quoted.push_back('"' + *name.asString() + '"');
    return '[' + join(quoted, ",") + ']';
}

Cell parentNames(const Row& row)
{
    std::vector<std::string> names;
    const Value* refs = at(spec(row), {"parentRefs"});
    if (refs && refs->asArray())
        for (const Value& ref : *refs->asArray()) {
            const Value* ns = ref.find("namespace");
            const Value* name = ref.find("name");
            if (name && name->isString())
                names.push_back((ns && ns->isString() ? *ns->asString() + '/' : "") + *name->asString());
        }
    return orNone(join(names, ","));
}

Cell listenerCount(const Row& row)
{
    const Value* listeners = at(spec(row), {"listeners"});
    return std::to_string(listeners && listeners->asArray() ? listeners->asArray()->size() : 0);
}

Cell attachedRoutes(const Row& row)
{
    std::int64_t sum = 0;
    const Value* listeners = at(row.status, {"listeners"});
    if (listeners && listeners->asArray())
        for (const Value& listener : *listeners->asArray())
            if (const Value* n = listener.find("attachedRoutes"))
                sum += n->asInt().value_or(0);
    return std::to_string(sum);
}

Cell servicePorts(const Row& row)
{
    const auto& service = static_cast<const model::Service&>(row.resource);
    std::vector<std::string> ports;
    for (const model::ServicePort& port : service.ports)
        ports.push_back(std::to_string(port.port) + '/' + port.protocol);
    return orNone(join(ports, ","));
}

Cell endpointsOf(const Row& row)
{
    const auto& slice = static_cast<const model::EndpointSlice&>(row.resource);
    std::vector<std::string> addresses;
    for (const model::Endpoint& endpoint : slice.endpoints)
        addresses.insert(addresses.end(), endpoint.addresses.begin(), endpoint.addresses.end());
    return orNone(join(addresses, ","));
}

Cell grantsOf(const Row& row)
{
    const auto& grant = static_cast<const model::ReferenceGrant&>(row.resource);
    std::vector<std::string> from, to;
    for (const auto& entry : grant.from)
        from.push_back(entry.kind + ' ' + entry.namespace_);
    for (const auto& entry : grant.to)
        to.push_back(entry.kind + (entry.name ? ' ' + *entry.name : ""));
    return join(from, ",") + " -> " + join(to, ",");
}

std::size_t dataCount(const Row& row)
{
    if (row.resource.key.kind == "Secret")
        return static_cast<const model::Secret&>(row.resource).data.size();
    const auto& map = static_cast<const model::ConfigMap&>(row.resource);
    return map.data.size() + map.binaryData.size();
}

Column condition(const char* head, const char* type)
{
    return {head, false, [type](const Row& row) { return conditionCell(row, type); }};
}

Column specColumn(const char* head, const char* member, bool wide = false)
{
    return {head, wide, [member](const Row& row) { return specText(row, member); }};
}

Column fromRow(const char* head, Cell (*cell)(const Row&), bool wide = false)
{
    return {head, wide, cell};
}

Column age()
{
    return {"AGE", false, [](const Row& row) { return Cell(ageText(row.resource, row.now)); }};
}

Column data()
{
    return {"DATA", false, [](const Row& row) { return Cell(std::to_string(dataCount(row))); }};
}

bool isRoute(const std::string& kind)
{
    const auto& kinds = model::routeKinds();
    return std::any_of(kinds.begin(), kinds.end(), [&](const auto& info) { return info.name == kind; });
}

std::vector<Column> routeColumns(const std::string& kind)
{
    std::vector<Column> columns;
    if (kind == "HTTPRoute" || kind == "GRPCRoute" || kind == "TLSRoute")
        columns.push_back(fromRow("HOSTNAMES", hostnames));
    columns.push_back({"ACCEPTED", true, [](const Row& row) { return parentsCell(row, "Accepted"); }});
    columns.push_back({"REFS", true, [](const Row& row) { return parentsCell(row, "ResolvedRefs"); }});
    columns.push_back(fromRow("PARENTS", parentNames, true));
    columns.push_back(age());
    return columns;
}

} // namespace

std::string ageText(const model::Resource& resource, model::Timestamp now)
{
    if (!resource.meta.creationTimestamp)
        return "<unknown>";
    return model::formatAge(std::max(now - *resource.meta.creationTimestamp, std::chrono::seconds(0)));
}

std::vector<Column> columnsOf(const std::string& kind)
{
    if (kind == "GatewayClass")
        return {specColumn("CONTROLLER", "controllerName"), condition("ACCEPTED", "Accepted"), age(),
                specColumn("DESCRIPTION", "description", true)};
    if (kind == "Gateway")
        return {specColumn("CLASS", "gatewayClassName"),
                {"ADDRESS", false,
                 [](const Row& row) { return orNone(joinStrings(at(row.status, {"addresses"}), "value")); }},
                condition("PROGRAMMED", "Programmed"),
                age(),
                fromRow("LISTENERS", listenerCount, true),
                fromRow("ROUTES", attachedRoutes, true)};
    if (kind == "ListenerSet")
        return {condition("ACCEPTED", "Accepted"),
                condition("PROGRAMMED", "Programmed"),
                age(),
                {"PARENT", true, [](const Row& row) {
                     const Value* name = at(spec(row), {"parentRef", "name"});
                     return orNone(name && name->isString() ? *name->asString() : "");
                 }}};
    if (isRoute(kind))
        return routeColumns(kind);
    if (kind == "ReferenceGrant")
        return {age(), fromRow("ALLOWS", grantsOf, true)};
    if (kind == "Service")
        return {
            {"TYPE", false, [](const Row& row) { return Cell(static_cast<const model::Service&>(row.resource).type); }},
            {"CLUSTER-IP", false,
             [](const Row& row) { return orNone(static_cast<const model::Service&>(row.resource).clusterIP); }},
            {"EXTERNAL-IP", false, [](const Row&) { return Cell("<none>"); }},
            fromRow("PORT(S)", servicePorts),
            age()};
    if (kind == "EndpointSlice" || kind == "Endpoints")
        return {fromRow("ENDPOINTS", endpointsOf), age()};
    if (kind == "Secret")
        return {
            {"TYPE", false, [](const Row& row) { return Cell(static_cast<const model::Secret&>(row.resource).type); }},
            data(),
            age()};
    if (kind == "Namespace")
        return {{"STATUS", false, [](const Row&) { return Cell("Active"); }}, age()};
    if (kind == "ConfigMap")
        return {data(), age()};
    return {age()};
}

} // namespace gatehouse::cli
