#include "ui/topology/overview.h"

#include <algorithm>
#include <array>

namespace gatehouse::ui {
namespace {

Overview::Line lineOf(const model::TopologyEdge& edge)
{
    if (edge.rejected)
        return Overview::Line::Refused;
    if (edge.kind == model::EdgeKind::Policy)
        return Overview::Line::Policy;
    return edge.crossNamespace ? Overview::Line::Across : Overview::Line::Plain;
}

QColor colorOf(Overview::Line line, const Theme& theme)
{
    switch (line) {
    case Overview::Line::Plain:
        return theme.edge;
    case Overview::Line::Across:
        return theme.edgeCross;
    case Overview::Line::Policy:
        return theme.policy;
    case Overview::Line::Refused:
        return theme.bad;
    }
    return theme.edge;
}

void paintCards(QPainter& painter, const Overview& overview, const Theme& theme, const QRectF& exposed)
{
    constexpr std::size_t kinds = 6;
    std::array<QVector<QRectF>, kinds> well;
    QVector<QRectF> warning, bad;
    std::array<QVector<QRectF>, 5> marked; ///< by ChangeMark
    for (const Overview::Card& card : overview.cards) {
        if (!card.rect.intersects(exposed))
            continue;
        if (card.mark != ChangeMark::None) // while comparing, that is what is looked for
            marked[static_cast<std::size_t>(card.mark)].append(card.rect);
        else if (card.health == model::Health::Bad)
            bad.append(card.rect);
        else if (card.health == model::Health::Warning)
            warning.append(card.rect);
        else
            well[static_cast<std::size_t>(card.kind)].append(card.rect);
    }
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        const QColor color = theme.of(static_cast<model::NodeKind>(kind));
        painter.setPen(QPen(mixed(color, theme.card, 0.6), 0));
        painter.setBrush(mixed(color, theme.card, 0.25));
        painter.drawRects(well[kind]);
    }
    for (std::size_t mark = 0; mark < marked.size(); ++mark) {
        const QColor color = theme.of(static_cast<ChangeMark>(mark));
        painter.setPen(QPen(color, 0));
        painter.setBrush(mixed(color, theme.card, 0.7));
        painter.drawRects(marked[mark]);
    }
    painter.setPen(QPen(theme.warning, 0));
    painter.setBrush(mixed(theme.warning, theme.card, 0.6));
    painter.drawRects(warning);
    painter.setPen(QPen(theme.bad, 0));
    painter.setBrush(mixed(theme.bad, theme.card, 0.7));
    painter.drawRects(bad);
}

/// As large as the frames allow, so that the names can be read from afar.
void paintNames(QPainter& painter, const Overview& overview, const Theme& theme, const QRectF& exposed)
{
    const double scale = painter.worldTransform().m11();
    const QTransform transform = painter.worldTransform();
    painter.save();
    painter.resetTransform();
    QFont font = interfaceFont();
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.text);
    for (const Overview::Frame& frame : overview.frames) {
        if (!frame.rect.intersects(exposed) || frame.rect.width() * scale < 40)
            continue;
        const QRectF on = transform.mapRect(frame.rect);
        painter.drawText(QRectF(on.left() + 4, on.top() + 1, on.width() - 8, 16),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, frame.name);
    }
    painter.restore();
}

} // namespace

Overview overviewOf(const Picture& picture)
{
    Overview overview;
    const model::Topology& topology = picture.shown->index.topology();
    const LayoutPlan& plan = *picture.plan;
    for (std::size_t i = 0; i < plan.namespaces.size(); ++i)
        overview.frames.push_back({picture.placement.frames[i], QString::fromStdString(plan.namespaces[i])});
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const model::TopologyNode& node = topology.nodes[plan.nodes[i]];
        const ChangeMark mark = picture.marks ? iconOf(picture.marks->nodes[plan.nodes[i]]) : ChangeMark::None;
        overview.cards.push_back({picture.placement.cards[i], node.kind, node.health, mark});
    }
    for (std::size_t i = 0; i < plan.edges.size(); ++i) {
        const QPainterPath& path = picture.placement.routes[i].path;
        if (path.isEmpty())
            continue;
        const auto kind = static_cast<std::size_t>(lineOf(topology.edges[plan.edges[i]]));
        overview.lines[kind].emplace_back(QPointF(path.elementAt(0)), path.currentPosition());
    }
    overview.content = picture.placement.content;
    return overview;
}

void paintLines(QPainter& painter, const Overview& overview, const Theme& theme, const QRectF& exposed,
                LineChoice choice)
{
    QVector<QLineF> visible;
    for (std::size_t kind = 0; kind < Overview::lineKinds; ++kind) {
        visible.clear();
        for (const QLineF& line : overview.lines[kind]) {
            const bool crosses =
                std::max(line.x1(), line.x2()) >= exposed.left() && std::min(line.x1(), line.x2()) <= exposed.right() &&
                std::max(line.y1(), line.y2()) >= exposed.top() && std::min(line.y1(), line.y2()) <= exposed.bottom();
            const bool inView =
                choice == LineChoice::Crossing ? crosses : exposed.contains(line.p1()) || exposed.contains(line.p2());
            if (inView)
                visible.append(line);
        }
        QColor color = colorOf(static_cast<Overview::Line>(kind), theme);
        if (kind != static_cast<std::size_t>(Overview::Line::Refused))
            color = mixed(color, theme.frame, 0.55);
        painter.setPen(QPen(color, 0)); // one pixel, whatever the zoom
        painter.drawLines(visible);
    }
}

void paintOverview(QPainter& painter, const Overview& overview, const Theme& theme, const QRectF& exposed, bool names)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme.frameBorder, 0));
    painter.setBrush(theme.frame);
    for (const Overview::Frame& frame : overview.frames) {
        if (frame.rect.intersects(exposed))
            painter.drawRect(frame.rect);
    }
    paintLines(painter, overview, theme, exposed, LineChoice::Crossing);
    paintCards(painter, overview, theme, exposed);
    if (names)
        paintNames(painter, overview, theme, exposed);
}

} // namespace gatehouse::ui
