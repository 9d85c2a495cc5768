#pragma once

#include "ui/topology/topology_scene.h"

#include <QGraphicsView>

#include <string>

namespace gatehouse::ui {

/// The window onto the scene: drag to pan, wheel to zoom, arrow keys walk the graph, Return focuses, Esc leaves.
class TopologyView final : public QGraphicsView {
    Q_OBJECT
public:
    explicit TopologyView(TopologyScene& scene, QWidget* parent = nullptr);

    void fit();                    ///< everything in view, never larger than 100 %
    void reserveBelow(int pixels); ///< the lower edge that fit() keeps clear
    void setZoom(double factor);   ///< 1 is 100 %
    void zoomBy(double factor);
    [[nodiscard]] double zoom() const { return transform().m11(); }
    /// Moves the view only as far as needed to show the object.
    void reveal(const model::ObjectKey& key);
    /// The same for a namespace's frame, which is made to fit, or for the card that it is folded to.
    void revealNamespace(const std::string& name);
    /// Whether plain shapes are drawn in place of items: thousands of cards too small to read.
    [[nodiscard]] bool fromAfar() const;
    /// What of the scene is in view.
    [[nodiscard]] QRectF viewRect() const { return mapToScene(viewport()->rect()).boundingRect(); }
    void lookAt(QPointF center);
    /// Its part of how the topology is looked at; resume() once a layout is drawn.
    void remember(ViewSession& session) const;
    void resume(const ViewSession& session);

signals:
    void zoomChanged(double factor);
    void viewMoved(); ///< panned, zoomed or resized
    /// A card was asked for its menu, by the mouse or the keyboard.
    void menuRequested(const gatehouse::model::ObjectKey& key, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] double room() const; ///< the height that nothing floats over
    [[nodiscard]] double fittingZoom() const;
    [[nodiscard]] bool stillFits() const;

    TopologyScene& scene_;
    bool fitted_ = true; ///< the user has not zoomed or panned since the last fit: resizing fits again
    int reserved_ = 0;
    QPoint pressedAt_;
};

} // namespace gatehouse::ui
