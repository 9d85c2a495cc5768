#include "model/workloads/pod_objects.h"

#include "model/schema/timestamp.h"
#include "model/workloads/api_object.h"
#include "model/workloads/generated_name.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

constexpr const char* appsVersion = "apps/v1";

Value count(std::size_t number)
{
    return static_cast<std::int64_t>(number);
}

/// The uid that the API gave the Deployment, or one of our own: owner references have to have one.
std::string uidOf(const Deployment& deployment)
{
    return deployment.meta.uid.empty() ? stableUid("Deployment " + toString(deployment.key.name)) : deployment.meta.uid;
}

ObjectKey replicaSetKey(const PodGroup& group)
{
    return {"apps", "ReplicaSet", {group.deployment->namespace_(), group.replicaSet}};
}

/// `spec.template` as it was written; null when the Deployment has no text (it was made in a program).
const Value* templateOf(const Deployment& deployment)
{
    const Value* spec = deployment.document ? deployment.document->find("spec") : nullptr;
    return spec ? spec->find("template") : nullptr;
}

void setDefault(Value& object, std::string_view name, Value value)
{
    if (!object.find(name))
        object.set(name, std::move(value));
}

Value podSpec(const PodGroup& group)
{
    const Value* pods = templateOf(*group.deployment);
    const Value* written = pods ? pods->find("spec") : nullptr;
    Value spec = written ? *written : Value::object();
    setDefault(spec, "restartPolicy", "Always");
    setDefault(spec, "serviceAccountName", "default");
    spec.set("nodeName", nodeName);
    return spec;
}

Value containerStatus(const PodGroup& group, const Pod& pod, const Container& container)
{
    Value running = Value::object();
    if (pod.meta.creationTimestamp)
        running.set("startedAt", formatTimestamp(*pod.meta.creationTimestamp));
    const bool started = group.missing.empty();
    Value state = started ? objectOf({{"running", std::move(running)}})
                          : objectOf({{"waiting", objectOf({{"reason", "ContainerCreating"}})}});
    return objectOf({{"name", container.name},
                     {"image", container.image},
                     {"imageID", ""},
                     {"ready", pod.ready},
                     {"started", started},
                     {"restartCount", 0},
                     {"state", std::move(state)}});
}

Value replicaSetObject(const PodGroup& group)
{
    const Deployment& deployment = *group.deployment;
    const ObjectKey key = replicaSetKey(group);
    ObjectMeta meta;
    meta.uid = stableUid("ReplicaSet " + toString(key.name));
    meta.creationTimestamp = deployment.meta.creationTimestamp;
    meta.labels = deployment.podLabels;
    meta.labels["pod-template-hash"] = group.replicaSet.substr(deployment.name().size() + 1);
    meta.annotations = {{"deployment.kubernetes.io/desired-replicas", std::to_string(deployment.replicas)},
                        {"deployment.kubernetes.io/revision", "1"}};
    Value object = apiObject(key, appsVersion, meta);
    Value& owners = object.find("metadata")->set("ownerReferences", Value::array());
    owners.push(ownerReference(deployment.key, appsVersion, uidOf(deployment)));

    const Value* written = templateOf(deployment);
    Value pods = written ? *written : Value::object();
    Value metadata = objectOf({{"labels", objectOf(meta.labels)}});
    if (!deployment.podAnnotations.empty())
        metadata.set("annotations", objectOf(deployment.podAnnotations));
    pods.set("metadata", std::move(metadata));
    object.set("spec", objectOf({{"replicas", deployment.replicas},
                                 {"selector", objectOf({{"matchLabels", objectOf(meta.labels)}})},
                                 {"template", std::move(pods)}}));
    const std::size_t all = group.pods.size(), ready = group.missing.empty() ? all : 0;
    object.set("status", objectOf({{"replicas", count(all)},
                                   {"fullyLabeledReplicas", count(all)},
                                   {"readyReplicas", count(ready)},
                                   {"availableReplicas", count(ready)},
                                   {"observedGeneration", 1}}));
    return object;
}

} // namespace

