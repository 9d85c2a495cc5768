#include "model/workloads/pods.h"

#include "model/workloads/generated_name.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace gatehouse::model {
namespace {

constexpr std::string_view addressPrefix = "10.244.";

/// 10.244.x.1 to 10.244.x.254 of every x: what a Node's Pod network hands out.
constexpr std::uint32_t hostsPerBlock = 254, blocks = 256, allHosts = hostsPerBlock * blocks;

std::optional<std::uint32_t> hostOf(std::string_view address)
{
    if (!address.starts_with(addressPrefix))
        return std::nullopt;
    const char *at = address.data() + addressPrefix.size(), *end = address.data() + address.size();
    std::uint32_t block = 0, host = 0;
    const auto first = std::from_chars(at, end, block);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.' || block >= blocks)
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, host);
    if (second.ec != std::errc{} || second.ptr != end || host < 1 || host > hostsPerBlock)
        return std::nullopt;
    return block * hostsPerBlock + host - 1;
}

/// What the downward API says of a field; nullopt for one that we do not know.
std::optional<std::string> podField(const Pod& pod, std::string_view path)
{
    const auto member = [&](std::string_view name, const std::map<std::string, std::string>& values) {
        std::optional<std::string> value;
        if (path.starts_with(name) && path.ends_with("']")) {
            const auto found = values.find(std::string(path.substr(name.size(), path.size() - name.size() - 2)));
            value = found == values.end() ? std::string() : found->second;
        }
        return value;
    };
    if (path == "metadata.name")
        return pod.name();
    if (path == "metadata.namespace")
        return pod.namespace_();
    if (path == "metadata.uid")
        return pod.meta.uid;
    if (path == "status.podIP")
        return pod.podIP;
    if (path == "spec.nodeName")
        return std::string(nodeName);
    if (auto label = member("metadata.labels['", pod.meta.labels))
        return label;
    return member("metadata.annotations['", pod.meta.annotations);
}

void resolveFields(Pod& pod)
{
    for (Container& container : pod.containers)
        for (const auto& [variable, path] : container.envFields)
            if (auto value = podField(pod, path))
                container.env[variable] = std::move(*value);
}

/// What Kubernetes makes of a generateName: the whole has to fit a DNS label.
std::string podBase(const std::string& replicaSet)
{
    constexpr std::size_t limit = 63 - 5;
    return (replicaSet + '-').substr(0, limit);
}

} // namespace

void PodAddresses::reserve(const std::string& address)
{
    if (const auto host = hostOf(address))
        used_.insert(*host);
}

std::string PodAddresses::assign(const ObjectName& name)
{
    auto host = static_cast<std::uint32_t>(stableHash(toString(name)) % allHosts);
    while (!used_.insert(host).second)
        host = (host + 1) % allHosts;
    return std::string(addressPrefix) + std::to_string(host / hostsPerBlock) + '.' +
           std::to_string(host % hostsPerBlock + 1);
}

std::string missingMount(const ResourceSet& set, const std::string& namespace_,
                         const std::vector<MountedObject>& mounts)
{
    for (const MountedObject& mount : mounts) {
        const ObjectName name{namespace_, mount.name};
        const bool isSecret = mount.kind == MountedObject::Kind::Secret;
        if (isSecret ? !set.secrets.contains(name) : !set.configMaps.contains(name))
            return (isSecret ? "Secret " : "ConfigMap ") + toString(name);
    }
    return {};
}

std::shared_ptr<const PodGroup> makeReplicas(const std::shared_ptr<const Deployment>& deployment, std::string missing,
                                             std::size_t limit, PodAddresses& addresses)
{
    auto group = std::make_shared<PodGroup>();
    group->deployment = deployment;
    group->missing = std::move(missing);
    const std::string hash = generatedSuffix(toString(deployment->key.name), 9);
    group->replicaSet = deployment->name() + '-' + hash;
    const std::string base = podBase(group->replicaSet);

    const auto wanted = static_cast<std::size_t>(std::clamp(deployment->replicas, 0, podsPerDeployment));
    std::set<std::string> names;
    // A seed whose name is taken gives none; the next one does.
    for (std::size_t seed = 0; names.size() < std::min(wanted, limit); ++seed) {
        std::string name = base + generatedSuffix(group->replicaSet + '/' + std::to_string(seed), 5);
        if (!names.insert(name).second)
            continue;
        auto pod = std::make_shared<Pod>();
        pod->key = {"", "Pod", {deployment->namespace_(), std::move(name)}};
        pod->apiVersion = "v1";
        pod->meta.labels = deployment->podLabels;
        pod->meta.labels["pod-template-hash"] = hash;
        pod->meta.annotations = deployment->podAnnotations;
        pod->meta.creationTimestamp = deployment->meta.creationTimestamp;
        pod->meta.uid = stableUid("Pod " + toString(pod->key.name));
        pod->source = deployment->source;
        pod->containers = deployment->containers;
        pod->mounts = deployment->mounts;
        pod->ready = group->missing.empty();
        // A Pod has an address once its volumes are there: before, it has no network.
        if (pod->ready)
            pod->podIP = addresses.assign(pod->key.name);
        resolveFields(*pod);
        group->pods.push_back(std::move(pod));
    }
    return group;
}

std::shared_ptr<const PodGroup> makeWritten(const std::shared_ptr<const Pod>& pod, std::string missing,
                                            PodAddresses& addresses)
{
    auto group = std::make_shared<PodGroup>();
    group->written = pod;
    group->missing = std::move(missing);
    auto made = std::make_shared<Pod>(*pod);
    if (made->meta.uid.empty())
        made->meta.uid = stableUid("Pod " + toString(made->key.name));
    // A status that came along says more than we can know; without one the Pod runs as soon as it can.
    if (!group->missing.empty())
        made->ready = false;
    else if (made->podIP.empty())
        made->podIP = addresses.assign(made->key.name);
    resolveFields(*made);
    group->pods.push_back(std::move(made));
    return group;
}

} // namespace gatehouse::model
