#pragma once

#include "model/base/diagnostic.h"
#include "model/topology/topology.h"
#include "ui/document/local_target.h"

#include <QString>

#include <memory>
#include <vector>

namespace gatehouse::ui {

struct ComparedTopology;
struct PreparedTopology;

enum class EngineState { Stopped, Starting, Running, Stopping };

/// One moment of the application as the window shows it. Immutable values only: nothing is shared with who made it.
struct ViewState {
    std::shared_ptr<const model::Topology> topology;
    std::shared_ptr<const PreparedTopology> prepared; ///< of it; null: the window prepares it when it is set
    std::shared_ptr<const LocalTargets> targets;      ///< of backends; null: not known
    /// Objects without a card, as Secrets and Namespaces; sorted; null: none are known.
    std::shared_ptr<const std::vector<model::ObjectKey>> beside;
    /// Of a draft: its topology with what it takes away, and marks; null: the topology is drawn as it is.
    std::shared_ptr<const ComparedTopology> draft;
    std::vector<model::Diagnostic> diagnostics;
    QString summary;       ///< "12 objects in 3 files"
    bool rejected = false; ///< the input has errors, and the topology is the last one without
};

} // namespace gatehouse::ui
