#pragma once

#include "ui/topology/canvas_style.h"
#include "ui/topology/shown_graph.h"

#include <QGraphicsObject>

namespace gatehouse::ui {

/// The frame around the objects of a namespace, with its name, what is in it, and a button that folds it.
class NamespaceItem final : public QGraphicsObject {
    Q_OBJECT
public:
    enum { Type = UserType + 4 };
    NamespaceItem(QString name, const CanvasStyle& style);

    void sync(const QRectF& rect, const NamespaceFacts& facts); ///< in scene coordinates
    void setRect(const QRectF& rect);
    [[nodiscard]] const QString& name() const { return name_; }
    [[nodiscard]] const QRectF& rect() const { return rect_; }
    [[nodiscard]] const QString& facts() const { return facts_; }
    [[nodiscard]] const QString& owner() const { return owner_; }
    [[nodiscard]] QRectF buttonRect() const; ///< in scene coordinates

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override; ///< the button alone: the rest of the frame is ground to pan on
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

signals:
    void toggled(); ///< the button was clicked

protected:
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;
    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;

private:
    const QString name_;
    const CanvasStyle& style_;
    QRectF rect_;
    /// Draws icon and name of who owns it at the left of `room`, and narrows that.
    void paintOwner(QPainter& painter, QRectF& room) const;

    QString facts_, owner_;
    bool declared_ = false; ///< the owner: by a label or annotation, not by a file
    std::uint32_t problems_ = 0;
    bool hovered_ = false;
};

} // namespace gatehouse::ui
