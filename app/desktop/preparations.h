#pragma once

#include "ui/prepared_topology.h"

#include <deque>
#include <memory>
#include <mutex>

namespace gatehouse::desktop {

/// What the window makes of the newest topologies. Whoever works a State out asks for its topology on its own thread:
/// when the UI thread asks, it is there. Thread: any.
class Preparations {
public:
    /// Null of null.
    [[nodiscard]] std::shared_ptr<const ui::PreparedTopology>
    of(const std::shared_ptr<const model::Topology>& topology);
    void forget(); ///< other manifests are opened

private:
    std::mutex mutex_; ///< guards the one below
    std::deque<std::shared_ptr<const ui::PreparedTopology>> newest_;
};

} // namespace gatehouse::desktop
