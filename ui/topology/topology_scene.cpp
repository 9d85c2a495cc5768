#include "ui/topology/topology_scene.h"

#include <QLineF>
#include <QPainterPath>

#include <algorithm>
#include <set>

namespace gatehouse::ui {

using model::ObjectKey;

TopologyScene::TopologyScene(QObject* parent) : QGraphicsScene(parent)
{
    // The canvas moves all items at once on reload; the index would be rebuilt each time for nothing.
    setItemIndexMethod(NoIndex);
    connect(&runner_, &LayoutRunner::finished, this, &TopologyScene::layoutReady);
    connect(&runner_, &LayoutRunner::failed, this, [this](std::uint64_t generation, const QString& why) {
        if (!pending_ || pending_->generation != generation)
            return;
        pending_.reset();
        emit arrangingChanged(false);
        emit arrangeFailed(why);
    });
    connect(this, &QGraphicsScene::selectionChanged, this, &TopologyScene::itemSelectionChanged);
}

TopologyScene::~TopologyScene()
{
    // The base still signals while it clears itself, when this object's slots are gone.
    disconnect(this, nullptr, this, nullptr);
    // Edges own their labels: they go before the scene deletes what is left, in no order that we know.
    for (auto& [key, edge] : edges_)
        delete edge;
}

void TopologyScene::setTopology(std::shared_ptr<const model::Topology> topology)
{
    const bool first = nodes_.empty();
    index_ = TopologyIndex(std::move(topology));
    bool other = first;
    if (focus_ && !index_.find(*focus_)) {
        focus_.reset();
        other = true;
        emit focusMoved(focus_);
    }
    arrange(other);
}

void TopologyScene::setTheme(const Theme& theme)
{
    style_.theme = theme;
    for (auto& [key, node] : nodes_)
        node->restyle();
    for (auto& [key, edge] : edges_)
        edge->restyle();
    update();
}

void TopologyScene::setDirection(layout::Direction direction)
{
    if (direction == direction_)
        return;
    direction_ = direction;
    arrange(true);
}

void TopologyScene::arrange(bool other)
{
    std::vector<bool> visible;
    if (focus_)
        visible = index_.connected(*index_.find(*focus_));
    LayoutPlan plan = planLayout(index_, visible, style_.fonts, direction_);
    if (pending_)
        other = other || pending_->other;
    if (drawnOutput_ && plan.input == drawnInput_) {
        // Texts or health changed, but no size: what is drawn stays where it is.
        const bool wasArranging = pending_.has_value();
        pending_.reset();
        apply(index_, plan, *drawnOutput_);
        if (wasArranging)
            emit arrangingChanged(false);
        emit arranged(other);
        return;
    }
    const bool wasArranging = pending_.has_value();
    const layout::Input input = plan.input;
    pending_.emplace(Pending{0, std::make_shared<const TopologyIndex>(index_), std::move(plan), other});
    pending_->generation = runner_.request(input);
    if (!wasArranging)
        emit arrangingChanged(true);
}

void TopologyScene::layoutReady(std::uint64_t generation, const std::shared_ptr<const layout::Output>& output)
{
    if (!pending_ || pending_->generation != generation)
        return;
    const Pending done = *std::move(pending_);
    pending_.reset();
    drawnInput_ = done.plan.input;
    drawnOutput_ = output;
    apply(*done.index, done.plan, *output);
    emit arrangingChanged(false);
    emit arranged(done.other);
}

void TopologyScene::apply(const TopologyIndex& index, const LayoutPlan& plan, const layout::Output& output)
{
    syncing_ = true;
    syncNamespaces(plan, output);
    syncNodes(index, plan, output);
    syncEdges(index, plan, output);
    const QRectF page(0, 0, output.width, output.height);
    content_ = page.adjusted(-24, -24, 24, 24);
    // Room to pan beyond the edges, as in any editor.
    setSceneRect(content_.adjusted(-600, -600, 600, 600));
    syncing_ = false;

    if (selected_ && !index_.find(*selected_)) {
        selected_.reset();
        emit selectionMoved(selected_);
    } else if (selected_) {
        if (NodeItem* item = nodeItem(*selected_)) {
            syncing_ = true;
            item->setSelected(true);
            syncing_ = false;
        }
        emit selectionMoved(selected_); // the same object, perhaps with another health
    }
    highlight();
}

void TopologyScene::syncNamespaces(const LayoutPlan& plan, const layout::Output& output)
{
    std::map<std::string, NamespaceItem*> kept;
    for (std::size_t i = 0; i < plan.namespaces.size(); ++i) {
        const std::string& name = plan.namespaces[i];
        NamespaceItem* item = nullptr;
        if (auto found = namespaces_.extract(name)) {
            item = found.mapped();
        } else {
            item = new NamespaceItem(QString::fromStdString(name), style_);
            addItem(item);
        }
        const layout::Rect& rect = output.clusters[i];
        item->sync(QRectF(rect.x, rect.y, rect.width, rect.height));
        kept.emplace(name, item);
    }
    for (auto& [name, item] : namespaces_)
        delete item;
    namespaces_ = std::move(kept);
}

NodeItem* TopologyScene::makeNode(const ObjectKey& key)
{
    auto* item = new NodeItem(key, style_);
    addItem(item);
    connect(
        item, &NodeItem::activated, this, [this, key] { focusOn(key); }, Qt::QueuedConnection);
    connect(item, &NodeItem::hovered, this, [this, key](bool inside) {
        if (inside)
            hovered_ = key;
        else if (hovered_ == key)
            hovered_.reset();
        highlight();
    });
    return item;
}

void TopologyScene::syncNodes(const TopologyIndex& index, const LayoutPlan& plan, const layout::Output& output)
{
    std::unordered_map<ObjectKey, NodeItem*> kept;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const model::TopologyNode& node = index.topology().nodes[plan.nodes[i]];
        NodeItem* item = nullptr;
        if (auto found = nodes_.extract(node.key))
            item = found.mapped();
        else
            item = makeNode(node.key);
        item->sync(node, plan.geometry[i]);
        item->setPos(output.boxes[i].x, output.boxes[i].y);
        kept.emplace(node.key, item);
    }
    for (auto& [key, item] : nodes_) {
        if (hovered_ == key)
            hovered_.reset();
        delete item;
    }
    nodes_ = std::move(kept);
}

