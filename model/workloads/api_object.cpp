#include "model/workloads/api_object.h"

#include "model/schema/timestamp.h"

namespace gatehouse::model {

Value objectOf(std::initializer_list<std::pair<std::string_view, Value>> members)
{
    Value object = Value::object();
    for (const auto& [name, value] : members)
        object.set(name, value);
    return object;
}

Value objectOf(const std::map<std::string, std::string>& texts)
{
    Value object = Value::object();
    for (const auto& [name, text] : texts)
        object.set(name, text);
    return object;
}

Value apiObject(const ObjectKey& key, const std::string& apiVersion, const ObjectMeta& meta)
{
    Value metadata = objectOf({{"name", key.name.name}});
    if (!key.name.namespace_.empty())
        metadata.set("namespace", key.name.namespace_);
    if (!meta.uid.empty())
        metadata.set("uid", meta.uid);
    if (meta.creationTimestamp)
        metadata.set("creationTimestamp", formatTimestamp(*meta.creationTimestamp));
    if (!meta.labels.empty())
        metadata.set("labels", objectOf(meta.labels));
    if (!meta.annotations.empty())
        metadata.set("annotations", objectOf(meta.annotations));
    return objectOf({{"apiVersion", apiVersion}, {"kind", key.kind}, {"metadata", std::move(metadata)}});
}

Value ownerReference(const ObjectKey& key, const std::string& apiVersion, const std::string& uid)
{
    return objectOf({{"apiVersion", apiVersion},
                     {"kind", key.kind},
                     {"name", key.name.name},
                     {"uid", uid},
                     {"controller", true},
                     {"blockOwnerDeletion", true}});
}

Value conditionOf(std::string_view type, bool isTrue, const std::optional<Timestamp>& since, std::string_view reason,
                  std::string_view message)
{
    Value condition = objectOf({{"type", type}, {"status", isTrue ? "True" : "False"}});
    if (since)
        condition.set("lastTransitionTime", formatTimestamp(*since));
    if (!reason.empty())
        condition.set("reason", reason);
    if (!message.empty())
        condition.set("message", message);
    return condition;
}

} // namespace gatehouse::model
