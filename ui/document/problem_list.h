#pragma once

#include "model/base/diagnostic.h"
#include "model/topology/topology.h"

#include <QString>

#include <optional>
#include <vector>

namespace gatehouse::ui {

/// One thing that is wrong, with what it jumps to.
struct Problem {
    model::Severity severity = model::Severity::Info;
    QString code, object, text, remedy, place;
    QString line; ///< all of it in one line, as `gatehouse check` prints it
    std::optional<model::ObjectKey> key;
    model::SourceLocation location;
    bool operator==(const Problem& other) const { return line == other.line && remedy == other.remedy; }
};

/// "Error", "Warning", "Info".
QString severityWord(model::Severity severity);

/// What is wrong: `diagnostics`, conditions that are not as they should be, refused attachments, listeners that could
/// not be opened; each fault once, the worst first. Pure. Thread: UI, as its texts are translated.
std::vector<Problem> problemList(const model::Topology& topology, const std::vector<model::Diagnostic>& diagnostics);

} // namespace gatehouse::ui
