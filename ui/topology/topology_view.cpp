#include "ui/topology/topology_view.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr double leastZoom = 0.02;
constexpr double mostZoom = 4;
constexpr double gridStep = 24;

} // namespace

TopologyView::TopologyView(TopologyScene& scene, QWidget* parent) : QGraphicsView(&scene, parent), scene_(scene)
{
    setFrameShape(NoFrame);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    setDragMode(ScrollHandDrag);
    setTransformationAnchor(AnchorUnderMouse);
    setResizeAnchor(AnchorViewCenter);
    setViewportUpdateMode(SmartViewportUpdate);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("Topology"));
    setAccessibleDescription(
        tr("Gateways, routes and backends. Arrow keys walk along the connections, Return focuses, Escape leaves."));

    connect(&scene_, &TopologyScene::arranged, this, [this](bool other) {
        if (other || fitted_)
            fit();
        viewport()->update();
    });
    connect(&scene_, &TopologyScene::selectionMoved, this, [this](const std::optional<model::ObjectKey>& key) {
        setAccessibleName(key ? tr("Topology: %1").arg(QString::fromStdString(model::toString(*key))) : tr("Topology"));
        QAccessibleEvent event(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
    });
}

void TopologyView::fit()
{
    const QRectF content = scene_.contentRect();
    if (content.isEmpty() || viewport()->width() < 10 || viewport()->height() < 10)
        return;
    const double factor =
        std::min({viewport()->width() / content.width(), viewport()->height() / content.height(), 1.0});
    setTransform(QTransform::fromScale(std::max(factor, leastZoom), std::max(factor, leastZoom)));
    centerOn(content.center());
    fitted_ = true;
    emit zoomChanged(zoom());
}

void TopologyView::setZoom(double factor)
{
    const double wanted = std::clamp(factor, leastZoom, mostZoom);
    const QPointF center = mapToScene(viewport()->rect().center());
    setTransform(QTransform::fromScale(wanted, wanted));
    centerOn(center);
    fitted_ = false;
    emit zoomChanged(zoom());
}

void TopologyView::zoomBy(double factor)
{
    const double wanted = std::clamp(zoom() * factor, leastZoom, mostZoom);
    scale(wanted / zoom(), wanted / zoom());
    fitted_ = false;
    emit zoomChanged(zoom());
}

void TopologyView::reveal(const model::ObjectKey& key)
{
    if (const NodeItem* item = scene_.nodeItem(key)) {
        const QRectF rect = item->sceneBoundingRect();
        if (!mapToScene(viewport()->rect()).boundingRect().contains(rect)) {
            ensureVisible(rect, 60, 60);
            fitted_ = false;
        }
    }
}

void TopologyView::drawBackground(QPainter* painter, const QRectF& rect)
{
    const Theme& theme = scene_.style().theme;
    painter->fillRect(rect, theme.canvas);
    // Dots closer than this on the screen would be a grey haze.
    if (zoom() < 0.45)
        return;
    painter->setPen(QPen(theme.canvasDot, 1.6, Qt::SolidLine, Qt::RoundCap));
    QVector<QPointF> dots;
    for (double x = std::floor(rect.left() / gridStep) * gridStep; x < rect.right(); x += gridStep) {
        for (double y = std::floor(rect.top() / gridStep) * gridStep; y < rect.bottom(); y += gridStep)
            dots.append(QPointF(x, y));
    }
    painter->drawPoints(dots.constData(), static_cast<int>(dots.size()));
}

void TopologyView::wheelEvent(QWheelEvent* event)
{
    // Touchpads scroll sideways with a horizontal delta; that pans.
    if (event->angleDelta().y() == 0) {
        QGraphicsView::wheelEvent(event);
        return;
    }
    zoomBy(std::pow(1.0016, event->angleDelta().y()));
    event->accept();
}

void TopologyView::keyPressEvent(QKeyEvent* event)
{
    const auto go = [&](Step step) {
        scene_.step(step);
        if (const auto key = scene_.selectedKey())
            reveal(*key);
        event->accept();
    };
    switch (event->key()) {
    case Qt::Key_Left:
        go(Step::Left);
        return;
    case Qt::Key_Right:
        go(Step::Right);
        return;
    case Qt::Key_Up:
        go(Step::Up);
        return;
    case Qt::Key_Down:
        go(Step::Down);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto key = scene_.selectedKey())
            scene_.focusOn(*key);
        return;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

void TopologyView::mousePressEvent(QMouseEvent* event)
{
    pressedAt_ = event->pos();
    QGraphicsView::mousePressEvent(event);
    viewport()->setCursor(itemAt(event->pos()) ? Qt::ArrowCursor : Qt::ClosedHandCursor);
}

void TopologyView::mouseReleaseEvent(QMouseEvent* event)
{
    QGraphicsView::mouseReleaseEvent(event);
    viewport()->setCursor(Qt::ArrowCursor);
    const bool moved = (event->pos() - pressedAt_).manhattanLength() > 3;
    if (moved)
        fitted_ = false;
    else if (event->button() == Qt::LeftButton && !qgraphicsitem_cast<NodeItem*>(itemAt(event->pos())))
        scene_.select(std::nullopt); // a click on the ground; a drag pans and keeps the selection
}

void TopologyView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (fitted_)
        fit();
}

void TopologyView::showEvent(QShowEvent* event)
{
    QGraphicsView::showEvent(event);
    if (fitted_)
        fit();
}

} // namespace gatehouse::ui
