#include "ui/topology/topology_scene.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace gatehouse::ui {

using model::ObjectKey;

namespace {

layout::Input withoutDetail(layout::Input input)
{
    for (layout::Box& box : input.boxes)
        box.ports.clear();
    for (layout::Edge& edge : input.edges) {
        edge.fromPort = -1;
        edge.labelWidth = edge.labelHeight = 0;
    }
    return input;
}

} // namespace

TopologyScene::TopologyScene(QObject* parent) : QGraphicsScene(parent), items_(*this, style_)
{
    lines_ = new LinesItem(style_);
    addItem(lines_);
    picture_.shown = std::make_shared<const ShownGraph>();
    picture_.plan = std::make_shared<const LayoutPlan>();
    prepareTraffic();
    connect(&runner_, &LayoutRunner::finished, this, &TopologyScene::layoutReady);
    connect(&runner_, &LayoutRunner::failed, this, [this](std::uint64_t generation, const QString& why) {
        if (!pending_ || pending_->generation != generation)
            return;
        if (!std::exchange(pending_->plain, true)) {
            // Graphviz stumbles over some labels and ports; a plainer picture is better than none.
            pending_->generation = runner_.request(withoutDetail(pending_->picture.plan->input));
            return;
        }
        pending_.reset();
        emit arrangingChanged(false);
        emit arrangeFailed(why);
    });
    connect(this, &QGraphicsScene::selectionChanged, this, &TopologyScene::itemSelectionChanged);
    connect(&items_, &SceneItems::nodeActivated, this, &TopologyScene::activate);
    connectMoves();
    connect(&items_, &SceneItems::nodeHovered, this, [this](const ObjectKey& key, bool inside) {
        if (inside)
            hovered_ = key;
        else if (hovered_ == key)
            hovered_.reset();
        highlight();
    });
    connect(&items_, &SceneItems::nodeGone, this, [this](const ObjectKey& key) {
        if (hovered_ == key)
            hovered_.reset();
    });
    connect(&items_, &SceneItems::frameToggled, this, [this](const std::string& name) { foldNamespace(name, true); });
}

TopologyScene::~TopologyScene()
{
    // The base still signals while it clears itself, when this object's slots are gone; so do the steps of the moves.
    disconnect(this, nullptr, this, nullptr);
    moves_.disconnect();
}

void TopologyScene::setTopology(TopologyIndex topology, std::shared_ptr<const LocalTargets> targets,
                                std::shared_ptr<const CanvasMarks> marks)
{
    bool other = items_.nodes().empty();
    index_ = std::move(topology);
    targets_ = std::move(targets);
    marks_ = std::move(marks);
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
    items_.restyle();
    update();
}

void TopologyScene::setDirection(layout::Direction direction)
{
    if (direction == direction_)
        return;
    direction_ = direction;
    arrange(true);
    emit handPlacesChanged();
}

ShowOptions TopologyScene::showOptions() const
{
    ShowOptions options;
    options.wishes = wishes_;
    options.automatic = automatic_;
    options.open = focus_;
    if (filter_.active()) {
        FilterMarks marks = applyFilter(index_, filter_, marks_.get());
        options.nodes = std::move(marks.nodes);
        options.edges = std::move(marks.edges);
    }
    // A focus of an earlier run may be here before what it is in.
    if (const auto center = focus_ ? index_.find(*focus_) : std::nullopt) {
        const std::vector<bool> near = index_.connected(*center, hops_);
        if (options.nodes.empty())
            options.nodes = near;
        for (std::size_t n = 0; n < near.size(); ++n)
            options.nodes[n] = options.nodes[n] && near[n];
    }
    return options;
}

void TopologyScene::arrange(bool other)
{
    Pending next;
    next.other = other || (pending_ && pending_->other);
    next.told = pending_ && pending_->told;
    pending_ = std::move(next);
    goOn();
}

void TopologyScene::goOn()
{
    if (!index_.large()) {
        turns_.drop(this);
        work();
        return;
    }
    turns_.add(this, [this] { work(); });
    if (!std::exchange(pending_->told, true))
        emit arrangingChanged(true);
}

void TopologyScene::work()
{
    if (!pending_)
        return;
    switch (pending_->stage) {
    case Pending::Stage::Folding:
        foldPending();
        break;
    case Pending::Stage::LayingOut:
        break; // layoutReady() goes on
    case Pending::Stage::Placing:
        placePending();
        break;
    }
}

void TopologyScene::foldPending()
{
    Picture& picture = pending_->picture;
    picture.whole = index_;
    picture.shown = std::make_shared<const ShownGraph>(fold(index_, showOptions()));
    picture.targets = targets_;
    if (marks_)
        picture.marks = std::make_shared<const CanvasMarks>(marksOf(*picture.shown, *marks_));
    picture.plan = std::make_shared<const LayoutPlan>(
        planLayout(*picture.shown, targets_.get(), style_.fonts, direction_, trafficShown_ && trafficExpected_));
    // Texts or health changed, but no size: what is drawn stays where it is.
    pending_->stays = output_ && picture.plan->input == picture_.plan->input;
    if (pending_->stays) {
        pending_->stage = Pending::Stage::Placing;
        pending_->output = output_;
        goOn();
        return;
    }
    pending_->stage = Pending::Stage::LayingOut;
    pending_->generation = runner_.request(picture.plan->input);
    if (!std::exchange(pending_->told, true))
        emit arrangingChanged(true);
}

