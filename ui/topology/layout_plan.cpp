#include "ui/topology/layout_plan.h"

#include "ui/document/words.h"
#include "ui/topology/edge_traffic.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <map>

namespace gatehouse::ui {

using model::EdgeKind;
using model::NodeKind;

namespace {

constexpr double mostHintWidth = 300;
/// Widths that follow texts go by steps, so that a letter more or a count of two digits moves nothing.
constexpr double cardStep = 32, frameStep = 24;

double inSteps(double width, double step)
{
    return std::ceil(width / step) * step;
}

/// More folded namespaces than this are no column, but a picture of a window's shape.
constexpr std::ptrdiff_t mostSpacesInAColumn = 12;

/// As wide as traffic that is well says itself.
QString usualTraffic()
{
    TrafficNumbers numbers;
    numbers.rate = 9'999;
    numbers.p95 = 99;
    return trafficText(numbers);
}

} // namespace

QString relationMark(model::Relation relation)
{
    switch (relation) {
    case model::Relation::OneToOne:
        return QStringLiteral("1:1");
    case model::Relation::OneToMany:
        return QStringLiteral("1:n");
    case model::Relation::ManyToOne:
        return QStringLiteral("n:1");
    case model::Relation::ManyToMany:
        return QStringLiteral("n:n");
    }
    return {};
}

EdgeLabel edgeLabel(const model::TopologyEdge& edge, const CanvasFonts& fonts)
{
    EdgeLabel label;
    label.refused = edge.rejected;
    label.granted = !edge.grants.empty() && !edge.rejected;
    if (edge.rejected)
        label.text = QString::fromStdString(edge.reason.empty() ? edge.label : edge.reason);
    else if (edge.relation)
        label.text = relationMark(*edge.relation);
    else
        label.text = QString::fromStdString(edge.label);
    if (label.text.isEmpty() && label.granted)
        label.text = QCoreApplication::translate("edge", "granted");
    if (label.text.isEmpty())
        return label;
    double width =
        QFontMetricsF(fonts.badge).horizontalAdvance(label.text) + 16 + (label.refused || label.granted ? 17 : 0);
    double height = 20;
    if (const QString hint = briefHint(edge); !hint.isEmpty()) {
        const QFontMetricsF metrics(fonts.small);
        label.hint = metrics.elidedText(hint, Qt::ElideRight, mostHintWidth);
        width = std::max(width, metrics.horizontalAdvance(label.hint) + 24);
        height += 15;
    }
    label.size = QSizeF(std::max(width, 30.0), height);
    return label;
}

std::vector<std::size_t> portRows(const model::TopologyNode& gateway, const model::TopologyEdge& edge)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < gateway.ports.size(); ++i) {
        const auto& name = gateway.ports[i].name;
        if (std::find(edge.listeners.begin(), edge.listeners.end(), name) != edge.listeners.end())
            rows.push_back(i);
    }
    return rows;
}

namespace {

std::uint32_t columnOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Gateway:
    case NodeKind::ListenerSet:
        return 0;
    case NodeKind::Route:
        return 1;
    case NodeKind::Backend:
    case NodeKind::Policy:
    case NodeKind::Other:
        return 2;
    }
    return 2;
}

} // namespace

namespace {

bool isSpace(const ShownGraph& shown, std::uint32_t node)
{
    return shown.groups[node] && shown.groups[node]->role == GroupRole::Namespace;
}

QString counted(std::uint32_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(count);
}

class Planner {
public:
    Planner(const ShownGraph& shown, const LocalTargets* targets, const CanvasFonts& fonts, bool trafficRoom)
        : shown_(shown), topology_(shown.index.topology()), targets_(targets), fonts_(fonts), trafficRoom_(trafficRoom)
    {
        const auto spaces = std::count_if(shown.groups.begin(), shown.groups.end(), [](const auto& group) {
            return group && group->role == GroupRole::Namespace;
        });
        spread_ = spaces > mostSpacesInAColumn;
    }

