#pragma once

#include "ui/topology/canvas_style.h"
#include "ui/topology/overview.h"

#include <QGraphicsItem>

#include <vector>

namespace gatehouse::ui {

/// Thousands of edges as one item: thin straight lines in a few batched calls, where an item each would take longer
/// than a frame may. Those that stand out are drawn as the curves that they are.
class LinesItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 5 };
    struct Standout {
        QPainterPath path;
        bool lit = false; ///< on the way of the request that is explained; else beside what is selected
    };

    explicit LinesItem(const CanvasStyle& style);
    /// `overview` is the scene's and outlives this.
    void sync(const Overview& overview);
    void setStandouts(std::vector<Standout> standouts);
    [[nodiscard]] const std::vector<Standout>& standouts() const { return standouts_; }

    int type() const override { return Type; }
    QRectF boundingRect() const override { return bounds_; }
    QPainterPath shape() const override { return {}; } ///< nothing to point at
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const CanvasStyle& style_;
    const Overview* overview_ = nullptr;
    QRectF bounds_;
    std::vector<Standout> standouts_;
};

} // namespace gatehouse::ui