void TopologyScene::layoutReady(std::uint64_t generation, const std::shared_ptr<const layout::Output>& output)
{
    if (!pending_ || pending_->generation != generation)
        return;
    pending_->stage = Pending::Stage::Placing;
    pending_->output = output;
    goOn();
}

void TopologyScene::placePending()
{
    Pending done = *std::move(pending_);
    pending_.reset();
    if (!done.stays)
        origin_ = originFor(done.picture, *done.output, done.other);
    apply(std::move(done.picture), done.output, done.other && !done.stays);
    if (done.told)
        emit arrangingChanged(false);
    emit arranged(done.other);
}

void TopologyScene::stopArranging()
{
    if (!pending_)
        return;
    runner_.cancel();
    turns_.drop(this);
    const bool told = pending_->told;
    pending_.reset();
    if (told)
        emit arrangingChanged(false);
}

/// Where the new layout has to lie so that what stays moves least: what was folded or unfolded keeps its place, else
/// the middle one of all shifts is taken.
QPointF TopologyScene::originFor(const Picture& picture, const layout::Output& output, bool other) const
{
    if (other)
        return {};
    const auto& nodes = picture.shown->index.topology().nodes;
    std::vector<double> dx, dy;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const NodeItem* item = items_.node(nodes[i].key);
        if (!item || moved().contains(nodes[i].key))
            continue;
        const QPointF shift = item->pos() - QPointF(output.boxes[i].x, output.boxes[i].y);
        if (anchor_ == nodes[i].key)
            return shift;
        dx.push_back(shift.x());
        dy.push_back(shift.y());
    }
    if (dx.empty())
        return {};
    const auto middle = static_cast<std::ptrdiff_t>(dx.size() / 2);
    std::nth_element(dx.begin(), dx.begin() + middle, dx.end());
    std::nth_element(dy.begin(), dy.begin() + middle, dy.end());
    return {dx[static_cast<std::size_t>(middle)], dy[static_cast<std::size_t>(middle)]};
}

void TopologyScene::apply(Picture picture, const std::shared_ptr<const layout::Output>& output, bool other)
{
    picture.placement = place({*picture.shown, *picture.plan, *output, origin_, moved()});
    picture_ = std::move(picture);
    output_ = output;
    anchor_.reset();
    syncing_ = true;
    items_.show(picture_, motion_ && !other);
    syncing_ = false;
    refreshOverview();
    updateContent();

    if (selected_ && !index_.find(*selected_) && !picture_.shown->index.find(*selected_))
        selected_.reset();
    markSelected();
    illuminate();
    showCoverage();
    refreshTraffic();
    emit selectionMoved(selected_); // the same object, perhaps with another health
}

void TopologyScene::refreshOverview()
{
    overview_ = overviewOf(picture_);
    style_.crowded = picture_.plan->edges.size() > mostEdgeItems;
    lines_->setVisible(style_.crowded);
    if (style_.crowded)
        lines_->sync(overview_);
}

void TopologyScene::updateContent()
{
    content_ = picture_.placement.content.adjusted(-24, -24, 24, 24);
    // Room to pan beyond the edges, as in any editor.
    setSceneRect(content_.adjusted(-600, -600, 600, 600));
}

NodeItem* TopologyScene::itemFor(const ObjectKey& key) const
{
    if (NodeItem* item = items_.node(key))
        return item;
    const auto node = picture_.whole.find(key);
    const auto& shownOf = picture_.shown->shownOf;
    if (!node || shownOf[*node] < 0)
        return nullptr;
    const auto& nodes = picture_.shown->index.topology().nodes;
    return items_.node(nodes[static_cast<std::size_t>(shownOf[*node])].key);
}

std::vector<EdgeItem*> TopologyScene::edgeItems() const
{
    std::vector<EdgeItem*> items;
    for (const auto& [key, item] : items_.edges())
        items.push_back(item);
    return items;
}

std::size_t TopologyScene::shownObjects() const
{
    const auto& shownOf = picture_.shown->shownOf;
    return static_cast<std::size_t>(std::count_if(shownOf.begin(), shownOf.end(), [](auto n) { return n >= 0; }));
}

void TopologyScene::select(const std::optional<ObjectKey>& key)
{
    if (key && !index_.find(*key) && !items_.node(*key))
        return;
    const auto node = key ? index_.find(*key) : std::nullopt;
    const auto center = focus_ ? index_.find(*focus_) : std::nullopt;
    if (node && center && !index_.connected(*center, hops_)[*node])
        leaveFocus();
    const bool same = key == selected_;
    selected_ = key;
    markSelected();
    highlight();
    if (!same)
        emit selectionMoved(selected_);
}

