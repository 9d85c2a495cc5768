#include "model/workloads/endpoint_slices.h"

#include "model/workloads/generated_name.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

/// EndpointSlice.endpoints holds at most so many.
constexpr std::size_t endpointsPerSlice = 1000;

std::string labelKey(const std::string& namespace_, const std::string& label, const std::string& value)
{
    return namespace_ + '/' + label + '=' + value;
}

/// The container port that a Service port means; nullopt when no container has a port of that name.
std::optional<std::uint16_t> targetPort(const ServicePort& port, const std::vector<Container>& containers)
{
    if (port.targetPort.number)
        return port.targetPort.number;
    if (port.targetPort.name.empty())
        return port.port;
    for (const Container& container : containers)
        for (const ContainerPort& each : container.ports)
            if (each.name == port.targetPort.name && each.protocol == port.protocol)
                return each.containerPort;
    return std::nullopt;
}

using Targets = std::vector<std::optional<std::uint16_t>>; ///< parallel to Service::ports

std::shared_ptr<EndpointSlice> emptySlice(const Service& service, const Targets& targets, std::size_t number)
{
    auto slice = std::make_shared<EndpointSlice>();
    const std::string seed = toString(service.key.name) + '/' + std::to_string(number);
    slice->key = {
        "discovery.k8s.io", "EndpointSlice", {service.namespace_(), service.name() + '-' + generatedSuffix(seed, 5)}};
    slice->apiVersion = "discovery.k8s.io/v1";
    slice->meta.labels = service.meta.labels;
    slice->meta.labels["kubernetes.io/service-name"] = service.name();
    slice->meta.labels["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io";
    if (service.clusterIP == "None")
        slice->meta.labels["service.kubernetes.io/headless"] = "";
    slice->meta.creationTimestamp = service.meta.creationTimestamp;
    slice->meta.uid = stableUid("EndpointSlice " + toString(slice->key.name));
    slice->source = service.source;
    slice->serviceName = service.name();
    for (std::size_t i = 0; i < targets.size(); ++i)
        if (targets[i])
            slice->ports.push_back(
                {service.ports[i].name, service.ports[i].protocol, targets[i], service.ports[i].appProtocol});
    return slice;
}

} // namespace

const std::map<std::string, std::string>& podLabels(const PodGroup& group)
{
    return group.deployment ? group.deployment->podLabels : group.written->meta.labels;
}

PodSelection::PodSelection(const std::vector<std::shared_ptr<const PodGroup>>& groups) : groups_(groups)
{
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const ObjectKey& key = groups[i]->deployment ? groups[i]->deployment->key : groups[i]->written->key;
        for (const auto& [label, value] : podLabels(*groups[i]))
            byLabel_[labelKey(key.name.namespace_, label, value)].push_back(i);
    }
}

std::vector<std::shared_ptr<const PodGroup>>
PodSelection::select(const std::string& namespace_, const std::map<std::string, std::string>& selector) const
{
    const std::vector<std::size_t>* fewest = nullptr;
    for (const auto& [label, value] : selector) {
        const auto found = byLabel_.find(labelKey(namespace_, label, value));
        if (found == byLabel_.end())
            return {};
        if (!fewest || found->second.size() < fewest->size())
            fewest = &found->second;
    }
    std::vector<std::shared_ptr<const PodGroup>> selected;
    if (!fewest)
        return selected;
    for (const std::size_t i : *fewest) {
        const auto& labels = podLabels(*groups_[i]);
        const bool all = std::all_of(selector.begin(), selector.end(), [&](const auto& wanted) {
            const auto it = labels.find(wanted.first);
            return it != labels.end() && it->second == wanted.second;
        });
        if (all)
            selected.push_back(groups_[i]);
    }
    return selected;
}

std::vector<std::shared_ptr<const EndpointSlice>> makeSlices(const Service& service,
                                                             const std::vector<std::shared_ptr<const PodGroup>>& groups)
{
    std::vector<std::shared_ptr<const EndpointSlice>> slices;
    std::map<Targets, std::shared_ptr<EndpointSlice>> open; // the one of these ports that has room
    const auto openSlice = [&](const Targets& targets) -> EndpointSlice& {
        std::shared_ptr<EndpointSlice>& slice = open[targets];
        if (!slice || slice->endpoints.size() == endpointsPerSlice) {
            slice = emptySlice(service, targets, slices.size());
            slices.push_back(slice);
        }
        return *slice;
    };
    for (const auto& group : groups) {
        const auto& containers = group->deployment ? group->deployment->containers : group->written->containers;
        Targets targets;
        for (const ServicePort& port : service.ports)
            targets.push_back(targetPort(port, containers));
        for (const auto& pod : group->pods)
            if (!pod->podIP.empty())
                openSlice(targets).endpoints.push_back({{pod->podIP}, pod->ready, pod->name(), {}});
    }
    // A Service that selects Pods of which none runs is known to have no endpoints.
    if (slices.empty())
        slices.push_back(emptySlice(service, {}, 0));
    return slices;
}

} // namespace gatehouse::model
