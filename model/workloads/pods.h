#pragma once

#include "model/workloads/workloads.h"

#include <cstdint>
#include <set>

namespace gatehouse::model {

/// Addresses of 10.244.0.0/16, each to one Pod.
class PodAddresses {
public:
    /// Takes an address out; others than ours are no concern.
    void reserve(const std::string& address);
    /// The address that belongs to `name`, or the next free one.
    std::string assign(const ObjectName& name);

private:
    std::set<std::uint32_t> used_; ///< the last two bytes
};

/// What of `mounts` is missing in the namespace, as "Secret a/cert"; "" when all is there.
std::string missingMount(const ResourceSet& set, const std::string& namespace_,
                         const std::vector<MountedObject>& mounts);

/// The Pods of a Deployment (at most `limit`), or the group of one written Pod.
std::shared_ptr<const PodGroup> makeReplicas(const std::shared_ptr<const Deployment>& deployment, std::string missing,
                                             std::size_t limit, PodAddresses& addresses);
std::shared_ptr<const PodGroup> makeWritten(const std::shared_ptr<const Pod>& pod, std::string missing,
                                            PodAddresses& addresses);

} // namespace gatehouse::model
