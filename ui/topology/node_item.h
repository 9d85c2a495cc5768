#pragma once

#include "ui/document/test_report.h"
#include "ui/document/traffic_history.h"
#include "ui/topology/canvas_light.h"
#include "ui/topology/canvas_marks.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/card_metrics.h"
#include "ui/topology/card_pixels.h"

#include <QGraphicsObject>

#include <optional>

namespace gatehouse::ui {

/// One object on the canvas. It shows what sync() gave it and edits nothing. Identity: its ObjectKey, across reloads.
class NodeItem final : public QGraphicsObject {
    Q_OBJECT
public:
    enum { Type = UserType + 1 };
    NodeItem(model::ObjectKey key, const CanvasStyle& style);

    void sync(const model::TopologyNode& node, const CardGeometry& geometry, const CardExtras& extras);
    void setHighlighted(bool on);
    /// The part that it plays in the request that is explained, and why it lost.
    void setLight(Light light, const QString& why);
    [[nodiscard]] Light light() const { return light_; }
    void setMark(const CanvasMark& mark); ///< what a comparison says of it
    [[nodiscard]] const CanvasMark& mark() const { return mark_; }
    void setCoverage(const std::optional<RouteCoverage>& coverage); ///< of a route: how many of its rules are tested
    [[nodiscard]] QString coverageText() const { return coverage_ ? coverage_->text() : QString(); }
    /// Idle: none is shown. `listeners`: of each row of a Gateway; empty: of none.
    void setTraffic(const TrafficNumbers& numbers, std::vector<TrafficNumbers> listeners = {});
    [[nodiscard]] const QString& trafficText() const { return trafficText_; }
    [[nodiscard]] const std::vector<TrafficNumbers>& listenerTraffic() const { return listenerTraffic_; }
    void restyle() { changed(); }

    [[nodiscard]] const model::ObjectKey& key() const { return node_.key; }
    [[nodiscard]] const model::TopologyNode& node() const { return node_; }
    [[nodiscard]] const std::optional<ShownGroup>& group() const { return group_; }
    [[nodiscard]] const std::optional<LocalTarget>& target() const { return target_; }
    [[nodiscard]] const CardGeometry& geometry() const { return geometry_; }
    [[nodiscard]] QRectF cardRect() const { return QRectF(QPointF(), geometry_.size); } ///< in item coordinates

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

signals:
    void hovered(bool inside);
    void activated();              ///< double-clicked
    void dragged(QPointF topLeft); ///< in scene coordinates; who owns the item moves it
    void dropped();                ///< at the end of a drag

protected:
    QVariant itemChange(GraphicsItemChange change, const QVariant& value) override;
    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseMoveEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;

private:
    void changed(); ///< its looks did
    void refreshToolTip();
    [[nodiscard]] QRectF trafficPill() const;
    [[nodiscard]] QRectF withoutTraffic() const; ///< what is drawn else

    const CanvasStyle& style_; ///< the scene's, which outlives its items
    model::TopologyNode node_;
    CardGeometry geometry_;
    std::optional<ShownGroup> group_;
    std::optional<LocalTarget> target_;
    std::optional<QPointF> grabbedAt_; ///< where the card was when the button went down
    Light light_ = Light::None;
    QString lostBecause_;
    CanvasMark mark_;
    std::optional<RouteCoverage> coverage_;
    TrafficNumbers traffic_;
    QString trafficText_;
    std::vector<TrafficNumbers> listenerTraffic_;
    CardPixels pixels_;
    bool dragging_ = false;
    bool highlighted_ = false;
};

} // namespace gatehouse::ui
