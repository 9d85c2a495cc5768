// Cards that are moved by hand, and how that is undone.

#include "ui/topology/topology_scene.h"

#include <QUndoCommand>

#include <utility>

namespace gatehouse::ui {
namespace {

/// As many steps can be undone.
constexpr int mostSteps = 100;

/// From where the cards lay to where they lie.
class HandMove final : public QUndoCommand {
public:
    HandMove(TopologyScene& scene, layout::Direction direction, HandPlaces before, HandPlaces after)
        : scene_(scene), direction_(direction), before_(std::move(before)), after_(std::move(after))
    {
    }
    void undo() override { scene_.setHandPlaces(direction_, before_); }
    void redo() override { scene_.setHandPlaces(direction_, after_); }

private:
    TopologyScene& scene_;
    layout::Direction direction_;
    HandPlaces before_, after_;
};

} // namespace

void TopologyScene::connectMoves()
{
    moves_.setUndoLimit(mostSteps);
    connect(&items_, &SceneItems::nodeDragged, this, &TopologyScene::dragNode);
    connect(&items_, &SceneItems::nodeDropped, this, [this] {
        refreshOverview();
        updateContent();
        if (lifted_)
            moves_.push(new HandMove(*this, direction_, *std::exchange(lifted_, std::nullopt), moved()));
        emit handPlacesChanged();
    });
}

void TopologyScene::dragNode(const model::ObjectKey& key, QPointF topLeft)
{
    const auto card = picture_.shown->index.find(key);
    if (!card)
        return;
    items_.settle();
    if (!lifted_)
        lifted_ = moved();
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
    if (!moved().empty())
        moves_.push(new HandMove(*this, direction_, moved(), {}));
}

void TopologyScene::setHandPlaces(layout::Direction direction, const HandPlaces& places)
{
    HandPlaces& now = moved_[static_cast<std::size_t>(direction)];
    if (now == places)
        return; // where it was dropped
    now = places;
    if (direction == direction_ && output_ && !pending_) {
        apply(picture_, output_, false);
        emit arranged(false);
    }
    emit handPlacesChanged();
}

} // namespace gatehouse::ui
