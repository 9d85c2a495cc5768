#pragma once

#include "app/control/session.h"
#include "ui/document/local_target.h"
#include "ui/prepared_topology.h"

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gatehouse::desktop {

/// What the window makes of a State before it shows it. All are null of a State without a topology.
struct Prepared {
    std::shared_ptr<const ui::PreparedTopology> topology;
    std::shared_ptr<const ui::LocalTargets> targets;
    std::shared_ptr<const std::vector<model::ObjectKey>> beside; ///< objects without a card
};

/// What the window makes of the newest States. Whoever works a State out asks for it on its own thread: when the UI
/// thread asks, it is there. Thread: any.
class Preparations {
public:
    using Mappings = std::map<std::string, routing::BackendMapping>;

    /// Other manifests are opened, whose backends are mapped like that: what was made before is forgotten.
    void begin(Mappings mappings);
    [[nodiscard]] Prepared of(const control::State& state);

private:
    struct Kept {
        std::weak_ptr<const routing::Snapshot> snapshot; ///< that the targets are of; neither is kept for them
        std::weak_ptr<const model::ResourceSet> resources;
        Prepared prepared;
    };

    std::mutex mutex_; ///< guards both below
    std::deque<Kept> newest_;
    Mappings mappings_;
};

} // namespace gatehouse::desktop
