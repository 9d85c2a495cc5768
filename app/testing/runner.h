#pragma once

#include "app/control/session.h"
#include "app/testing/judge.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace gatehouse::testing {

struct RunOptions {
    unsigned jobs = 1;   ///< tests at once
    bool strict = false; ///< what cannot be judged has failed
    /// Called after each test that was asked, on whichever thread asked it; may be called on several at once.
    std::function<void()> asked = {};
    /// Once it is requested no further test begins: the results of those have no `test`.
    std::stop_token stop = {};
};

using Tests = std::vector<const TestCase*>;

/// Judges tests by the tables alone, without traffic. Results are in the order of `tests`. Thread: any.
std::vector<CaseResult> runModel(const routing::Snapshot& snapshot, const Tests& tests, const RunOptions& options);

/// An engine of the tests' own. Thread: one.
class LiveEngine {
public:
    explicit LiveEngine(control::Config config);
    ~LiveEngine();
    LiveEngine(const LiveEngine&) = delete;
    LiveEngine& operator=(const LiveEngine&) = delete;

    /// Imports; call once. The State may hold errors.
    std::shared_ptr<const control::State> load(std::istream* standardInput);
    /// Listens as `run` does, and returns when all listeners are up. The error says which could not.
    std::string start();
    /// What serves; null before start().
    [[nodiscard]] std::shared_ptr<const control::State> serving() const;
    /// Drains and ends; every access event of its life.
    std::vector<model::AccessEvent> stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Sends the tests' requests to an engine that was started, stops it, and judges by answers and access events.
std::vector<CaseResult> runLive(LiveEngine& engine, const Tests& tests, const RunOptions& options);

/// A gateway elsewhere.
struct Target {
    std::string host;
    std::optional<std::uint16_t> port; ///< nullopt: each test's own
    bool verify = true;                ///< its certificates
    std::string caFile;                ///< PEM; "": the system's
};

/// "http://HOST[:PORT]", or without the scheme; the error says what was expected.
model::Result<Target, std::string> readTarget(const std::string& text);

/// Sends the requests to another gateway, Host and SNI as the tests say. `snapshot` of the same manifests, if there are
/// any, explains what fails; null without.
std::vector<CaseResult> runTarget(const Target& target, const routing::Snapshot* snapshot, const Tests& tests,
                                  const RunOptions& options);

} // namespace gatehouse::testing
