#pragma once

#include "model/api/resource_set.h"
#include "model/base/object_key.h"
#include "model/base/value.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::model {

/// At most so many Pods are made of one Deployment, and of all together: each listens on sockets of its own.
inline constexpr std::int32_t podsPerDeployment = 50;
inline constexpr std::size_t podsAltogether = 20'000;

/// The name of the one simulated Node.
inline constexpr std::string_view nodeName = "gatehouse";

/// The Pods of one Deployment, or one Pod as a manifest has it. Lifetime: shared by every Workloads that has it
/// unchanged.
struct PodGroup {
    std::shared_ptr<const Deployment> deployment; ///< null: a Pod as written
    std::string replicaSet;                       ///< name of the Deployment's ReplicaSet; "" for a Pod as written
    std::shared_ptr<const Pod> written;           ///< the Pod as written; null for a Deployment's
    std::vector<std::shared_ptr<const Pod>> pods; ///< running ones have an address
    std::string missing; ///< what a volume still waits for ("Secret a/cert"); "" when the Pods run
};

/// The EndpointSlices of one Service with a selector.
struct ServiceSlices {
    std::shared_ptr<const Service> service;
    std::vector<std::shared_ptr<const PodGroup>> groups; ///< what the selector selects
    std::vector<std::shared_ptr<const EndpointSlice>> slices;
};

/// What a cluster would make of a set of resources by itself: Pods of Deployments, with addresses of 10.244.0.0/16 that
/// no host has (the engine plays them), and EndpointSlices of Services with a selector. Immutable. Thread: any.
struct Workloads {
    std::shared_ptr<const ResourceSet> input;
    std::shared_ptr<const ResourceSet> resources; ///< the input with Pods and EndpointSlices; the input itself if none
    std::vector<std::shared_ptr<const PodGroup>> groups;
    std::map<ObjectName, std::shared_ptr<const ServiceSlices>> slices; ///< by Service
};

/// Derives the workloads of `input`. What did not change since `previous` (may be null) is shared with it, and keeps
/// its names and addresses; names are the same on every run, and addresses too but where two Pods wish for the same
/// one. A Deployment whose Pods are in the input (taken over from a cluster) gets no more, and neither does a Service
/// with Endpoints or EndpointSlices of its own. Cost: linear in Deployments, Pods and Services where one of those
/// changed, or what they mount; else, or without Pods, next to nothing. Thread: any.
std::shared_ptr<const Workloads> deriveWorkloads(std::shared_ptr<const ResourceSet> input,
                                                 const std::shared_ptr<const Workloads>& previous = nullptr);

/// Everything that a cluster makes by itself, as complete API objects with status, sorted by kind and name: the Pods
/// and EndpointSlices of `workloads`, a ReplicaSet for each Deployment, a ServiceAccount for each Gateway of a class of
/// `controller` ("": of any; GEP-1867), and the Node. Times come from the objects they derive from. Thread: any.
std::vector<Value> derivedObjects(const Workloads& workloads, const std::string& controller = {});

/// `.status` of the Deployments and the Pods that were written. Thread: any.
std::map<ObjectKey, Value> workloadStatuses(const Workloads& workloads);

} // namespace gatehouse::model