    LayoutPlan plan(layout::Direction direction) &&
    {
        plan_.input.direction = direction;
        measure();
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n)
            addBox(n);
        for (std::uint32_t e = 0; e < topology_.edges.size(); ++e)
            addEdge(e);
        return std::move(plan_);
    }

private:
    /// Cards of a kind are equally wide, so that columns have straight edges.
    void measure()
    {
        std::map<std::pair<NodeKind, bool>, double> widths;
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
            plan_.geometry.push_back(measureCard(topology_.nodes[n], extrasOf(shown_, n, targets_), fonts_));
            double& width = widths[{topology_.nodes[n].kind, isSpace(shown_, n)}];
            width = std::max(width, plan_.geometry.back().size.width());
        }
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n)
            plan_.geometry[n].size.setWidth(inSteps(widths[{topology_.nodes[n].kind, isSpace(shown_, n)}], cardStep));
    }

    std::int32_t clusterOf(const std::string& ns)
    {
        const auto [found, added] = clusters_.emplace(ns, static_cast<std::int32_t>(clusters_.size()));
        if (added) {
            const auto facts = shown_.namespaces.find(ns);
            const QFontMetricsF small(fonts_.small);
            double width = 74;
            if (facts != shown_.namespaces.end()) {
                width += small.horizontalAdvance(factsText(facts->second));
                if (const QString owner = ownerText(facts->second); !owner.isEmpty())
                    width += small.horizontalAdvance(owner) + frameOwnerRoom;
            }
            plan_.namespaces.push_back(ns);
            width += QFontMetricsF(fonts_.frame).horizontalAdvance(QString::fromStdString(ns));
            plan_.input.clusters.push_back({inSteps(width, frameStep), 24});
        }
        return found->second;
    }

    void addBox(std::uint32_t n)
    {
        const model::TopologyNode& node = topology_.nodes[n];
        layout::Box box;
        const CardGeometry& geometry = plan_.geometry[n];
        box.width = geometry.size.width();
        box.height = geometry.size.height();
        box.ports = geometry.ports;
        box.column = columnOf(node.kind);
        if (isSpace(shown_, n)) {
            box.column = 1;
            box.spread = spread_;
        }
        if (const std::string& ns = node.key.name.namespace_; !ns.empty())
            box.cluster = clusterOf(ns);
        plan_.input.boxes.push_back(std::move(box));
        plan_.nodes.push_back(n);
    }

    void addEdge(std::uint32_t e)
    {
        const model::TopologyEdge& edge = topology_.edges[e];
        if (edge.from == edge.to)
            return;
        // A policy of a backend stands behind it: in front it would push the backend out of its column.
        const bool reverse = edge.kind == EdgeKind::Policy && topology_.nodes[edge.to].kind == NodeKind::Backend;
        layout::Edge laid;
        laid.from = reverse ? edge.to : edge.from;
        laid.to = reverse ? edge.from : edge.to;
        // Folded namespaces lead to each other in circles: that is no order to stand in.
        laid.loose = isSpace(shown_, edge.from) || (isSpace(shown_, edge.to) && edge.kind != EdgeKind::Attachment);
        if (edge.kind == EdgeKind::Attachment) {
            if (const auto rows = portRows(topology_.nodes[edge.from], edge); !rows.empty())
                laid.fromPort = static_cast<std::int32_t>(rows.front());
        }
        const bool plain = topology_.edges.size() > mostEdgeItems && !edge.rejected;
        const EdgeLabel label = plain ? EdgeLabel() : edgeLabel(edge, fonts_);
        QSizeF room = label.size.isEmpty() ? QSizeF() : label.size + QSizeF(16, 4);
        if (trafficRoom_ && !plain && !edge.rejected && edge.kind != EdgeKind::Policy) {
            // The pill lies below the label; as much above keeps the label on the line.
            const QSizeF pill = trafficPillSize(usualTraffic(), fonts_);
            room = {std::max(room.width(), pill.width() + 16),
                    room.isEmpty() ? pill.height() + 4 : room.height() + 2 * pill.height()};
        }
        if (!room.isEmpty()) {
            laid.labelWidth = room.width();
            laid.labelHeight = room.height();
        }
        plan_.input.edges.push_back(laid);
        plan_.edges.push_back(e);
        plan_.reversed.push_back(reverse);
    }

    const ShownGraph& shown_;
    const model::Topology& topology_;
    const LocalTargets* targets_;
    const CanvasFonts& fonts_;
    const bool trafficRoom_;
    bool spread_ = false; ///< folded namespaces stand in rows
    LayoutPlan plan_;
    std::map<std::string, std::int32_t> clusters_;
};

} // namespace

CardExtras extrasOf(const ShownGraph& shown, std::uint32_t node, const LocalTargets* targets)
{
    CardExtras extras;
    if (shown.groups[node])
        extras.group = &*shown.groups[node];
    else if (targets) {
        const auto found = targets->find(shown.index.topology().nodes[node].key);
        if (found != targets->end())
            extras.target = &found->second;
    }
    return extras;
}

QString factsText(const NamespaceFacts& facts)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("facts", text); };
    QStringList parts;
    if (facts.gateways > 0)
        parts << counted(facts.gateways, tr("1 Gateway"), tr("%1 Gateways"));
    if (facts.routes > 0)
        parts << counted(facts.routes, tr("1 route"), tr("%1 routes"));
    if (facts.backends > 0)
        parts << counted(facts.backends, tr("1 backend"), tr("%1 backends"));
    if (facts.policies > 0)
        parts << counted(facts.policies, tr("1 policy"), tr("%1 policies"));
    if (facts.grants > 0)
        parts << counted(facts.grants, tr("1 grant"), tr("%1 grants"));
    if (facts.others > 0)
        parts << counted(facts.others, tr("1 other"), tr("%1 others"));
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString ownerText(const NamespaceFacts& facts)
{
    return QString::fromStdString(facts.owner.name);
}

LayoutPlan planLayout(const ShownGraph& shown, const LocalTargets* targets, const CanvasFonts& fonts,
                      layout::Direction direction, bool trafficRoom)
{
    return Planner(shown, targets, fonts, trafficRoom).plan(direction);
}

} // namespace gatehouse::ui
