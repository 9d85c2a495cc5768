#pragma once

#include "ui/document/comparison.h"
#include "ui/topology/shown_graph.h"

#include <memory>
#include <vector>

namespace gatehouse::ui {

/// What a comparison, or a draft, says of one card or edge.
struct CanvasMark {
    ChangeMark change = ChangeMark::None; ///< Added, Removed or Changed
    bool rerouted = false;                ///< requests that it takes, or took, go elsewhere
    bool ghost = false;                   ///< it is in the base alone, and drawn all the same
    QString text;                         ///< "added", "changed, re-routed", "2 added, 1 removed"; "": no mark
    [[nodiscard]] bool any() const { return !text.isEmpty(); }
    bool operator==(const CanvasMark&) const = default;
};

/// The icon of a mark: of its change, or that of what was re-routed.
ChangeMark iconOf(const CanvasMark& mark);

/// The marks of a topology, by index beside it.
struct CanvasMarks {
    std::vector<CanvasMark> nodes, edges;
    bool ofDraft = false; ///< against what is saved; else against a base that somebody chose
};

/// A topology of what is open and of what the base alone has, with the marks of both.
struct ComparedTopology {
    TopologyIndex topology;
    std::shared_ptr<const CanvasMarks> marks;
};

/// Joins what is open with a comparison's base, or a draft with what is saved. What the base alone has says nothing of
/// health, as it is not there. Pure; deterministic. Thread: any.
ComparedTopology unite(const model::Topology& now, const Comparison& comparison);

/// The marks of what is drawn: a card that stands for several says how many of them are marked.
CanvasMarks marksOf(const ShownGraph& shown, const CanvasMarks& whole);

} // namespace gatehouse::ui
