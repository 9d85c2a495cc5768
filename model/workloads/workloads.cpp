#include "model/workloads/workloads.h"

#include "model/workloads/endpoint_slices.h"
#include "model/workloads/pods.h"

#include <algorithm>
#include <set>
#include <utility>

namespace gatehouse::model {
namespace {

/// The label that a cluster's Deployment controller puts on its Pods.
constexpr const char* templateHashLabel = "pod-template-hash";

bool includes(const std::map<std::string, std::string>& all, const std::map<std::string, std::string>& some)
{
    return std::all_of(some.begin(), some.end(), [&](const auto& each) {
        const auto it = all.find(each.first);
        return it != all.end() && it->second == each.second;
    });
}

class Derivation {
public:
    Derivation(std::shared_ptr<const ResourceSet> input, const Workloads* previous) : set_(*input), previous_(previous)
    {
        made_->input = std::move(input);
        if (previous) {
            for (const auto& group : previous->groups)
                known_.emplace(group->deployment ? group->deployment->key : group->written->key, group);
            slices_ = &previous->slices;
        }
    }

    std::shared_ptr<const Workloads> run()
    {
        if (set_.deployments.empty() && set_.pods.empty()) {
            made_->resources = made_->input;
            return made_;
        }
        makeGroups();
        makeAllSlices();
        join();
        return made_;
    }

private:
    /// A group to be: the one that was there, or null while it has to be made.
    struct Wanted {
        std::shared_ptr<const Deployment> deployment;
        std::shared_ptr<const Pod> written;
        std::string missing;
        std::shared_ptr<const PodGroup> group;
    };

    Wanted want(Wanted wanted)
    {
        const auto it = known_.find(wanted.deployment ? wanted.deployment->key : wanted.written->key);
        if (it != known_.end() && it->second->deployment == wanted.deployment &&
            it->second->written == wanted.written && it->second->missing == wanted.missing)
            wanted.group = it->second;
        return wanted;
    }

    /// True when the input has the Deployment's Pods already, as a cluster made them.
    [[nodiscard]] bool arePodsThere(const Deployment& deployment) const
    {
        const auto in = replicas_.find(deployment.namespace_());
        return in != replicas_.end() && std::any_of(in->second.begin(), in->second.end(), [&](const Pod* pod) {
                   return includes(pod->meta.labels, deployment.podLabels);
               });
    }

    void makeGroups()
    {
        std::vector<Wanted> all;
        for (const auto& [name, pod] : set_.pods) {
            if (pod->meta.labels.contains(templateHashLabel))
                replicas_[name.namespace_].push_back(pod.get());
            all.push_back(want({{}, pod, missingMount(set_, name.namespace_, pod->mounts), {}}));
        }
        for (const auto& [name, deployment] : set_.deployments)
            if (!arePodsThere(*deployment))
                all.push_back(want({deployment, {}, missingMount(set_, name.namespace_, deployment->mounts), {}}));

        // Addresses that are taken first: who is there stays.
        PodAddresses addresses;
        for (const auto& [name, pod] : set_.pods)
            addresses.reserve(pod->podIP);
        for (const Wanted& wanted : all)
            if (wanted.group)
                for (const auto& pod : wanted.group->pods)
                    addresses.reserve(pod->podIP);
        std::size_t room = podsAltogether;
        for (Wanted& wanted : all) {
            if (!wanted.group)
                wanted.group = wanted.deployment
                                   ? makeReplicas(wanted.deployment, std::move(wanted.missing), room, addresses)
                                   : makeWritten(wanted.written, std::move(wanted.missing), addresses);
            room -= std::min(room, wanted.group->pods.size());
            made_->groups.push_back(std::move(wanted.group));
        }
    }

    void makeAllSlices()
    {
        std::set<ObjectName> sliced; // Services with slices of their own
        for (const auto& [name, slice] : set_.endpointSlices)
            sliced.insert({name.namespace_, slice->serviceName});
        const PodSelection selection(made_->groups);
        for (const auto& [name, service] : set_.services) {
            if (service->selector.empty() || service->type == "ExternalName" || sliced.contains(name))
                continue;
            auto groups = selection.select(name.namespace_, service->selector);
            if (groups.empty())
                continue;
            std::shared_ptr<const ServiceSlices> slices;
            if (slices_)
                if (const auto it = slices_->find(name);
                    it != slices_->end() && it->second->service == service && it->second->groups == groups)
                    slices = it->second;
            if (!slices) {
                auto made = makeSlices(*service, groups);
                slices =
                    std::make_shared<const ServiceSlices>(ServiceSlices{service, std::move(groups), std::move(made)});
            }
            made_->slices.emplace(name, std::move(slices));
        }
    }

    void join()
    {
        auto joined = std::make_shared<ResourceSet>(set_);
        for (const auto& group : made_->groups)
            for (const auto& pod : group->pods) {
                if (group->written)
                    joined->pods.insert_or_assign(pod->key.name, pod);
                else
                    joined->pods.try_emplace(pod->key.name, pod); // a Pod as written keeps its name
            }
        for (const auto& [name, service] : made_->slices)
            for (const auto& slice : service->slices)
                joined->endpointSlices.try_emplace(slice->key.name, slice);
        if (previous_) {
            joined->pods.shareWith(previous_->resources->pods);
            joined->endpointSlices.shareWith(previous_->resources->endpointSlices);
        }
        made_->resources = std::move(joined);
    }

    const ResourceSet& set_;
    const Workloads* previous_;
    std::shared_ptr<Workloads> made_ = std::make_shared<Workloads>();
    std::map<ObjectKey, std::shared_ptr<const PodGroup>> known_;
    const std::map<ObjectName, std::shared_ptr<const ServiceSlices>>* slices_ = nullptr;
    std::map<std::string, std::vector<const Pod*>> replicas_; ///< Pods that a cluster made, by namespace
};

/// True when all that Pods and EndpointSlices derive from is as it was.
bool derivesTheSame(const ResourceSet& before, const ResourceSet& after)
{
    return before.deployments.sharesAllWith(after.deployments) && before.pods.sharesAllWith(after.pods) &&
           before.services.sharesAllWith(after.services) && before.endpointSlices.sharesAllWith(after.endpointSlices) &&
           before.secrets.sharesAllWith(after.secrets) && before.configMaps.sharesAllWith(after.configMaps);
}

/// The workloads before in a set that differs in other kinds alone.
std::shared_ptr<const Workloads> carryOver(const Workloads& previous, std::shared_ptr<const ResourceSet> input)
{
    auto made = std::make_shared<Workloads>(previous);
    made->resources = input;
    if (previous.resources != previous.input) {
        auto joined = std::make_shared<ResourceSet>(*input);
        joined->pods = previous.resources->pods;
        joined->endpointSlices = previous.resources->endpointSlices;
        made->resources = std::move(joined);
    }
    made->input = std::move(input);
    return made;
}

} // namespace

std::shared_ptr<const Workloads> deriveWorkloads(std::shared_ptr<const ResourceSet> input,
                                                 const std::shared_ptr<const Workloads>& previous)
{
    if (previous && previous->input == input)
        return previous;
    if (previous && derivesTheSame(*previous->input, *input))
        return carryOver(*previous, std::move(input));
    return Derivation(std::move(input), previous.get()).run();
}

} // namespace gatehouse::model
