#pragma once

#include "ui/topology/edge_item.h"
#include "ui/topology/motion.h"
#include "ui/topology/namespace_item.h"
#include "ui/topology/node_item.h"
#include "ui/topology/placement.h"

#include <QObject>

#include <map>
#include <string>
#include <unordered_map>

namespace gatehouse::ui {

/// One picture: what is drawn, and where.
struct Picture {
    TopologyIndex whole; ///< what `shown` was folded from
    std::shared_ptr<const ShownGraph> shown;
    std::shared_ptr<const LayoutPlan> plan;
    std::shared_ptr<const LocalTargets> targets; ///< may be null
    std::shared_ptr<const CanvasMarks> marks;    ///< of what is drawn, while comparing; may be null
    Placement placement;
};

/// The items of the canvas, keyed by what they stand for and synced by difference: what stays keeps its item, and with
/// it selection and hover. They belong to the scene. Thread: UI.
class SceneItems final : public QObject {
    Q_OBJECT
public:
    SceneItems(QGraphicsScene& scene, const CanvasStyle& style);
    ~SceneItems() override;

    /// Shows a picture; `glide`: what stays moves there, else it jumps.
    void show(const Picture& picture, bool glide);
    /// Moves one card of the picture shown last, with its edges and its frame.
    void moveCard(const Picture& picture, std::size_t card);
    void restyle();
    void settle() { motion_.finish(); } ///< ends a glide

    [[nodiscard]] NodeItem* node(const model::ObjectKey& key) const;
    [[nodiscard]] EdgeItem* edge(const EdgeKey& key) const;
    [[nodiscard]] NamespaceItem* frame(const std::string& name) const;
    [[nodiscard]] const std::map<EdgeKey, EdgeItem*>& edges() const { return edges_; }
    [[nodiscard]] const std::unordered_map<model::ObjectKey, NodeItem*>& nodes() const { return nodes_; }
    /// The item of each edge of the plan shown last; null where there are too many: those are lines of one item.
    [[nodiscard]] const std::vector<EdgeItem*>& edgesInOrder() const { return edgeOrder_; }
    [[nodiscard]] bool gliding() const { return motion_.running(); }

signals:
    void nodeHovered(const gatehouse::model::ObjectKey& key, bool inside);
    void nodeActivated(const gatehouse::model::ObjectKey& key);
    void nodeDragged(const gatehouse::model::ObjectKey& key, QPointF topLeft);
    void nodeDropped(const gatehouse::model::ObjectKey& key);
    void nodeGone(const gatehouse::model::ObjectKey& key);
    void frameToggled(const std::string& name);

private:
    void showFrames(const Picture& picture, std::vector<Motion::Step>& glide);
    void showNodes(const Picture& picture, std::vector<Motion::Step>& glide);
    void showEdges(const Picture& picture, std::vector<Motion::Step>& glide);
    NodeItem* makeNode(const model::ObjectKey& key);

    QGraphicsScene& scene_;
    const CanvasStyle& style_;
    Motion motion_;
    std::unordered_map<model::ObjectKey, NodeItem*> nodes_;
    std::map<EdgeKey, EdgeItem*> edges_;
    std::map<std::string, NamespaceItem*> frames_;
    std::vector<EdgeItem*> edgeOrder_;
};

} // namespace gatehouse::ui
