// Comparing on the canvas. What is drawn is one topology: everything that is open, and what only the base has, so that
// layout, folding, filters, selection and keyboard treat all of it alike. Beside it lie the marks.

#include "ui/topology/canvas_marks.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace gatehouse::ui {

using model::ObjectKey;
using model::Topology;
using model::TopologyEdge;
using model::TopologyNode;

namespace {

QString textOf(const CanvasMark& mark)
{
    QStringList parts;
    if (mark.change != ChangeMark::None)
        parts << words(mark.change);
    if (mark.rerouted)
        parts << words(ChangeMark::Rerouted);
    return parts.join(QStringLiteral(", "));
}

bool stands(const TopologyNode& a, const TopologyNode& b)
{
    return std::tie(a.kind, a.key) < std::tie(b.kind, b.key);
}

/// Edges by what they connect; several between the same ends in their order.
struct EdgeName {
    model::EdgeKind kind;
    ObjectKey from, to;
    int ordinal = 0;
    auto operator<=>(const EdgeName&) const = default;
};

std::map<EdgeName, const TopologyEdge*> edgesOf(const Topology& topology)
{
    std::map<EdgeName, const TopologyEdge*> edges;
    for (const TopologyEdge& edge : topology.edges) {
        EdgeName name{edge.kind, topology.nodes[edge.from].key, topology.nodes[edge.to].key};
        while (edges.contains(name))
            ++name.ordinal;
        edges.emplace(std::move(name), &edge);
    }
    return edges;
}

bool sameEdge(const TopologyEdge& a, const TopologyEdge& b)
{
    // The relation follows from what others are attached to: it is no change of this edge.
    return a.rejected == b.rejected && a.reason == b.reason && a.listeners == b.listeners && a.rules == b.rules &&
           (a.relation.has_value() || a.label == b.label);
}

class Uniting {
public:
    Uniting(const Topology& now, const Comparison& comparison)
        : now_(now), base_(comparison.topology ? *comparison.topology : none()), comparison_(comparison)
    {
        marks_.ofDraft = comparison.base.isEmpty();
    }

    ComparedTopology unite() &&
    {
        addNodes();
        markObjects();
        addEdges();
        std::set<std::string> namespaces(now_.namespaces.begin(), now_.namespaces.end());
        namespaces.insert(base_.namespaces.begin(), base_.namespaces.end());
        both_.namespaces.assign(namespaces.begin(), namespaces.end());
        both_.owners = now_.owners;
        both_.owners.insert(base_.owners.begin(), base_.owners.end());
        both_.grants = now_.grants;
        for (CanvasMark& mark : marks_.nodes)
            mark.text = textOf(mark);
        return {TopologyIndex(std::make_shared<const Topology>(std::move(both_))),
                std::make_shared<const CanvasMarks>(std::move(marks_))};
    }

private:
    static const Topology& none()
    {
        static const Topology empty;
        return empty;
    }

    /// In the order that a projection has: by kind, then by key. What is open keeps its own order.
    void addNodes()
    {
        std::set<ObjectKey> here, there;
        for (const TopologyNode& node : now_.nodes)
            here.insert(node.key);
        for (const TopologyNode& node : base_.nodes)
            there.insert(node.key);
        std::vector<TopologyNode> ghosts;
        for (const TopologyNode& node : base_.nodes) {
            if (!here.contains(node.key))
                ghosts.push_back(ghostOf(node));
        }
        std::stable_sort(ghosts.begin(), ghosts.end(), stands);
        auto ghost = ghosts.begin();
        for (const TopologyNode& node : now_.nodes) {
            for (; ghost != ghosts.end() && stands(*ghost, node); ++ghost)
                add(*ghost, {ChangeMark::Removed, false, true, {}});
            add(node, {there.contains(node.key) ? ChangeMark::None : ChangeMark::Added, false, false, {}});
        }
        for (; ghost != ghosts.end(); ++ghost)
            add(*ghost, {ChangeMark::Removed, false, true, {}});
    }

    TopologyNode ghostOf(TopologyNode node) const
    {
        node.health = model::Health::Unknown;
        node.healthText =
            (marks_.ofDraft ? QCoreApplication::translate("comparison", "removed: what is saved still has it")
                            : QCoreApplication::translate("comparison", "removed: only the base has it"))
                .toStdString();
        node.conditions.clear();
        for (model::TopologyPort& port : node.ports) {
            port.health = model::Health::Unknown;
            port.conditions.clear();
            port.localPort = 0;
            port.url.clear();
        }
        return node;
    }

    void add(const TopologyNode& node, CanvasMark mark)
    {
        index_.emplace(node.key, static_cast<std::uint32_t>(both_.nodes.size()));
        both_.nodes.push_back(node);
        marks_.nodes.push_back(std::move(mark));
    }

