#pragma once

#include "ui/topology/canvas_style.h"

#include <QGraphicsItem>

namespace gatehouse::ui {

/// The frame around the objects of a namespace.
class NamespaceItem final : public QGraphicsItem {
public:
    enum { Type = UserType + 4 };
    NamespaceItem(QString name, const CanvasStyle& style);

    void sync(const QRectF& rect); ///< in scene coordinates
    [[nodiscard]] const QString& name() const { return name_; }

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const QString name_;
    const CanvasStyle& style_;
    QRectF rect_;
};

} // namespace gatehouse::ui
