#include "app/cli/output/diagnostics.h"

#include "app/cli/output/words.h"
#include "app/control/session.h"

#include <algorithm>
#include <cstdio>

namespace gatehouse::cli {

using model::Diagnostic;
using model::Severity;
using model::Value;

std::string problemLine(const Diagnostic& problem, const Style& style)
{
    std::string line = toString(problem);
    if (!style.colour)
        return line;
    const std::string severity(toString(problem.severity));
    const std::string location = toString(problem.location);
    const std::size_t start = location.empty() ? 0 : location.size() + 2;
    const std::string painted = problem.severity == Severity::Error     ? style.red(severity)
                                : problem.severity == Severity::Warning ? style.yellow(severity)
                                                                        : style.dim(severity);
    return line.replace(start, severity.size(), painted);
}

std::string countProblems(const std::vector<Diagnostic>& problems)
{
    const auto count = [&](Severity severity) {
        return static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(),
                                                      [&](const Diagnostic& d) { return d.severity == severity; }));
    };
    std::vector<std::string> parts;
    if (const auto n = count(Severity::Error))
        parts.push_back(counted(n, "error"));
    if (const auto n = count(Severity::Warning))
        parts.push_back(counted(n, "warning"));
    if (parts.empty())
        parts.emplace_back("no problems");
    if (const auto n = count(Severity::Info))
        parts.push_back(counted(n, "note"));
    return join(parts, ", ");
}

std::string describeImport(const control::State& state)
{
    char times[160];
    std::snprintf(times, sizeof times, "import %.1f ms, resolve %.1f ms, compile %.1f ms", state.importMs,
                  state.resolveMs, state.compileMs);
    std::string text = counted(state.import.objects, "object") + " from " + counted(state.import.files.size(), "file");
    if (state.import.skippedKinds > 0)
        text += ", " + counted(state.import.skippedKinds, "object") + " of kinds that are not read";
    return text + "; " + times;
}

Value problemsToValue(const std::vector<Diagnostic>& problems)
{
    Value list = Value::array();
    for (const Diagnostic& problem : problems) {
        Value& row = list.push(Value::object());
        row.set("severity", toString(problem.severity));
        row.set("code", problem.code);
        if (problem.location.file)
            row.set("file", *problem.location.file);
        if (problem.location.position.known()) {
            row.set("line", static_cast<std::int64_t>(problem.location.position.line));
            row.set("column", static_cast<std::int64_t>(problem.location.position.column));
        }
        if (problem.object) {
            row.set("kind", problem.object->kind);
            if (!problem.object->name.namespace_.empty())
                row.set("namespace", problem.object->name.namespace_);
            row.set("name", problem.object->name.name);
        }
        if (!problem.fieldPath.empty())
            row.set("field", problem.fieldPath);
        row.set("message", problem.message);
        if (!problem.expected.empty())
            row.set("expected", problem.expected);
        if (!problem.remedy.empty())
            row.set("remedy", problem.remedy);
    }
    return list;
}

} // namespace gatehouse::cli
