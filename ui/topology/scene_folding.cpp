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

} // namespace gatehouse::ui
