#include "app/control/lint/lint_state.h"

#include "app/control/codes/codes.h"
#include "app/control/lint/certificate_lint.h"
#include "app/control/lint/ignores.h"
#include "engine/routing/reach/reachability.h"
#include "engine/routing/redirect_loops.h"
#include "model/lint/lint.h"

namespace gatehouse::control {
namespace {

using model::Diagnostic;

void append(std::vector<Diagnostic>& to, std::vector<Diagnostic> more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// One line a lint.
void adviceOn(const State& state, const LintOptions& options, std::vector<Diagnostic>& problems)
{
    append(problems, state.graph->notes);
    append(problems, model::lint(*state.graph));
    append(problems, lintCertificates(*state.graph, options.now));
    append(problems, routing::findRedirectLoops(*state.snapshot));
    append(problems, routing::reachabilityProblems(*state.snapshot));
}

/// False when the user does not want to hear of it; else with the severity that the user gave it.
bool isWanted(Diagnostic& problem, const LintLevels& levels, const Ignores& ignores)
{
    const CodeInfo* info = findCode(problem.code);
    if (info && isFixed(*info))
        return true;
    if (ignores.covers(problem))
        return false;
    const auto level = levels.find(problem.code);
    if (level == levels.end())
        return true;
    switch (level->second) {
    case LintLevel::Error:
        problem.severity = model::Severity::Error;
        break;
    case LintLevel::Warning:
        problem.severity = model::Severity::Warning;
        break;
    case LintLevel::Info:
        problem.severity = model::Severity::Info;
        break;
    case LintLevel::Off:
        return false;
    }
    return true;
}

} // namespace

LintReport lintState(const State& state, const LintOptions& options)
{
    LintReport report;
    report.problems = state.import.diagnostics;
    append(report.problems, state.compileProblems);
    std::vector<Diagnostic> ofAnnotations;
    const Ignores ignores(*state.import.resources, ofAnnotations);
    if (options.advice) {
        adviceOn(state, options, report.problems);
        append(report.problems, std::move(ofAnnotations));
    }
    std::vector<Diagnostic> wanted;
    wanted.reserve(report.problems.size());
    for (Diagnostic& problem : report.problems)
        if (isWanted(problem, options.levels, ignores))
            wanted.push_back(std::move(problem));
    report.suppressed = report.problems.size() - wanted.size();
    report.problems = std::move(wanted);
    sortDiagnostics(report.problems);
    return report;
}

} // namespace gatehouse::control
