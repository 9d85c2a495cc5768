#pragma once

#include "ui/document/topology_index.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/edge_item.h"
#include "ui/topology/graph_walk.h"
#include "ui/topology/layout_plan.h"
#include "ui/topology/layout_runner.h"
#include "ui/topology/namespace_item.h"
#include "ui/topology/node_item.h"

#include <QGraphicsScene>

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

namespace gatehouse::ui {

/// The canvas' content: items keyed by ObjectKey, synced by difference with each new topology, so that selection, focus
/// and zoom survive reloads. The old picture stays until the new layout is ready. Thread: UI.
class TopologyScene final : public QGraphicsScene {
    Q_OBJECT
public:
    explicit TopologyScene(QObject* parent = nullptr);
    ~TopologyScene() override;

    void setTopology(std::shared_ptr<const model::Topology> topology);
    void setTheme(const Theme& theme);
    void setDirection(layout::Direction direction);
    [[nodiscard]] layout::Direction direction() const { return direction_; }
    [[nodiscard]] const TopologyIndex& index() const { return index_; } ///< of what is drawn, or is about to be
    [[nodiscard]] const CanvasStyle& style() const { return style_; }
    [[nodiscard]] bool arranging() const { return pending_.has_value(); }

    /// Selects an object (nothing: clears). An object that focus hides leaves focus first.
    void select(const std::optional<model::ObjectKey>& key);
    [[nodiscard]] std::optional<model::ObjectKey> selectedKey() const { return selected_; }
    /// Moves the selection along the graph; selects the first object when none is.
    void step(Step step);

    /// Shows only what reaches `key` or is reached from it, until leaveFocus().
    void focusOn(const model::ObjectKey& key);
    void leaveFocus();
    [[nodiscard]] const std::optional<model::ObjectKey>& focusKey() const { return focus_; }

    [[nodiscard]] NodeItem* nodeItem(const model::ObjectKey& key) const;
    [[nodiscard]] EdgeItem* edgeItem(const EdgeKey& key) const;
    [[nodiscard]] std::vector<EdgeItem*> edgeItems() const;
    [[nodiscard]] std::size_t nodeCount() const { return nodes_.size(); }
    /// What is drawn, with a margin.
    [[nodiscard]] QRectF contentRect() const { return content_; }

signals:
    void selectionMoved(const std::optional<gatehouse::model::ObjectKey>& key);
    void focusMoved(const std::optional<gatehouse::model::ObjectKey>& key);
    void arrangingChanged(bool running);
    /// A layout is drawn. `other` is true when it shows another set of objects than the one before (open, focus).
    void arranged(bool other);
    void arrangeFailed(const QString& why);

private:
    struct Pending {
        std::uint64_t generation;
        std::shared_ptr<const TopologyIndex> index;
        LayoutPlan plan;
        bool other;
    };

    void arrange(bool other);
    void layoutReady(std::uint64_t generation, const std::shared_ptr<const layout::Output>& output);
    void apply(const TopologyIndex& index, const LayoutPlan& plan, const layout::Output& output);
    void syncNamespaces(const LayoutPlan& plan, const layout::Output& output);
    void syncNodes(const TopologyIndex& index, const LayoutPlan& plan, const layout::Output& output);
    void syncEdges(const TopologyIndex& index, const LayoutPlan& plan, const layout::Output& output);
    NodeItem* makeNode(const model::ObjectKey& key);
    void itemSelectionChanged();
    void highlight();

    CanvasStyle style_;
    TopologyIndex index_;
    layout::Direction direction_ = layout::Direction::LeftRight;
    LayoutRunner runner_;
    std::optional<Pending> pending_;
    layout::Input drawnInput_;
    std::shared_ptr<const layout::Output> drawnOutput_;
    std::unordered_map<model::ObjectKey, NodeItem*> nodes_;
    std::map<EdgeKey, EdgeItem*> edges_;
    std::map<std::string, NamespaceItem*> namespaces_;
    std::optional<model::ObjectKey> selected_, focus_, hovered_;
    QRectF content_;
    bool syncing_ = false;
};

} // namespace gatehouse::ui
