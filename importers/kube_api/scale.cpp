#include "importers/kube_api/scale.h"

#include "importers/decode/decode_context.h"
#include "importers/kube_api/value_tools.h"

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

const Value& member(const Value& object, std::string_view name)
{
    static const Value none = Value::object();
    const Value* found = object.find(name);
    return found && found->isObject() ? *found : none;
}

std::string selectorText(const Value& deployment)
{
    std::string all;
    for (const auto& [key, value] : textMap(member(member(deployment, "spec"), "selector"), "matchLabels"))
        all += (all.empty() ? "" : ",") + key + '=' + value;
    return all;
}

} // namespace

Value scaleOf(const Value& deployment)
{
    Value metadata = Value::object();
    for (const char* name : {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"})
        if (const Value* found = member(deployment, "metadata").find(name))
            metadata.set(name, *found);
    const std::int64_t wanted = number(member(deployment, "spec"), "replicas", 1);
    Value spec = Value::object();
    spec.set("replicas", wanted);
    Value status = Value::object();
    status.set("replicas", number(member(deployment, "status"), "replicas", 0));
    status.set("selector", selectorText(deployment));
    Value scale = Value::object();
    scale.set("kind", "Scale");
    scale.set("apiVersion", "autoscaling/v1");
    scale.set("metadata", std::move(metadata));
    scale.set("spec", std::move(spec));
    scale.set("status", std::move(status));
    return scale;
}

Answer<Value> scaledBy(const Value& deployment, const Value& scale, const ApiKind& kind)
{
    const Value* replicas = member(scale, "spec").find("replicas");
    if (!replicas || !replicas->asInt() || *replicas->asInt() < 0)
        return Unexpected{
            invalid(kind, metadataText(deployment, "name"),
                    {{"FieldValueInvalid", "Invalid value: must be a number that is not negative", "spec.replicas"}})};
    Value scaled = deployment;
    memberObject(scaled, "spec").set("replicas", *replicas);
    Value& metadata = memberObject(scaled, "metadata");
    const std::string& version = metadataText(scale, "resourceVersion");
    if (!version.empty())
        metadata.set("resourceVersion", version); // checked as in any update
    return scaled;
}

} // namespace gatehouse::importers
