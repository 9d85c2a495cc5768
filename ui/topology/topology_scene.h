#pragma once

#include "ui/document/topology_index.h"
#include "ui/document/traffic_history.h"
#include "ui/topology/canvas_filter.h"
#include "ui/topology/canvas_light.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/graph_walk.h"
#include "ui/topology/layout_runner.h"
#include "ui/topology/lines_item.h"
#include "ui/topology/overview.h"
#include "ui/topology/scene_items.h"
#include "ui/turns.h"

#include <QGraphicsScene>
#include <QTimer>
#include <QUndoStack>

#include <array>
#include <map>
#include <memory>
#include <optional>

namespace gatehouse::ui {

struct ViewSession;

/// The canvas' content: which part of a topology is shown (filter, focus, folding), how it is laid out, and the items
/// for it. Selection, focus, zoom and what was moved by hand survive reloads. The old picture stays until the new
/// layout is ready. Thread: UI.
class TopologyScene final : public QGraphicsScene {
    Q_OBJECT
public:
    explicit TopologyScene(QObject* parent = nullptr);
    ~TopologyScene() override;

    /// `marks`: what a comparison or a draft says of it, by index beside it; null: nothing is compared.
    void setTopology(TopologyIndex topology, std::shared_ptr<const LocalTargets> targets = nullptr,
                     std::shared_ptr<const CanvasMarks> marks = nullptr);
    void setTheme(const Theme& theme);
    void setDirection(layout::Direction direction);
    /// Whether what stays glides to its new place, and points move where traffic is; off at first.
    void setMotion(bool on);
    [[nodiscard]] layout::Direction direction() const { return direction_; }
    /// The whole topology, of which a part is drawn, or is about to be.
    [[nodiscard]] const TopologyIndex& index() const { return index_; }
    /// What is drawn: some of its nodes may stand for several objects.
    [[nodiscard]] const ShownGraph& shown() const { return *picture_.shown; }
    /// What that was folded from: until the next picture is there, another than index().
    [[nodiscard]] const TopologyIndex& whole() const { return picture_.whole; }
    [[nodiscard]] const CanvasStyle& style() const { return style_; }
    [[nodiscard]] bool arranging() const { return pending_.has_value(); }
    /// Gives up what is being arranged; what is drawn stays, until setTopology() or another wish comes.
    void stopArranging();
    /// Where the stages of large pictures wait, for others whose work is as long.
    [[nodiscard]] Turns& turns() { return turns_; }

    /// Selects an object or a card that stands for several (nothing: clears). What focus hides leaves focus first; of a
    /// folded object the card that stands for it is marked.
    void select(const std::optional<model::ObjectKey>& key);
    [[nodiscard]] std::optional<model::ObjectKey> selectedKey() const { return selected_; }
    /// Moves the selection along the graph; selects the first card when none is.
    void step(Step step);
    /// What a double click does: a card that stands for several unfolds, any other is focused on.
    void activate(const model::ObjectKey& key);

    /// Shows only what reaches `key` or is reached from it, in as many steps as setHops() said, until leaveFocus().
    void focusOn(const model::ObjectKey& key);
    void leaveFocus();
    void setHops(std::optional<std::uint32_t> hops); ///< nothing: however far
    [[nodiscard]] const std::optional<model::ObjectKey>& focusKey() const { return focus_; }
    [[nodiscard]] std::optional<std::uint32_t> hops() const { return hops_; }

    void setFilter(const CanvasFilter& filter);
    [[nodiscard]] const CanvasFilter& filter() const { return filter_; }

    void foldNamespace(const std::string& name, bool folded);
    void foldAllNamespaces();
    void unfoldAll();
    void foldAutomatically(); ///< forgets what was folded and unfolded by hand; the default again
    /// Folds what is selected: a Gateway with what hangs on it alone, others with their like. Unfolds what is folded.
    void toggleFold();
    void foldSelectedNamespace();

    /// Lights the way of a request up, losers included, until another comes; an empty one puts it out.
    void setLight(CanvasLight light);
    [[nodiscard]] const CanvasLight& light() const { return light_; }

    /// How many of each route's rules are tested; null: not known. Kept until it is set again.
    void setCoverage(std::shared_ptr<const TestCoverage> coverage);
    /// Live traffic on cards and edges; null: none.
    void setTraffic(std::shared_ptr<const TrafficNow> traffic);
    void showTraffic(bool on); ///< on at first
    /// From now on edges keep room for their traffic, so that its numbers cover no card; while traffic is shown.
    void expectTraffic();
    [[nodiscard]] bool trafficMoves() const { return trafficClock_.isActive(); }

    /// Puts back what was moved by hand, in the direction that is shown; this can be undone as well.
    void putBack();
    /// What was moved by hand, step by step.
    [[nodiscard]] QUndoStack& moves() { return moves_; }
    /// Puts cards where they lay at some time; for the steps.
    void setHandPlaces(layout::Direction direction, const HandPlaces& places);
    [[nodiscard]] bool movedByHand() const { return !moved().empty(); }

    /// Writes its part of how the topology is looked at; resume() takes it back, before the topology that it belongs to
    /// is set. What is no longer there is not missed.
    void remember(ViewSession& session) const;
    void resume(const ViewSession& session);

