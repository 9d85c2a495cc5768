#include "importers/kube_api/table_cells.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Value;
using Time = TableColumn::Clock::time_point;

std::vector<TableColumn> columnsOf(const ApiKind& kind)
{
    if (kind.kind == "Pod")
        return podColumns();
    if (kind.kind == "Deployment")
        return deploymentColumns();
    if (kind.kind == "ReplicaSet")
        return replicaSetColumns();
    if (kind.kind == "Node")
        return nodeColumns();
    if (kind.kind == "Service")
        return serviceColumns();
    if (kind.kind == "Endpoints")
        return endpointsColumns();
    if (kind.kind == "EndpointSlice")
        return endpointSliceColumns();
    if (kind.kind == "Event")
        return eventColumns();
    if (kind.kind == "ConfigMap")
        return {{"Data", "string", 0,
                 [](const Value& object, Time) {
                     return Value(std::to_string(sizeAt(object, ".data") + sizeAt(object, ".binaryData")));
                 }},
                ageColumn()};
    if (kind.kind == "Secret")
        return {{"Type", "string", 0, [](const Value& object, Time) { return Value(textAt(object, ".type")); }},
                {"Data", "string", 0,
                 [](const Value& object, Time) { return Value(std::to_string(sizeAt(object, ".data"))); }},
                ageColumn()};
    if (kind.kind == "Namespace")
        return {
            {"Status", "string", 0, [](const Value& object, Time) { return Value(textAt(object, ".status.phase")); }},
            ageColumn()};
    if (kind.kind == "ServiceAccount")
        return {{"Secrets", "string", 0,
                 [](const Value& object, Time) { return Value(std::to_string(listAt(object, ".secrets").size())); }},
                ageColumn()};
    if (kind.kind == "Lease")
        return {{"Holder", "string", 0,
                 [](const Value& object, Time) { return Value(textAt(object, ".spec.holderIdentity")); }},
                ageColumn()};
    if (kind.kind == "CustomResourceDefinition")
        return {{"Created At", "date", 0, [](const Value& object, Time) {
                     return Value(textAt(object, ".metadata.creationTimestamp", "<unknown>"));
                 }}};
    return {ageColumn()};
}

} // namespace

const std::vector<TableColumn>& builtInColumns(const ApiKind& kind)
{
    static const std::vector<std::vector<TableColumn>> all = [] {
        std::vector<std::vector<TableColumn>> made;
        for (const ApiKind& each : apiKinds())
            made.push_back(columnsOf(each));
        return made;
    }();
    static const std::vector<TableColumn> none;
    const ApiKind* row = findApiKindOf(kind.group, kind.kind);
    return row ? all[static_cast<std::size_t>(row - apiKinds().data())] : none;
}

std::string textAt(const Value& object, std::string_view path, std::string_view otherwise)
{
    const Value* found = firstAtPath(object, path);
    const std::string* text = found ? found->asString() : nullptr;
    return text && !text->empty() ? *text : std::string(otherwise);
}

std::int64_t integerAt(const Value& object, std::string_view path, std::int64_t otherwise)
{
    const Value* found = firstAtPath(object, path);
    return found ? found->asInt().value_or(otherwise) : otherwise;
}

const Value::Array& listAt(const Value& object, std::string_view path)
{
    static const Value::Array none;
    const Value* found = firstAtPath(object, path);
    const Value::Array* items = found ? found->asArray() : nullptr;
    return items ? *items : none;
}

std::int64_t sizeAt(const Value& object, std::string_view path)
{
    const Value* found = firstAtPath(object, path);
    const Value::Object* members = found ? found->asObject() : nullptr;
    return members ? static_cast<std::int64_t>(members->size()) : 0;
}

std::string joined(const std::vector<std::string>& all, std::string_view separator)
{
    std::string text;
    for (const std::string& each : all) {
        if (!text.empty())
            text += separator;
        text += each;
    }
    return text;
}

std::string firstThree(const std::vector<std::string>& all, std::string_view none)
{
    constexpr std::size_t shown = 3;
    if (all.empty())
        return std::string(none);
    if (all.size() <= shown)
        return joined(all);
    const std::vector<std::string> first(all.begin(), all.begin() + shown);
    return joined(first) + " + " + std::to_string(all.size() - shown) + " more...";
}

std::string labelText(const Value* labels)
{
    const Value::Object* members = labels ? labels->asObject() : nullptr;
    std::vector<std::string> pairs;
    for (std::size_t i = 0; members && i < members->size(); ++i) {
        const std::string* value = (*members)[i].value.asString();
        pairs.push_back((*members)[i].name + '=' + (value ? *value : std::string()));
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs.empty() ? "<none>" : joined(pairs);
}

TableColumn ageColumn()
{
    return {"Age", "string", 0, [](const Value& object, Time now) {
                return Value(ageOf(firstAtPath(object, ".metadata.creationTimestamp"), now));
            }};
}

} // namespace gatehouse::importers
