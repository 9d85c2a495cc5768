#pragma once

#include "model/workloads/workloads.h"

namespace gatehouse::model {

/// The Pods of a Deployment's group and its ReplicaSet, complete.
void addReplicaObjects(const PodGroup& group, std::vector<Value>& objects);

/// `.status` of one Pod of a group.
Value podStatus(const PodGroup& group, const Pod& pod);
/// `.status` of a group's Deployment.
Value deploymentStatus(const PodGroup& group);

} // namespace gatehouse::model
