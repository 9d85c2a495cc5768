#include "model/workloads/api_object.h"
#include "model/workloads/generated_name.h"
#include "model/workloads/pod_objects.h"
#include "model/workloads/workloads.h"

#include <algorithm>
#include <array>
#include <set>

namespace gatehouse::model {
namespace {

Value sliceObject(const EndpointSlice& slice, const Service& service, const ResourceMap<Pod>& pods)
{
    Value object = apiObject(slice.key, slice.apiVersion, slice.meta);
    Value& metadata = *object.find("metadata");
    metadata.set("generateName", service.name() + '-');
    const std::string owner =
        service.meta.uid.empty() ? stableUid("Service " + toString(service.key.name)) : service.meta.uid;
    metadata.set("ownerReferences", Value::array()).push(ownerReference(service.key, "v1", owner));
    object.set("addressType", "IPv4");
    Value& endpoints = object.set("endpoints", Value::array());
    for (const Endpoint& endpoint : slice.endpoints) {
        Value addresses = Value::array();
        for (const std::string& address : endpoint.addresses)
            addresses.push(address);
        Value target = objectOf({{"kind", "Pod"}, {"namespace", slice.namespace_()}, {"name", endpoint.targetPod}});
        if (const auto pod = pods.find({slice.namespace_(), endpoint.targetPod}); pod != pods.end())
            target.set("uid", pod->second->meta.uid);
        endpoints.push(objectOf(
            {{"addresses", std::move(addresses)},
             {"conditions", objectOf({{"ready", endpoint.ready}, {"serving", endpoint.ready}, {"terminating", false}})},
             {"nodeName", nodeName},
             {"targetRef", std::move(target)}}));
    }
    Value& ports = object.set("ports", Value::array());
    for (const EndpointPort& port : slice.ports) {
        Value& entry = ports.push(objectOf({{"name", port.name}, {"protocol", port.protocol}}));
        entry.set("port", static_cast<std::int64_t>(port.port.value_or(0)));
        if (!port.appProtocol.empty())
            entry.set("appProtocol", port.appProtocol);
    }
    return object;
}

bool isOfController(const Gateway& gateway, const ResourceSet& set, const std::string& controller)
{
    if (controller.empty())
        return true;
    const auto it = set.gatewayClasses.find({{}, gateway.gatewayClassName});
    return it != set.gatewayClasses.end() && it->second->controllerName == controller;
}

/// What a Gateway is made of in a cluster is played by this process; the account that its proxy would run as stands for
/// all of it, with the labels and annotations that such objects have to carry (Gateway API, spec.infrastructure).
Value serviceAccountObject(const Gateway& gateway, std::set<ObjectName>& taken)
{
    ObjectKey key{"", "ServiceAccount", {gateway.namespace_(), gateway.name() + '-' + gateway.gatewayClassName}};
    // Too long a name, or that of another Gateway ("a-b" of "c", "a" of "b-c").
    std::string& name = key.name.name;
    if (constexpr std::size_t limit = 253; name.size() > limit || !taken.insert(key.name).second) {
        name = name.substr(0, limit - 11) + '-' + generatedSuffix(toString(gateway.key.name), 10);
        taken.insert(key.name);
    }
    ObjectMeta meta;
    meta.uid = stableUid("ServiceAccount " + toString(key.name));
    meta.creationTimestamp = gateway.meta.creationTimestamp;
    meta.labels = gateway.infrastructureLabels;
    meta.labels["gateway.networking.k8s.io/gateway-name"] = labelValue(gateway.name());
    meta.labels["gateway.networking.k8s.io/gateway-class-name"] = labelValue(gateway.gatewayClassName);
    meta.annotations = gateway.infrastructureAnnotations;
    Value object = apiObject(key, "v1", meta);
    const std::string owner =
        gateway.meta.uid.empty() ? stableUid("Gateway " + toString(gateway.key.name)) : gateway.meta.uid;
    Value& owners = object.find("metadata")->set("ownerReferences", Value::array());
    owners.push(ownerReference(gateway.key, gateway.apiVersion, owner));
    return object;
}

Value nodeObject()
{
    const ObjectKey key{"", "Node", {"", std::string(nodeName)}};
    ObjectMeta meta;
    meta.uid = stableUid("Node " + key.name.name);
    meta.labels = {{"kubernetes.io/hostname", key.name.name}, {"kubernetes.io/os", "linux"}};
    Value object = apiObject(key, "v1", meta);
    object.set("spec", objectOf({{"podCIDR", "10.244.0.0/16"}}));
    Value conditions = Value::array();
    conditions.push(conditionOf("Ready", true, {}, "KubeletReady", "Gatehouse plays this Node"));
    Value addresses = Value::array();
    addresses.push(objectOf({{"type", "InternalIP"}, {"address", "127.0.0.1"}}));
    addresses.push(objectOf({{"type", "Hostname"}, {"address", nodeName}}));
    object.set("status", objectOf({{"conditions", std::move(conditions)}, {"addresses", std::move(addresses)}}));
    return object;
}

/// Kind, namespace, name: the order of what derivedObjects() returns.
std::array<std::string_view, 3> orderOf(const Value& object)
{
    const auto text = [](const Value* value) {
        return value ? std::string_view(*value->asString()) : std::string_view();
    };
    const Value& metadata = *object.find("metadata");
    return {text(object.find("kind")), text(metadata.find("namespace")), text(metadata.find("name"))};
}

} // namespace

std::vector<Value> derivedObjects(const Workloads& workloads, const std::string& controller)
{
    std::vector<Value> objects;
    for (const auto& group : workloads.groups)
        if (group->deployment)
            addReplicaObjects(*group, objects);
    for (const auto& [name, slices] : workloads.slices)
        for (const auto& slice : slices->slices)
            objects.push_back(sliceObject(*slice, *slices->service, workloads.resources->pods));
    std::set<ObjectName> accounts;
    for (const auto& [name, gateway] : workloads.input->gateways)
        if (isOfController(*gateway, *workloads.input, controller))
            objects.push_back(serviceAccountObject(*gateway, accounts));
    objects.push_back(nodeObject());
    std::stable_sort(objects.begin(), objects.end(),
                     [](const Value& a, const Value& b) { return orderOf(a) < orderOf(b); });
    return objects;
}

std::map<ObjectKey, Value> workloadStatuses(const Workloads& workloads)
{
    std::map<ObjectKey, Value> all;
    for (const auto& group : workloads.groups) {
        if (group->deployment)
            all.emplace(group->deployment->key, deploymentStatus(*group));
        else
            all.emplace(group->written->key, podStatus(*group, *group->pods.front()));
    }
    return all;
}

} // namespace gatehouse::model
