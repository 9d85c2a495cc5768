#pragma once

#include "app/control/config.h"
#include "engine/engine.h"
#include "engine/routing/snapshot.h"
#include "importers/importer.h"
#include "model/graph/graph.h"
#include "model/graph/status.h"
#include "model/topology/topology.h"
#include "model/workloads/workloads.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::control {

/// Where Gatehouse itself answers while the engine runs.
struct Endpoints {
    std::string admin;      ///< "address:port"; "" for none
    std::string kubeApi;    ///< URL; "" for none
    std::string kubeconfig; ///< the file written for it
    std::string error;      ///< why one that was asked for does not serve
};

/// One consistent moment of everything that is derived from the input. Immutable; UI, commands and API read only this.
struct State {
    importers::ImportResult import;
    std::shared_ptr<const model::Workloads>
        workloads; ///< what a cluster would make of the import; the graph is of both
    std::shared_ptr<const model::Graph> graph;
    std::shared_ptr<const routing::Snapshot> snapshot;
    model::Programming programming; ///< expected, or from the engine when `live`
    bool live = false;
    std::shared_ptr<const model::Topology> topology; ///< null unless Config::projectTopology
    /// `.status` by object, lastTransitionTime kept where status did not change; empty unless Config::keepStatuses.
    model::Statuses statuses;
    std::vector<model::Diagnostic> diagnostics;     ///< import, resolve, compile and engine together, sorted
    std::vector<model::Diagnostic> compileProblems; ///< those of compile alone
    Endpoints endpoints;                            ///< only while live
    /// Milliseconds that each stage took, for `-v` and the bench.
    double importMs = 0, resolveMs = 0, compileMs = 0, applyMs = 0, projectMs = 0;
};

/// Import, resolve, plan and compile once, without an engine. `previous` keeps loopback addresses stable.
/// Errors: in State::diagnostics. Thread: any but the UI thread.
std::shared_ptr<const State> buildState(importers::ManifestImporter& importer, const Config& config,
                                        const State* previous = nullptr, std::istream* standardInput = nullptr);

/// What `saved` would become with the texts of `overlay` in place of these files'. Reads the files, no cluster and no
/// standard input. No engine serves it, but what one found out of listeners that stay as they are is kept.
/// Errors and thread: as buildState().
std::shared_ptr<const State> buildDraft(importers::ManifestImporter& importer, const Config& config,
                                        const importers::TextOverlay& overlay, const State& saved);

/// The same from an import that was already made. Cost: with `previous`, and resources that share with its what is
/// equal, mostly of what changed.
std::shared_ptr<State> deriveState(importers::ImportResult import, const Config& config,
                                   const State* previous = nullptr);

/// Lets an import share with an earlier set what is equal, for deriveState() to see what changed.
void shareResources(importers::ImportResult& import, const model::ResourceSet& previous);

/// Whether a State of this import may be served: errors in the text keep it from that; what the spec or the engine
/// refuses is a condition, and serves on.
bool isUsable(const importers::ImportResult& import);

/// Orders problems for people: by file, line, column, code, then object, field and message.
void sortDiagnostics(std::vector<model::Diagnostic>& diagnostics);

/// The control loop: owns the importer, the watcher and (while running) the engine; the one writer of State.
/// Each member but load() only posts to the control thread and returns at once, so that any thread may call it.
/// Observers must not call back into the loop but for current() and stats().
class ControlLoop {
public:
    struct Observers {
        /// A new State is in force. Control thread.
        std::function<void(std::shared_ptr<const State>)> changed;
        /// The input has errors: the last State stays in force. Control thread.
        std::function<void(std::shared_ptr<const State>)> rejected;
        /// Batches of finished requests, on a thread of its own, at most about two hundred a second. Not set: the
        /// engine makes no events.
        std::function<void(std::vector<model::AccessEvent>)> events;
        /// What went wrong without a place in the input (an applied object that could not be saved). Control thread.
        std::function<void(std::string)> trouble;
    };

    ControlLoop(Config config, Observers observers);
    ~ControlLoop(); ///< drains for Config::drainTimeout, then stops; no observer is called afterwards

    /// First import; waits for it and returns the state, which may hold errors. Call once, not on the UI thread.
    std::shared_ptr<const State> load(std::istream* standardInput = nullptr);
    /// First import on the control thread; `changed` follows, also when there are errors. Instead of load().
    void loadLater();
    void startEngine();  ///< applies the current state; `changed` follows with live programming
    void stopEngine();   ///< drains; `changed` follows with the expected programming
    void watch(bool on); ///< follow file changes; call before the first import so that none is missed
    void reapply();      ///< import again now (SIGHUP, F5)
    [[nodiscard]] std::shared_ptr<const State> current() const; ///< any thread; null before the first import
    [[nodiscard]] engine::EngineStats stats() const;            ///< any thread; zeroes while no engine runs

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace gatehouse::control