    CanvasMark* markOf(const std::optional<ObjectKey>& key)
    {
        const auto found = key ? index_.find(*key) : index_.end();
        return found == index_.end() ? nullptr : &marks_.nodes[found->second];
    }

    void markObjects()
    {
        for (const auto* changes : {&comparison_.objects, &comparison_.conditions}) {
            for (const Change& change : *changes) {
                // A Service that came is an object more, also where a route had named it before.
                CanvasMark* mark = markOf(change.key);
                if (mark && mark->change == ChangeMark::None)
                    mark->change = change.mark;
            }
        }
        for (const Change& change : comparison_.behaviour) {
            if (change.mark != ChangeMark::Rerouted)
                continue;
            if (CanvasMark* mark = markOf(change.key))
                mark->rerouted = true;
            for (const Change& part : change.parts) {
                if (CanvasMark* mark = markOf(part.key))
                    mark->rerouted = true;
            }
        }
    }

    void addEdges()
    {
        const auto before = edgesOf(base_), after = edgesOf(now_);
        for (const auto& [name, edge] : after) {
            const auto was = before.find(name);
            CanvasMark mark;
            if (was == before.end())
                mark.change = ChangeMark::Added;
            else if (!sameEdge(*was->second, *edge))
                mark.change = ChangeMark::Changed;
            addEdge(name, *edge, mark);
        }
        for (const auto& [name, edge] : before) {
            if (!after.contains(name))
                addEdge(name, *edge, {ChangeMark::Removed, false, true, {}});
        }
    }

    void addEdge(const EdgeName& name, TopologyEdge edge, CanvasMark mark)
    {
        edge.from = index_.at(name.from);
        edge.to = index_.at(name.to);
        mark.text = textOf(mark);
        both_.edges.push_back(std::move(edge));
        marks_.edges.push_back(std::move(mark));
    }

    const Topology& now_;
    const Topology& base_;
    const Comparison& comparison_;
    Topology both_;
    CanvasMarks marks_;
    std::map<ObjectKey, std::uint32_t> index_;
};

/// What several marks come to.
class Tally {
public:
    void add(const CanvasMark& mark)
    {
        ++all_;
        ghosts_ += mark.ghost ? 1 : 0;
        ++changes_[static_cast<std::size_t>(mark.change)];
        rerouted_ += mark.rerouted ? 1 : 0;
        last_ = mark;
    }

    [[nodiscard]] CanvasMark sum() const
    {
        if (all_ <= 1)
            return last_;
        CanvasMark mark;
        mark.ghost = ghosts_ == all_;
        mark.rerouted = rerouted_ > 0;
        QStringList parts;
        for (const ChangeMark change : {ChangeMark::Added, ChangeMark::Removed, ChangeMark::Changed}) {
            const std::size_t number = changes_[static_cast<std::size_t>(change)];
            if (number == 0)
                continue;
            mark.change = number == all_ ? change : ChangeMark::Changed;
            parts << QStringLiteral("%1 %2").arg(number).arg(words(change));
        }
        if (rerouted_ > 0)
            parts << QStringLiteral("%1 %2").arg(rerouted_).arg(words(ChangeMark::Rerouted));
        mark.text = parts.join(QStringLiteral(", "));
        return mark;
    }

private:
    std::size_t all_ = 0, ghosts_ = 0, rerouted_ = 0;
    std::array<std::size_t, 5> changes_{};
    CanvasMark last_;
};

std::vector<CanvasMark> sumUp(const std::vector<std::int32_t>& shownOf, const std::vector<CanvasMark>& whole,
                              std::size_t shown)
{
    std::vector<Tally> tallies(shown);
    for (std::size_t i = 0; i < whole.size() && i < shownOf.size(); ++i) {
        if (shownOf[i] >= 0)
            tallies[static_cast<std::size_t>(shownOf[i])].add(whole[i]);
    }
    std::vector<CanvasMark> marks;
    for (const Tally& tally : tallies)
        marks.push_back(tally.sum());
    return marks;
}

} // namespace

ChangeMark iconOf(const CanvasMark& mark)
{
    return mark.change == ChangeMark::None || (mark.change == ChangeMark::Changed && mark.rerouted)
               ? (mark.rerouted ? ChangeMark::Rerouted : ChangeMark::None)
               : mark.change;
}

ComparedTopology unite(const Topology& now, const Comparison& comparison)
{
    return Uniting(now, comparison).unite();
}

CanvasMarks marksOf(const ShownGraph& shown, const CanvasMarks& whole)
{
    const Topology& drawn = shown.index.topology();
    return {sumUp(shown.shownOf, whole.nodes, drawn.nodes.size()),
            sumUp(shown.shownEdges, whole.edges, drawn.edges.size()), whole.ofDraft};
}

} // namespace gatehouse::ui