    [[nodiscard]] NodeItem* nodeItem(const model::ObjectKey& key) const { return items_.node(key); }
    /// The card of an object, or the one that stands for it; null when it is hidden.
    [[nodiscard]] NodeItem* itemFor(const model::ObjectKey& key) const;
    [[nodiscard]] EdgeItem* edgeItem(const EdgeKey& key) const { return items_.edge(key); }
    [[nodiscard]] NamespaceItem* frameItem(const std::string& name) const { return items_.frame(name); }
    [[nodiscard]] std::vector<EdgeItem*> edgeItems() const;
    [[nodiscard]] std::size_t nodeCount() const { return items_.nodes().size(); }
    [[nodiscard]] bool gliding() const { return items_.gliding(); }
    /// What is drawn, with a margin.
    [[nodiscard]] QRectF contentRect() const { return content_; }
    /// Where the layout's own (0, 0) lies; reloads move it so that what stays moves least.
    [[nodiscard]] QPointF origin() const { return origin_; }
    [[nodiscard]] const Overview& overview() const { return overview_; }
    [[nodiscard]] const LinesItem& lines() const { return *lines_; }
    /// How many objects the picture has, folded ones included.
    [[nodiscard]] std::size_t shownObjects() const;

signals:
    void selectionMoved(const std::optional<gatehouse::model::ObjectKey>& key);
    void focusMoved(const std::optional<gatehouse::model::ObjectKey>& key);
    void arrangingChanged(bool running);
    /// A layout is drawn. `other` is true when it shows another set of objects than the one before (open, focus).
    void arranged(bool other);
    void arrangeFailed(const QString& why);
    void handPlacesChanged(); ///< something was moved by hand, or put back

private:
    /// The picture that is to come. Of a large set each stage that is worked on has a turn of the event loop of its
    /// own, so that a key that is typed waits for one of them at most.
    struct Pending {
        enum class Stage : std::uint8_t {
            Folding,   ///< what is drawn, and how large it is, is to be worked out
            LayingOut, ///< a layout is asked for
            Placing,   ///< it is there, or nothing is to move: the items are to be synced
        };
        Stage stage = Stage::Folding;
        bool other = false;           ///< it shows another set of objects than what is drawn
        bool told = false;            ///< that it is being arranged was said
        bool plain = false;           ///< asked for without labels and ports, after a failure with them
        bool stays = false;           ///< no layout is asked for: everything stays where it is
        std::uint64_t generation = 0; ///< of the layout that is asked for
        Picture picture = {};         ///< once folded; without its placement
        std::shared_ptr<const layout::Output> output = {}; ///< from Placing on
    };

    ShowOptions showOptions() const;
    void arrange(bool other);
    /// The next stage of what is pending, now or in the next turn.
    void goOn();
    void work();
    void foldPending();
    void layoutReady(std::uint64_t generation, const std::shared_ptr<const layout::Output>& output);
    void placePending();
    void apply(Picture picture, const std::shared_ptr<const layout::Output>& output, bool other);
    QPointF originFor(const Picture& picture, const layout::Output& output, bool other) const;
    void wish(const model::ObjectKey& key, bool folded);
    void itemSelectionChanged();
    void markSelected();
    void highlight();
    void illuminate();
    void showCoverage();
    void prepareTraffic();
    void refreshTraffic();
    void refreshOverview();
    [[nodiscard]] bool onLightPath(const model::TopologyEdge& edge) const; ///< an edge of what is shown
    void connectMoves();
    void dragNode(const model::ObjectKey& key, QPointF topLeft);
    void updateContent();
    HandPlaces& moved() { return moved_[static_cast<std::size_t>(direction_)]; }
    const HandPlaces& moved() const { return moved_[static_cast<std::size_t>(direction_)]; }

    CanvasStyle style_;
    TopologyIndex index_;
    std::shared_ptr<const LocalTargets> targets_;
    std::shared_ptr<const CanvasMarks> marks_;
    layout::Direction direction_ = layout::Direction::LeftRight;
    bool motion_ = false;

    CanvasFilter filter_;
    std::optional<model::ObjectKey> focus_;
    std::optional<std::uint32_t> hops_;
    std::map<model::ObjectKey, bool> wishes_;
    bool automatic_ = true;
    std::optional<model::ObjectKey> anchor_; ///< what keeps its place in the next picture
    std::array<HandPlaces, 2> moved_;        ///< by direction
    std::optional<HandPlaces> lifted_;       ///< while a card is dragged: what was moved before
    QUndoStack moves_;

    LayoutRunner runner_;
    std::optional<Pending> pending_;
    Turns turns_;
    Picture picture_; ///< what is drawn
    std::shared_ptr<const layout::Output> output_;
    QPointF origin_;
    SceneItems items_;
    Overview overview_;
    LinesItem* lines_; ///< the scene's; hidden while every edge has an item
    QRectF content_;

    std::optional<model::ObjectKey> selected_, hovered_;
    CanvasLight light_;
    std::shared_ptr<const TestCoverage> coverage_;
    std::shared_ptr<const TrafficNow> traffic_;
    bool trafficShown_ = true, trafficExpected_ = false;
    QTimer trafficClock_; ///< runs while points move
    bool syncing_ = false;
};

} // namespace gatehouse::ui
