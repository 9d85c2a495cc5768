// What the user folds, unfolds and moves on the canvas.

#include "ui/topology/topology_scene.h"

namespace gatehouse::ui {

using model::ObjectKey;

void TopologyScene::wish(const ObjectKey& key, bool folded)
{
    wishes_[key] = folded;
    anchor_ = key;
    arrange(false);
}

void TopologyScene::foldNamespace(const std::string& name, bool folded)
{
    wish(namespaceKey(name), folded);
}

void TopologyScene::foldAllNamespaces()
{
    for (const std::string& name : index_.topology().namespaces) {
        if (!name.empty())
            wishes_[namespaceKey(name)] = true;
    }
    arrange(true);
}

void TopologyScene::unfoldAll()
{
    wishes_.clear();
    automatic_ = false;
    arrange(true);
}

void TopologyScene::foldAutomatically()
{
    wishes_.clear();
    automatic_ = true;
    arrange(true);
}

void TopologyScene::toggleFold()
{
    if (!selected_)
        return;
    const NodeItem* item = itemFor(*selected_);
    if (!item)
        return;
    if (item->group()) {
        wish(item->key(), false);
    } else if (item->node().kind == model::NodeKind::Gateway) {
        wish(item->key(), true);
    } else if (const auto leaves = leavesKey(index_, showOptions(), item->key())) {
        // It keeps the card's place that was folded.
        wish(*leaves, true);
    }
}

void TopologyScene::foldSelectedNamespace()
{
    const NodeItem* item = selected_ ? itemFor(*selected_) : nullptr;
    if (!item)
        return;
    if (item->group() && item->group()->role == GroupRole::Namespace)
        wish(item->key(), false);
    else if (const std::string& name = item->key().name.namespace_; !name.empty())
        foldNamespace(name, true);
}

void TopologyScene::dragNode(const ObjectKey& key, QPointF topLeft)
{
    const auto card = picture_.shown->index.find(key);
    if (!card)
        return;
    items_.settle();
    moved()[key] = topLeft;
    Placement& placement = picture_.placement;
    const LayoutPlan& plan = *picture_.plan;
    placement.cards[*card].moveTopLeft(topLeft);
    for (std::size_t e = 0; e < plan.edges.size(); ++e) {
        if (plan.input.edges[e].from == *card || plan.input.edges[e].to == *card)
            placement.routes[e] = routeBetween(*picture_.shown, plan, e, placement.cards);
    }
    placement.content = placement.content.united(placement.cards[*card]);
    if (const std::int32_t frame = plan.input.boxes[*card].cluster; frame >= 0) {
        const auto f = static_cast<std::size_t>(frame);
        placement.frames[f] = frameAround(plan, f, placement.cards);
        placement.content = placement.content.united(placement.frames[f]);
    }
    items_.moveCard(picture_, *card);
    if (lines_->isVisible())
        refreshOverview();
}

void TopologyScene::putBack()
{
    if (moved().empty())
        return;
    moved().clear();
    if (output_ && !pending_) {
        apply(picture_, output_, false);
        emit arranged(false);
    }
    emit handPlacesChanged();
}

} // namespace gatehouse::ui
