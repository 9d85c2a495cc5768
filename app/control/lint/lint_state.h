#pragma once

#include "app/control/lint/severities.h"
#include "app/control/session.h"

#include <chrono>
#include <vector>

namespace gatehouse::control {

struct LintOptions {
    /// False: only what is wrong with the input and what compiling it said; the Gateway API's verdicts and all advice
    /// are left out.
    bool advice = true;
    LintLevels levels;
    std::chrono::system_clock::time_point now =
        std::chrono::system_clock::now(); ///< what certificates are held against
};

struct LintReport {
    std::vector<model::Diagnostic> problems; ///< in order of file, line, column and code
    std::size_t suppressed = 0;              ///< left out by a level `off` or an object's annotation
};

/// Everything that can be said of a State without traffic: what the import said, what resolve() noted, and all lints
/// (model::lint, certificates, redirects), as the user wants to hear it. On demand: neither `run` nor the control loop
/// calls it. A further lint adds its diagnostics in adviceOn(). Errors: none. Cost: about that of building the State.
/// Thread: any; reads only.
LintReport lintState(const State& state, const LintOptions& options);

} // namespace gatehouse::control
