#include "ui/topology/topology_view.h"

#include "ui/topology/canvas_accessible.h"
#include "ui/topology/namespace_item.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace gatehouse::ui {
namespace {

constexpr double leastZoom = 0.02;
constexpr double mostZoom = 4;
constexpr double gridStep = 24;
/// Texts are not readable below this, and more cards than this make items too slow to pan: see ./dev bench ui.
constexpr double farZoom = 0.42;
constexpr std::size_t manyCards = 300;
/// How much smaller than it could be a picture may be before it is fitted anew.
constexpr double smallerThanFits = 0.85;

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
    setAcceptDrops(false); // a scene would take what is dropped, and do nothing with it: the window opens it
    viewport()->setAcceptDrops(false);
    viewport()->setCursor(Qt::ArrowCursor);
    CardPixels::roomForCards();
    installCanvasAccessibility();
    setAccessibleName(tr("Topology"));
    setAccessibleDescription(
        tr("Gateways, routes and backends. Arrow keys walk along the connections, Return focuses, Escape leaves."));

    connect(&scene_, &TopologyScene::arranged, this, [this](bool other) {
        if (other || (fitted_ && !stillFits()))
            fit();
        if (fromAfar()) // else items tell what of them is to be drawn anew
            viewport()->update();
    });
    connect(&scene_, &TopologyScene::selectionMoved, this, [this](const std::optional<model::ObjectKey>& key) {
        setAccessibleName(key ? tr("Topology: %1").arg(QString::fromStdString(model::toString(*key))) : tr("Topology"));
        QAccessibleEvent event(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
        NodeItem* card = key && hasFocus() ? scene_.itemFor(*key) : nullptr;
        if (card) {
            QAccessibleEvent focus(card, QAccessible::Focus);
            QAccessible::updateAccessibility(&focus);
        }
    });
}

double TopologyView::room() const
{
    return std::max(viewport()->height() / 2.0, viewport()->height() - double(reserved_));
}

double TopologyView::fittingZoom() const
{
    const QSizeF content = scene_.contentRect().size();
    return std::max(std::min({viewport()->width() / content.width(), room() / content.height(), 1.0}), leastZoom);
}

/// Whether everything is in view, and about as large as it can be: then it stays where it is, so that the picture does
/// not breathe with every letter that is typed.
bool TopologyView::stillFits() const
{
    const QRectF content = viewportTransform().mapRect(scene_.contentRect());
    return QRectF(-1, -1, viewport()->width() + 2, room() + 2).contains(content) &&
           zoom() > fittingZoom() * smallerThanFits;
}

void TopologyView::fit()
{
    const QRectF content = scene_.contentRect();
    if (content.isEmpty() || viewport()->width() < 10 || viewport()->height() < 10)
        return;
    const double factor = fittingZoom();
    setTransform(QTransform::fromScale(factor, factor));
    // What floats over the lower edge is kept clear where there is no room to spare.
    const double spare = (viewport()->height() - content.height() * factor) / 2;
    const double shift = std::max(0.0, std::min(reserved_ / 2.0, reserved_ - spare));
    centerOn(content.center() + QPointF(0, shift / factor));
    fitted_ = true;
    emit zoomChanged(zoom());
}

void TopologyView::reserveBelow(int pixels)
{
    if (std::exchange(reserved_, pixels) != pixels && fitted_)
        fit();
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
    if (const NodeItem* item = scene_.itemFor(key)) {
        const QRectF rect = item->sceneBoundingRect();
        if (!mapToScene(viewport()->rect()).boundingRect().contains(rect)) {
            ensureVisible(rect, 60, 60);
            fitted_ = false;
        }
    }
}

void TopologyView::revealNamespace(const std::string& name)
{
    const NamespaceItem* frame = scene_.frameItem(name);
    if (!frame)
        reveal(namespaceKey(name));
    if (!frame || viewRect().contains(frame->rect()))
        return;
    constexpr double margin = 60;
    const QSizeF room(viewport()->width() - 2 * margin, this->room() - 2 * margin);
    const double fits = std::min(room.width() / frame->rect().width(), room.height() / frame->rect().height());
    if (fits > 0 && fits < zoom())
        setZoom(fits);
    ensureVisible(frame->rect(), margin, margin);
    fitted_ = false;
}

bool TopologyView::fromAfar() const
{
    return zoom() < farZoom && scene_.nodeCount() > manyCards;
}

void TopologyView::lookAt(QPointF center)
{
    centerOn(center);
    fitted_ = false;
}

void TopologyView::paintEvent(QPaintEvent* event)
{
    if (!fromAfar()) {
        QGraphicsView::paintEvent(event);
        return;
    }
    const Theme& theme = scene_.style().theme;
    QPainter painter(viewport());
    painter.setClipRegion(event->region());
    painter.fillRect(event->rect(), theme.canvas);
    painter.setTransform(viewportTransform());
    const QRectF exposed = mapToScene(event->rect()).boundingRect().adjusted(-2, -2, 2, 2);
    paintOverview(painter, scene_.overview(), theme, exposed, true);
    painter.setBrush(Qt::NoBrush);
    const auto mark = [&](const QColor& color, double width) {
        QPen pen(color, width);
        pen.setCosmetic(true);
        painter.setPen(pen);
    };
    for (const LinesItem::Standout& standout : scene_.lines().standouts()) {
        mark(standout.lit ? theme.good : theme.accent, 1.5);
        painter.drawPath(standout.path);
    }
    for (const model::ObjectKey& key : scene_.light().path) {
        mark(theme.good, 2.5);
        if (const NodeItem* lit = scene_.itemFor(key))
            painter.drawRect(lit->cardRect().translated(lit->pos()));
    }
    if (const NodeItem* selected = scene_.selectedKey() ? scene_.itemFor(*scene_.selectedKey()) : nullptr) {
        mark(theme.accent, 2);
        painter.drawRect(selected->cardRect().translated(selected->pos()));
    }
}

void TopologyView::scrollContentsBy(int dx, int dy)
{
    if (fromAfar())
        viewport()->update(); // names stand where the view is
    QGraphicsView::scrollContentsBy(dx, dy);
    emit viewMoved();
}

void TopologyView::contextMenuEvent(QContextMenuEvent* event)
{
    const NodeItem* item = nullptr;
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        if (scene_.selectedKey())
            item = scene_.itemFor(*scene_.selectedKey());
        if (item)
            at = viewport()->mapToGlobal(mapFromScene(item->sceneBoundingRect().center()));
    } else {
        item = qgraphicsitem_cast<NodeItem*>(itemAt(event->pos()));
        if (item)
            scene_.select(item->key());
    }
    if (item)
        emit menuRequested(item->key(), at);
    event->accept();
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
        if (const auto* item = scene_.selectedKey() ? scene_.itemFor(*scene_.selectedKey()) : nullptr)
            scene_.activate(model::ObjectKey(item->key()));
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
    emit viewMoved();
}

void TopologyView::showEvent(QShowEvent* event)
{
    QGraphicsView::showEvent(event);
    if (fitted_)
        fit();
}

} // namespace gatehouse::ui