void addReplicaObjects(const PodGroup& group, std::vector<Value>& objects)
{
    const ObjectKey owner = replicaSetKey(group);
    const std::string ownerUid = stableUid("ReplicaSet " + toString(owner.name));
    for (const auto& pod : group.pods) {
        Value object = apiObject(pod->key, pod->apiVersion, pod->meta);
        Value& metadata = *object.find("metadata");
        metadata.set("generateName", group.replicaSet + '-');
        metadata.set("ownerReferences", Value::array()).push(ownerReference(owner, appsVersion, ownerUid));
        object.set("spec", podSpec(group));
        object.set("status", podStatus(group, *pod));
        objects.push_back(std::move(object));
    }
    objects.push_back(replicaSetObject(group));
}

Value podStatus(const PodGroup& group, const Pod& pod)
{
    const auto& since = pod.meta.creationTimestamp;
    const bool started = group.missing.empty();
    const std::string_view why = pod.ready ? std::string_view() : "ContainersNotReady";
    const std::string message = started ? std::string() : "a volume waits for " + group.missing;
    Value conditions = Value::array();
    conditions.push(conditionOf("PodScheduled", true, since));
    conditions.push(conditionOf("Initialized", true, since));
    conditions.push(conditionOf("ContainersReady", pod.ready, since, why, message));
    conditions.push(conditionOf("Ready", pod.ready, since, why, message));
    Value containers = Value::array();
    for (const Container& container : pod.containers)
        containers.push(containerStatus(group, pod, container));

    Value status = objectOf({{"phase", started ? "Running" : "Pending"},
                             {"conditions", std::move(conditions)},
                             {"hostIP", "127.0.0.1"},
                             {"qosClass", "BestEffort"}});
    if (since)
        status.set("startTime", formatTimestamp(*since));
    if (!pod.podIP.empty()) {
        status.set("podIP", pod.podIP);
        status.set("podIPs", Value::array()).push(objectOf({{"ip", pod.podIP}}));
    }
    status.set("containerStatuses", std::move(containers));
    return status;
}

Value deploymentStatus(const PodGroup& group)
{
    const Deployment& deployment = *group.deployment;
    const auto& since = deployment.meta.creationTimestamp;
    const std::size_t all = group.pods.size(), ready = group.missing.empty() ? all : 0;
    const auto wanted = static_cast<std::size_t>(std::max(deployment.replicas, 0));
    const std::string few = "Gatehouse plays " + std::to_string(all) + " of " + std::to_string(wanted) + " replicas";
    Value conditions = Value::array();
    if (ready >= std::min(wanted, all) && (ready > 0 || wanted == 0))
        conditions.push(conditionOf("Available", true, since, "MinimumReplicasAvailable",
                                    all < wanted ? few : "Deployment has minimum availability."));
    else
        conditions.push(
            conditionOf("Available", false, since, "MinimumReplicasUnavailable", "the Pods wait for " + group.missing));
    if (ready == wanted)
        conditions.push(conditionOf("Progressing", true, since, "NewReplicaSetAvailable",
                                    "ReplicaSet \"" + group.replicaSet + "\" has successfully progressed."));
    else
        conditions.push(conditionOf("Progressing", true, since, "ReplicaSetUpdated",
                                    "ReplicaSet \"" + group.replicaSet + "\" is progressing."));
    Value status = objectOf({{"observedGeneration", deployment.meta.generation},
                             {"replicas", count(all)},
                             {"updatedReplicas", count(all)},
                             {"readyReplicas", count(ready)},
                             {"availableReplicas", count(ready)}});
    if (ready < wanted)
        status.set("unavailableReplicas", count(wanted - ready));
    status.set("conditions", std::move(conditions));
    return status;
}

} // namespace gatehouse::model
