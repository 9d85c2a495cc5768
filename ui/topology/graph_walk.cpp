#include "ui/topology/graph_walk.h"

#include <cmath>
#include <limits>

namespace gatehouse::ui {
namespace {

QPointF towards(Step step)
{
    switch (step) {
    case Step::Left:
        return {-1, 0};
    case Step::Right:
        return {1, 0};
    case Step::Up:
        return {0, -1};
    case Step::Down:
        return {0, 1};
    }
    return {};
}

/// How badly `to` continues from `from` in the direction; infinite when it lies on another side. Straying sideways
/// costs more than going far, so that a column is walked card by card.
double cost(const QRectF& from, const QRectF& to, const QPointF& direction)
{
    const QPointF d = to.center() - from.center();
    const double along = d.x() * direction.x() + d.y() * direction.y();
    const double aside = std::abs(d.x() * direction.y()) + std::abs(d.y() * direction.x());
    const double least = direction.x() != 0 ? from.width() / 4 : from.height() / 4;
    return along <= least ? std::numeric_limits<double>::infinity() : along + 3 * aside;
}

} // namespace

std::optional<std::uint32_t> walk(const TopologyIndex& index, const std::vector<QRectF>& places, std::uint32_t node,
                                  Step step)
{
    const QPointF direction = towards(step);
    std::optional<std::uint32_t> best;
    double bestCost = std::numeric_limits<double>::infinity();
    const auto consider = [&](std::uint32_t candidate) {
        if (candidate == node || places[candidate].isEmpty())
            return;
        const double c = cost(places[node], places[candidate], direction);
        if (c < bestCost) {
            best = candidate;
            bestCost = c;
        }
    };
    const bool alongEdges = step == Step::Left || step == Step::Right;
    if (alongEdges) {
        for (const std::uint32_t e : index.incoming(node))
            consider(index.topology().edges[e].from);
        for (const std::uint32_t e : index.outgoing(node))
            consider(index.topology().edges[e].to);
        if (best)
            return best;
    }
    for (std::uint32_t n = 0; n < places.size(); ++n)
        consider(n);
    return best;
}

} // namespace gatehouse::ui