void TopologyScene::markSelected()
{
    syncing_ = true;
    clearSelection();
    if (NodeItem* item = selected_ ? itemFor(*selected_) : nullptr)
        item->setSelected(true);
    syncing_ = false;
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
    const auto& nodes = picture_.shown->index.topology().nodes;
    if (nodes.empty())
        return;
    const NodeItem* item = selected_ ? itemFor(*selected_) : nullptr;
    const auto from = item ? picture_.shown->index.find(item->key()) : std::nullopt;
    const auto to = from ? walk(picture_.shown->index, picture_.placement.cards, *from, step) : std::optional(0u);
    if (to)
        select(nodes[*to].key);
}

void TopologyScene::activate(const ObjectKey& key)
{
    const auto node = picture_.shown->index.find(key);
    if (node && picture_.shown->groups[*node])
        wish(key, false);
    else
        focusOn(key);
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

void TopologyScene::setHops(std::optional<std::uint32_t> hops)
{
    if (hops == hops_)
        return;
    hops_ = hops;
    if (focus_)
        arrange(true);
}

void TopologyScene::setFilter(const CanvasFilter& filter)
{
    if (filter == filter_)
        return;
    filter_ = filter;
    arrange(true);
}

/// Marks what the pointer (or else the selection) stands beside, and lets the rest of the lines recede.
void TopologyScene::highlight()
{
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    const auto& center = hovered_ ? hovered_ : selected_;
    const NodeItem* drawn = center ? itemFor(*center) : nullptr;
    std::set<const NodeItem*> near;
    std::vector<LinesItem::Standout> standouts;
    if (drawn)
        near.insert(drawn);
    const auto& edges = items_.edgesInOrder();
    const auto& nodes = picture_.shown->index.topology().nodes;
    const std::uint32_t at = drawn ? picture_.shown->index.find(drawn->key()).value_or(none) : none;
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const model::TopologyEdge& edge = picture_.shown->index.topology().edges[picture_.plan->edges[e]];
        const bool touches = edge.from == at || edge.to == at;
        if (touches)
            near.insert({items_.node(nodes[edge.from].key), items_.node(nodes[edge.to].key)});
        if (edges[e])
            edges[e]->setHighlighted(touches);
        else if (const bool lit = onLightPath(edge); lit || touches)
            standouts.push_back({picture_.placement.routes[e].path, lit});
    }
    lines_->setStandouts(std::move(standouts));
    for (auto& [key, node] : items_.nodes())
        node->setHighlighted(near.contains(node));
    const bool dimming = drawn || !light_.empty();
    if (style_.dimming != dimming) {
        style_.dimming = dimming;
        update();
    }
}

void TopologyScene::setLight(CanvasLight light)
{
    light_ = std::move(light);
    illuminate();
}

bool TopologyScene::onLightPath(const model::TopologyEdge& edge) const
{
    const auto& nodes = picture_.shown->index.topology().nodes;
    const auto lit = [&](std::uint32_t node) {
        const NodeItem* item = items_.node(nodes[node].key);
        return item && item->light() == Light::Path;
    };
    return !light_.empty() && !edge.rejected && edge.kind != model::EdgeKind::Policy && lit(edge.from) && lit(edge.to);
}

/// Folded objects light the card up that stands for them; what won stays lit where it also lost.
void TopologyScene::illuminate()
{
    std::map<const NodeItem*, std::pair<Light, QString>> lit;
    for (const auto& [key, why] : light_.losers) {
        if (const NodeItem* item = itemFor(key))
            lit.try_emplace(item, Light::Lost, why);
    }
    for (const ObjectKey& key : light_.path) {
        if (const NodeItem* item = itemFor(key))
            lit[item] = {Light::Path, {}};
    }
    for (auto& [key, node] : items_.nodes()) {
        const auto found = lit.find(node);
        node->setLight(found == lit.end() ? Light::None : found->second.first,
                       found == lit.end() ? QString() : found->second.second);
    }
    for (std::size_t e = 0; e < items_.edgesInOrder().size(); ++e) {
        if (EdgeItem* edge = items_.edgesInOrder()[e])
            edge->setLit(onLightPath(picture_.shown->index.topology().edges[picture_.plan->edges[e]]));
    }
    highlight();
}

void TopologyScene::setCoverage(std::shared_ptr<const TestCoverage> coverage)
{
    coverage_ = std::move(coverage);
    showCoverage();
}

void TopologyScene::showCoverage()
{
    for (auto& [key, node] : items_.nodes()) {
        const auto found =
            coverage_ ? coverage_->routes.find(key) : std::map<ObjectKey, RouteCoverage>::const_iterator();
        const bool known = coverage_ && found != coverage_->routes.end();
        node->setCoverage(known ? std::optional(found->second) : std::nullopt);
    }
}

} // namespace gatehouse::ui