namespace {

QPainterPath toPath(const layout::Curve& curve, bool reversed)
{
    QPainterPath path;
    if (curve.points.size() < 4)
        return path;
    std::vector<layout::Point> points = curve.points;
    if (reversed)
        std::reverse(points.begin(), points.end());
    const auto at = [&](std::size_t i) { return QPointF(points[i].x, points[i].y); };
    path.moveTo(at(0));
    for (std::size_t i = 1; i + 2 < points.size(); i += 3)
        path.cubicTo(at(i), at(i + 1), at(i + 2));
    return path;
}

/// The point of the line that is nearest to where the layout kept room for the label.
QPointF onPath(const QPainterPath& path, QPointF wanted)
{
    QPointF best = path.pointAtPercent(0.5);
    double bestDistance = QLineF(best, wanted).length();
    constexpr int samples = 48;
    for (int i = 1; i < samples; ++i) {
        const QPointF point = path.pointAtPercent(double(i) / samples);
        const double distance = QLineF(point, wanted).length();
        if (distance < bestDistance) {
            best = point;
            bestDistance = distance;
        }
    }
    return best;
}

} // namespace

void TopologyScene::syncEdges(const TopologyIndex& index, const LayoutPlan& plan, const layout::Output& output)
{
    const model::Topology& topology = index.topology();
    std::map<EdgeKey, EdgeItem*> kept;
    for (std::size_t i = 0; i < plan.edges.size(); ++i) {
        const model::TopologyEdge& edge = topology.edges[plan.edges[i]];
        EdgeKey key{edge.kind, topology.nodes[edge.from].key, topology.nodes[edge.to].key, 0};
        while (kept.contains(key))
            ++key.ordinal;
        EdgeItem* item = nullptr;
        if (auto found = edges_.extract(key)) {
            item = found.mapped();
        } else {
            item = new EdgeItem(key, style_);
            addItem(item);
            addItem(item->label());
        }
        EdgeRoute route;
        route.path = toPath(output.curves[i], plan.reversed[i]);
        if (!route.path.isEmpty())
            route.labelAt = onPath(route.path, QPointF(output.curves[i].label.x, output.curves[i].label.y));
        if (edge.kind == model::EdgeKind::Attachment && direction_ == layout::Direction::LeftRight) {
            const auto rows = portRows(topology.nodes[edge.from], edge);
            const std::size_t box = plan.input.edges[i].from;
            const layout::Rect& card = output.boxes[box];
            for (std::size_t r = 1; r < rows.size(); ++r) {
                const layout::PortRow& row = plan.input.boxes[box].ports[rows[r]];
                route.strands.emplace_back(card.right(), card.y + row.top + row.height / 2);
            }
        }
        item->sync(edge, route);
        kept.emplace(std::move(key), item);
    }
    for (auto& [key, item] : edges_)
        delete item;
    edges_ = std::move(kept);
}

