#include "ui/topology/scene_items.h"

#include <QGraphicsScene>

namespace gatehouse::ui {

using model::ObjectKey;

namespace {

/// More moving cards than this would only flicker.
constexpr std::size_t mostGliding = 400;

QPointF between(QPointF from, QPointF to, double progress)
{
    return from + (to - from) * progress;
}

QRectF between(const QRectF& from, const QRectF& to, double progress)
{
    return {between(from.topLeft(), to.topLeft(), progress), between(from.bottomRight(), to.bottomRight(), progress)};
}

/// A path on the way from one to another of the same shape; of another shape: the new one.
QPainterPath between(const QPainterPath& from, const QPainterPath& to, double progress)
{
    if (from.elementCount() != to.elementCount())
        return to;
    QPainterPath path = to;
    for (int i = 0; i < to.elementCount(); ++i) {
        const QPointF point = between(QPointF(from.elementAt(i)), QPointF(to.elementAt(i)), progress);
        path.setElementPositionAt(i, point.x(), point.y());
    }
    return path;
}

} // namespace

SceneItems::SceneItems(QGraphicsScene& scene, const CanvasStyle& style) : scene_(scene), style_(style)
{
}

SceneItems::~SceneItems()
{
    motion_.finish();
    // Edges own their labels: they go before the scene deletes what is left, in no order that we know.
    for (auto& [key, edge] : edges_)
        delete edge;
}

void SceneItems::show(const Picture& picture, bool glide)
{
    motion_.finish(); // its steps refer to items that may go now
    std::vector<Motion::Step> steps;
    showFrames(picture, steps);
    showNodes(picture, steps);
    showEdges(picture, steps);
    if (glide && steps.size() <= mostGliding)
        motion_.start(std::move(steps));
}

void SceneItems::showFrames(const Picture& picture, std::vector<Motion::Step>& glide)
{
    std::map<std::string, NamespaceItem*> kept;
    for (std::size_t i = 0; i < picture.plan->namespaces.size(); ++i) {
        const std::string& name = picture.plan->namespaces[i];
        NamespaceItem* item = nullptr;
        QRectF before;
        if (auto found = frames_.extract(name)) {
            item = found.mapped();
            before = item->rect();
        } else {
            item = new NamespaceItem(QString::fromStdString(name), style_);
            scene_.addItem(item);
            connect(item, &NamespaceItem::toggled, this, [this, name] { emit frameToggled(name); });
        }
        const QRectF& after = picture.placement.frames[i];
        const auto facts = picture.shown->namespaces.find(name);
        item->sync(after, facts == picture.shown->namespaces.end() ? NamespaceFacts() : facts->second);
        if (!before.isNull() && before != after)
            glide.emplace_back([item, before, after](double p) { item->setRect(between(before, after, p)); });
        kept.emplace(name, item);
    }
    for (auto& [name, item] : frames_)
        delete item;
    frames_ = std::move(kept);
}

NodeItem* SceneItems::makeNode(const ObjectKey& key)
{
    auto* item = new NodeItem(key, style_);
    scene_.addItem(item);
    // Queued: what an activation leads to may delete the item that is just handling its event.
    connect(
        item, &NodeItem::activated, this, [this, key] { emit nodeActivated(key); }, Qt::QueuedConnection);
    connect(item, &NodeItem::hovered, this, [this, key](bool inside) { emit nodeHovered(key, inside); });
    connect(item, &NodeItem::dragged, this, [this, key](QPointF to) { emit nodeDragged(key, to); });
    connect(item, &NodeItem::dropped, this, [this, key] { emit nodeDropped(key); });
    return item;
}

void SceneItems::showNodes(const Picture& picture, std::vector<Motion::Step>& glide)
{
    const auto& nodes = picture.shown->index.topology().nodes;
    std::unordered_map<ObjectKey, NodeItem*> kept;
    for (std::size_t i = 0; i < picture.plan->nodes.size(); ++i) {
        const std::uint32_t n = picture.plan->nodes[i];
        const model::TopologyNode& node = nodes[n];
        const QPointF after = picture.placement.cards[i].topLeft();
        NodeItem* item = nullptr;
        if (auto found = nodes_.extract(node.key)) {
            item = found.mapped();
            const QPointF before = item->pos();
            if (before != after)
                glide.emplace_back([item, before, after](double p) { item->setPos(between(before, after, p)); });
        } else {
            item = makeNode(node.key);
        }
        item->sync(node, picture.plan->geometry[i], extrasOf(*picture.shown, n, picture.targets.get()));
        item->setMark(picture.marks ? picture.marks->nodes[n] : CanvasMark());
        item->setPos(after);
        kept.emplace(node.key, item);
    }
    for (auto& [key, item] : nodes_) {
        emit nodeGone(key);
        delete item;
    }
    nodes_ = std::move(kept);
}

void SceneItems::showEdges(const Picture& picture, std::vector<Motion::Step>& glide)
{
    const model::Topology& topology = picture.shown->index.topology();
    std::map<EdgeKey, EdgeItem*> kept;
    edgeOrder_.clear();
    const bool lines = picture.plan->edges.size() > mostEdgeItems;
    for (std::size_t i = 0; i < picture.plan->edges.size(); ++i) {
        const model::TopologyEdge& edge = topology.edges[picture.plan->edges[i]];
        const CanvasMark mark = picture.marks ? picture.marks->edges[picture.plan->edges[i]] : CanvasMark();
        if (lines && !edge.rejected && !mark.any()) {
            edgeOrder_.push_back(nullptr);
            continue;
        }
        EdgeKey key{edge.kind, topology.nodes[edge.from].key, topology.nodes[edge.to].key, 0};
        while (kept.contains(key))
            ++key.ordinal;
        EdgeItem* item = nullptr;
        const EdgeRoute& after = picture.placement.routes[i];
        if (auto found = edges_.extract(key)) {
            item = found.mapped();
            if (item->route().path != after.path)
                glide.emplace_back([item, before = item->route(), after](double p) {
                    EdgeRoute route;
                    route.path = between(before.path, after.path, p);
                    route.labelAt = between(before.labelAt, after.labelAt, p);
                    if (p >= 1)
                        route.strands = after.strands;
                    item->setRoute(route);
                });
        } else {
            item = new EdgeItem(key, style_);
            scene_.addItem(item);
        }
        item->sync(edge, after);
        item->setMark(mark);
        edgeOrder_.push_back(item);
        kept.emplace(std::move(key), item);
    }
    for (auto& [key, item] : edges_)
        delete item;
    edges_ = std::move(kept);
}

void SceneItems::moveCard(const Picture& picture, std::size_t card)
{
    const LayoutPlan& plan = *picture.plan;
    const auto& nodes = picture.shown->index.topology().nodes;
    if (NodeItem* item = node(nodes[plan.nodes[card]].key))
        item->setPos(picture.placement.cards[card].topLeft());
    for (std::size_t e = 0; e < plan.edges.size(); ++e) {
        if (edgeOrder_[e] && (plan.input.edges[e].from == card || plan.input.edges[e].to == card))
            edgeOrder_[e]->setRoute(picture.placement.routes[e]);
    }
    if (const std::int32_t frame = plan.input.boxes[card].cluster; frame >= 0) {
        const auto f = static_cast<std::size_t>(frame);
        frames_.at(plan.namespaces[f])->setRect(picture.placement.frames[f]);
    }
}

void SceneItems::restyle()
{
    for (auto& [key, node] : nodes_)
        node->restyle();
    for (auto& [key, edge] : edges_)
        edge->restyle();
}

NodeItem* SceneItems::node(const ObjectKey& key) const
{
    const auto found = nodes_.find(key);
    return found == nodes_.end() ? nullptr : found->second;
}

EdgeItem* SceneItems::edge(const EdgeKey& key) const
{
    const auto found = edges_.find(key);
    return found == edges_.end() ? nullptr : found->second;
}

NamespaceItem* SceneItems::frame(const std::string& name) const
{
    const auto found = frames_.find(name);
    return found == frames_.end() ? nullptr : found->second;
}

} // namespace gatehouse::ui
