#pragma once

#include "app/control/config.h"
#include "engine/engine.h"
#include "engine/routing/snapshot.h"
#include "importers/importer.h"
#include "model/graph/graph.h"
#include "model/topology/topology.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::control {

/// One consistent moment of everything that is derived from the input. Immutable; UI, commands and API read only this.
struct State {
    importers::ImportResult import;
    std::shared_ptr<const model::Graph> graph;
    std::shared_ptr<const routing::Snapshot> snapshot;
    model::Programming programming; ///< expected, or from the engine when `live`
    bool live = false;
    std::shared_ptr<const model::Topology> topology;
    std::vector<model::Diagnostic> diagnostics; ///< import, resolve, compile and engine together, sorted
    /// Milliseconds that each stage took, for `-v` and the bench.
    double importMs = 0, resolveMs = 0, compileMs = 0, applyMs = 0;
};

/// Import, resolve, plan and compile once, without an engine. `previous` keeps loopback addresses stable.
/// Errors: in State::diagnostics. Thread: any but the UI thread.
std::shared_ptr<const State> buildState(importers::ManifestImporter& importer, const Config& config,
                                        const State* previous = nullptr, std::istream* standardInput = nullptr);

/// The control loop: owns the importer, the watcher and (while running) the engine; the one writer of State.
/// start() spawns the control thread. Observers are called on the control thread and must only post.
class ControlLoop {
public:
    struct Observers {
        std::function<void(std::shared_ptr<const State>)> changed;   ///< a new State is in force
        std::function<void(std::shared_ptr<const State>)> rejected;  ///< input had errors: the last State stays in force
        std::function<void(std::vector<model::AccessEvent>)> events; ///< batches of finished requests
    };

    ControlLoop(Config config, Observers observers);
    ~ControlLoop(); ///< drains for Config::drainTimeout, then stops

    /// First import; returns the state, which may hold errors. Call once, before the rest.
    std::shared_ptr<const State> load(std::istream* standardInput = nullptr);
    void startEngine();   ///< applies the current state; `changed` follows with live programming
    void stopEngine();    ///< drains
    void watch(bool on);  ///< follow file changes
    void reapply();       ///< import again now (SIGHUP, F5)
    [[nodiscard]] std::shared_ptr<const State> current() const;
    [[nodiscard]] engine::EngineStats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace gatehouse::control
