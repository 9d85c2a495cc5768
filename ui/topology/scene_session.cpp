// What of the canvas is kept between two runs of the program.

#include "ui/topology/topology_scene.h"
#include "ui/topology/topology_view.h"
#include "ui/topology/view_session.h"

namespace gatehouse::ui {

void TopologyScene::remember(ViewSession& session) const
{
    session.selected = selected_;
    session.focus = focus_;
    session.hops = hops_;
    session.filter = filter_;
    session.topDown = direction_ == layout::Direction::TopDown;
    session.automatic = automatic_;
    session.folds = wishes_;
    session.moved = moved_;
    // The next run's layout begins at its own origin.
    for (auto& [key, at] : session.moved[static_cast<std::size_t>(direction_)])
        at -= origin_;
}

void TopologyScene::resume(const ViewSession& session)
{
    focus_ = session.focus;
    hops_ = session.hops;
    filter_ = session.filter;
    direction_ = session.topDown ? layout::Direction::TopDown : layout::Direction::LeftRight;
    automatic_ = session.automatic;
    wishes_ = session.folds;
    moved_ = session.moved;
    lifted_.reset();
    moves_.clear();
    emit handPlacesChanged();
    emit focusMoved(focus_);
}

void TopologyView::remember(ViewSession& session) const
{
    session.zoom = fitted_ ? std::nullopt : std::optional(zoom());
    session.center = viewRect().center() - scene_.origin();
}

void TopologyView::resume(const ViewSession& session)
{
    if (!session.zoom) {
        fit();
        return;
    }
    setZoom(*session.zoom);
    lookAt(session.center + scene_.origin());
}

} // namespace gatehouse::ui
