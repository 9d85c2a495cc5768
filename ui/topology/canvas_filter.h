#pragma once

#include "ui/document/topology_index.h"
#include "ui/topology/canvas_marks.h"

#include <set>
#include <string>
#include <vector>

namespace gatehouse::ui {

/// What an attachment is, as a filter asks for it.
enum class LinkKind : std::uint8_t { OneToOne, OneToMany, ManyToOne, ManyToMany, Refused };

/// Which part of a topology the canvas shows. An empty set asks for nothing in particular.
struct CanvasFilter {
    std::set<std::string> kinds; ///< "Gateway", "HTTPRoute", "Service"
    std::set<std::string> namespaces;
    std::set<std::string> protocols; ///< of listeners: "HTTP"; routes and backends follow their listeners
    std::set<model::Health> healths;
    std::set<LinkKind> links;  ///< attachments of these kinds with their ends, and the backends behind
    bool problemsOnly = false; ///< what is not well or refused, with what it is directly connected with
    bool changesOnly = false;  ///< while comparing: what is marked, with what it is directly connected with

    [[nodiscard]] bool active() const;
    bool operator==(const CanvasFilter&) const = default;
};

struct FilterMarks {
    std::vector<bool> nodes, edges; ///< a mark for each that is shown
};

/// What there is to ask for in a topology, sorted.
struct FilterChoices {
    std::set<std::string> kinds, namespaces, protocols;
    std::set<model::Health> healths;
    std::set<LinkKind> links;
    bool operator==(const FilterChoices&) const = default;
};

/// `comparison`: the marks of the index' topology; null while nothing is compared. Thread: any; pure.
FilterMarks applyFilter(const TopologyIndex& index, const CanvasFilter& filter,
                        const CanvasMarks* comparison = nullptr);
FilterChoices filterChoices(const model::Topology& topology);
/// Of an attachment; nothing for other edges.
std::optional<LinkKind> linkKind(const model::TopologyEdge& edge);

} // namespace gatehouse::ui
