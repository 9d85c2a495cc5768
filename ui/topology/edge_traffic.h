#pragma once

#include "ui/document/traffic_history.h"
#include "ui/topology/canvas_style.h"

#include <QGraphicsItem>
#include <QPainterPath>
#include <QPolygonF>

namespace gatehouse::ui {

/// Live traffic on an edge: points that move along it, and a pill that says how much it is. It shows what sync() gave
/// it. Thread: UI.
class EdgeTrafficItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 6 };
    explicit EdgeTrafficItem(const CanvasStyle& style);

    void sync(const TrafficNumbers& numbers);
    /// `labelAt` and `labelSize`: the pill keeps clear of the label that is there; an empty size: there is none.
    void setPath(const QPainterPath& path, QPointF labelAt, QSizeF labelSize);
    [[nodiscard]] const TrafficNumbers& numbers() const { return numbers_; }
    [[nodiscard]] const QString& text() const { return text_; }

    int type() const override { return Type; }
    QRectF boundingRect() const override { return bounds_; }
    QPainterPath shape() const override { return {}; } ///< nothing to point at: the line below is
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void measure();
    void paintPoints(QPainter& painter, const QColor& color) const;

    const CanvasStyle& style_;
    TrafficNumbers numbers_;
    QString text_;
    QPolygonF track_; ///< points on the path, all equally far apart
    double step_ = 0; ///< how far
    QPointF labelAt_;
    QSizeF labelSize_;
    QRectF pill_, bounds_;
};

/// A pill with the icon and the words of some traffic; `detail` as in CardLook.
void paintTrafficPill(QPainter& painter, const QRectF& rect, const TrafficNumbers& numbers, const QString& text,
                      const CanvasStyle& style);
/// How large it has to be.
QSizeF trafficPillSize(const QString& text, const CanvasFonts& fonts);

} // namespace gatehouse::ui
