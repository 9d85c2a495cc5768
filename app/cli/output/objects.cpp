#include "app/cli/output/objects.h"

namespace gatehouse::cli {

using model::Value;

namespace {

Value redacted(std::size_t bytes)
{
    return "<redacted, " + std::to_string(bytes) + (bytes == 1 ? " byte>" : " bytes>");
}

void redact(const model::Secret& secret, Value& object)
{
    for (const char* field : {"data", "stringData"}) {
        Value* values = object.find(field);
        if (!values || !values->asObject())
            continue;
        for (model::Member& member : *values->asObject()) {
            const auto decoded = secret.data.find(member.name);
            const std::string* written = member.value.asString();
            member.value = redacted(decoded != secret.data.end() ? decoded->second.size()
                                    : written                    ? written->size()
                                                                 : 0);
        }
    }
    Value* metadata = object.find("metadata");
    Value* annotations = metadata ? metadata->find("annotations") : nullptr;
    if (!annotations || !annotations->asObject())
        return;
    for (model::Member& member : *annotations->asObject())
        if (member.name == "kubectl.kubernetes.io/last-applied-configuration" && member.value.isString())
            member.value = redacted(member.value.asString()->size());
}

/// An object that no manifest defines, in as few words as there are.
Value assumed(const model::Resource& resource)
{
    Value object = Value::object();
    object.set("apiVersion", resource.apiVersion);
    object.set("kind", resource.key.kind);
    Value& metadata = object.set("metadata", Value::object());
    metadata.set("name", resource.name());
    if (!resource.namespace_().empty())
        metadata.set("namespace", resource.namespace_());
    return object;
}

} // namespace

model::Statuses printedStatuses(const control::State& state)
{
    return model::statuses(*state.graph, state.programming, {model::Timestamp{}});
}

Value printedObject(const model::Resource& resource, const model::Statuses& statuses)
{
    Value object = resource.document ? *resource.document : assumed(resource);
    if (resource.key.group.empty() && resource.key.kind == "Secret")
        redact(static_cast<const model::Secret&>(resource), object);
    if (const auto status = statuses.find(resource.key); status != statuses.end())
        object.set("status", *status->second);
    return object;
}

Value listOf(std::vector<Value> items)
{
    Value list = Value::object();
    list.set("apiVersion", "v1");
    list.set("items", Value(std::move(items)));
    list.set("kind", "List");
    list.set("metadata", Value::object()).set("resourceVersion", "");
    return list;
}

} // namespace gatehouse::cli