NodeItem* TopologyScene::nodeItem(const ObjectKey& key) const
{
    const auto found = nodes_.find(key);
    return found == nodes_.end() ? nullptr : found->second;
}

EdgeItem* TopologyScene::edgeItem(const EdgeKey& key) const
{
    const auto found = edges_.find(key);
    return found == edges_.end() ? nullptr : found->second;
}

std::vector<EdgeItem*> TopologyScene::edgeItems() const
{
    std::vector<EdgeItem*> items;
    for (const auto& [key, item] : edges_)
        items.push_back(item);
    return items;
}

void TopologyScene::select(const std::optional<ObjectKey>& key)
{
    if (key && !index_.find(*key))
        return;
    if (key && focus_ && !index_.connected(*index_.find(*focus_))[*index_.find(*key)])
        leaveFocus();
    const bool same = key == selected_;
    syncing_ = true;
    clearSelection();
    if (key) {
        if (NodeItem* item = nodeItem(*key))
            item->setSelected(true);
    }
    syncing_ = false;
    selected_ = key;
    highlight();
    if (!same)
        emit selectionMoved(selected_);
}

void TopologyScene::itemSelectionChanged()
{
    if (syncing_)
        return;
    std::optional<ObjectKey> now;
    for (QGraphicsItem* item : selectedItems()) {
        if (auto* node = qgraphicsitem_cast<NodeItem*>(item))
            now = node->key();
    }
    if (now == selected_)
        return;
    selected_ = now;
    highlight();
    emit selectionMoved(selected_);
}

void TopologyScene::step(Step step)
{
    const auto& nodes = index_.topology().nodes;
    std::vector<QRectF> places(nodes.size());
    std::optional<std::uint32_t> first;
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        if (const NodeItem* item = nodeItem(nodes[n].key)) {
            places[n] = item->cardRect().translated(item->pos());
            if (!first)
                first = n;
        }
    }
    const auto from = selected_ ? index_.find(*selected_) : std::nullopt;
    const auto to = from && !places[*from].isEmpty() ? walk(index_, places, *from, step) : first;
    if (to)
        select(nodes[*to].key);
}

void TopologyScene::focusOn(const ObjectKey& key)
{
    if (focus_ == key || !index_.find(key))
        return;
    focus_ = key;
    select(key);
    emit focusMoved(focus_);
    arrange(true);
}

void TopologyScene::leaveFocus()
{
    if (!focus_)
        return;
    focus_.reset();
    emit focusMoved(focus_);
    arrange(true);
}

/// Marks what the pointer (or else the selection) stands beside, and lets the rest of the lines recede.
void TopologyScene::highlight()
{
    const auto& center = hovered_ ? hovered_ : selected_;
    std::set<ObjectKey> near;
    const bool drawn = center && nodeItem(*center);
    for (auto& [key, edge] : edges_) {
        const bool touches = drawn && (key.from == *center || key.to == *center);
        edge->setHighlighted(touches);
        edge->setDimmed(drawn && !touches);
        if (touches) {
            near.insert(key.from);
            near.insert(key.to);
        }
    }
    for (auto& [key, node] : nodes_)
        node->setHighlighted(near.contains(key) || (drawn && key == *center));
}

} // namespace gatehouse::ui
