#pragma once

#include "ui/theme.h"

#include <QFrame>
#include <QPixmap>

namespace gatehouse::ui {

class TopologyScene;
class TopologyView;

/// The whole canvas in a corner, with what is in view framed; dragging the frame pans. Thread: UI.
class Minimap final : public QFrame {
    Q_OBJECT
public:
    Minimap(TopologyScene& scene, TopologyView& view, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void refresh(); ///< the canvas has another picture
    /// Whether there is more than is in view.
    [[nodiscard]] bool useful() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QTransform toMap() const; ///< from the scene to this widget
    void lookAt(const QPointF& position);

    TopologyScene& scene_;
    TopologyView& view_;
    Theme theme_ = Theme::light();
    QPixmap picture_; ///< of the overview; null: to be drawn
};

} // namespace gatehouse::ui
