#include "ui/topology/placement.h"

#include <algorithm>
#include <limits>

namespace gatehouse::ui {
namespace {

constexpr double framePadding = 18;
constexpr double frameTitle = 34;

QRectF toRect(const layout::Rect& rect, QPointF origin)
{
    return {rect.x + origin.x(), rect.y + origin.y(), rect.width, rect.height};
}

QPainterPath toPath(const layout::Curve& curve, bool reversed, QPointF origin)
{
    QPainterPath path;
    if (curve.points.size() < 4)
        return path;
    std::vector<layout::Point> points = curve.points;
    if (reversed)
        std::reverse(points.begin(), points.end());
    const auto at = [&](std::size_t i) { return QPointF(points[i].x, points[i].y) + origin; };
    path.moveTo(at(0));
    for (std::size_t i = 1; i + 2 < points.size(); i += 3)
        path.cubicTo(at(i), at(i + 1), at(i + 2));
    return path;
}

QPointF onCubic(const QPointF* p, double t)
{
    const double u = 1 - t;
    return p[0] * (u * u * u) + p[1] * (3 * u * u * t) + p[2] * (3 * u * t * t) + p[3] * (t * t * t);
}

/// The point of the line that is nearest to where the layout kept room for the label. The curve is evaluated here:
/// QPainterPath::pointAtPercent() measures the whole path each time.
QPointF onPath(const QPainterPath& path, QPointF wanted)
{
    QPointF best = path.elementAt(0);
    double bestDistance = std::numeric_limits<double>::infinity();
    constexpr int samples = 16;
    for (int i = 0; i + 3 < path.elementCount(); i += 3) {
        const QPointF cubic[] = {path.elementAt(i), path.elementAt(i + 1), path.elementAt(i + 2),
                                 path.elementAt(i + 3)};
        for (int s = 0; s <= samples; ++s) {
            const QPointF point = onCubic(cubic, double(s) / samples);
            const QPointF away = point - wanted;
            if (const double distance = QPointF::dotProduct(away, away); distance < bestDistance) {
                best = point;
                bestDistance = distance;
            }
        }
    }
    return best;
}

double rowMiddle(const LayoutPlan& plan, std::size_t box, std::size_t row)
{
    const layout::PortRow& port = plan.input.boxes[box].ports[row];
    return port.top + port.height / 2;
}

std::vector<QPointF> strandsOf(const ShownGraph& shown, const LayoutPlan& plan, std::size_t edge,
                               const std::vector<QRectF>& cards)
{
    std::vector<QPointF> strands;
    const model::Topology& topology = shown.index.topology();
    const model::TopologyEdge& drawn = topology.edges[plan.edges[edge]];
    if (drawn.kind != model::EdgeKind::Attachment || plan.input.direction != layout::Direction::LeftRight)
        return strands;
    const auto rows = portRows(topology.nodes[drawn.from], drawn);
    const std::size_t box = plan.input.edges[edge].from;
    for (std::size_t r = 1; r < rows.size(); ++r)
        strands.emplace_back(cards[box].right(), cards[box].top() + rowMiddle(plan, box, rows[r]));
    return strands;
}

} // namespace

EdgeRoute routeBetween(const ShownGraph& shown, const LayoutPlan& plan, std::size_t edge,
                       const std::vector<QRectF>& cards)
{
    const layout::Edge& laid = plan.input.edges[edge];
    const QRectF &from = cards[laid.from], &to = cards[laid.to];
    const bool leftRight = plan.input.direction == layout::Direction::LeftRight;
    QPointF start, end, bend;
    if (leftRight) {
        const double y = laid.fromPort >= 0 ? rowMiddle(plan, laid.from, static_cast<std::size_t>(laid.fromPort))
                                            : from.height() / 2;
        start = QPointF(from.right(), from.top() + y);
        end = QPointF(to.left(), to.center().y());
        bend = QPointF(std::max(40.0, std::abs(end.x() - start.x()) / 2), 0);
    } else {
        start = QPointF(from.center().x(), from.bottom());
        end = QPointF(to.center().x(), to.top());
        bend = QPointF(0, std::max(40.0, std::abs(end.y() - start.y()) / 2));
    }
    EdgeRoute route;
    if (plan.reversed[edge]) {
        route.path.moveTo(end);
        route.path.cubicTo(end - bend, start + bend, start);
    } else {
        route.path.moveTo(start);
        route.path.cubicTo(start + bend, end - bend, end);
    }
    route.labelAt = (start + end) / 2; // the middle of a curve that is the same from both ends
    route.strands = strandsOf(shown, plan, edge, cards);
    return route;
}

QRectF frameAround(const LayoutPlan& plan, std::size_t frame, const std::vector<QRectF>& cards)
{
    QRectF around;
    for (std::size_t n = 0; n < cards.size(); ++n) {
        if (plan.input.boxes[n].cluster == static_cast<std::int32_t>(frame))
            around = around.united(cards[n]);
    }
    return around.adjusted(-framePadding, -framePadding - frameTitle, framePadding, framePadding);
}

Placement place(const PlacementInput& input)
{
    const LayoutPlan& plan = input.plan;
    const auto& nodes = input.shown.index.topology().nodes;
    Placement placement;
    std::vector<bool> moved(plan.nodes.size(), false);
    std::vector<bool> stirred(plan.namespaces.size(), false);
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        placement.cards.push_back(toRect(input.output.boxes[i], input.origin));
        const auto found = input.moved.find(nodes[plan.nodes[i]].key);
        if (found == input.moved.end())
            continue;
        moved[i] = true;
        placement.cards.back().moveTopLeft(found->second);
        if (plan.input.boxes[i].cluster >= 0)
            stirred[static_cast<std::size_t>(plan.input.boxes[i].cluster)] = true;
    }
    for (std::size_t e = 0; e < plan.edges.size(); ++e) {
        const layout::Edge& laid = plan.input.edges[e];
        const layout::Curve& curve = input.output.curves[e];
        if (moved[laid.from] || moved[laid.to]) {
            placement.routes.push_back(routeBetween(input.shown, plan, e, placement.cards));
            continue;
        }
        EdgeRoute route;
        route.path = toPath(curve, plan.reversed[e], input.origin);
        if (!route.path.isEmpty())
            route.labelAt = onPath(route.path, QPointF(curve.label.x, curve.label.y) + input.origin);
        route.strands = strandsOf(input.shown, plan, e, placement.cards);
        placement.routes.push_back(std::move(route));
    }
    placement.content = QRectF(input.origin, QSizeF(input.output.width, input.output.height));
    for (std::size_t f = 0; f < plan.namespaces.size(); ++f) {
        placement.frames.push_back(stirred[f] ? frameAround(plan, f, placement.cards)
                                              : toRect(input.output.clusters[f], input.origin));
        if (stirred[f])
            placement.content = placement.content.united(placement.frames.back());
    }
    for (std::size_t i = 0; i < moved.size(); ++i) {
        if (moved[i])
            placement.content = placement.content.united(placement.cards[i]);
    }
    return placement;
}

} // namespace gatehouse::ui
