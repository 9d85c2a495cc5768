#include "ui/topology/minimap.h"

#include "ui/topology/topology_view.h"

#include <QMouseEvent>
#include <QPainter>

namespace gatehouse::ui {
namespace {

constexpr int inset = 6;

} // namespace

Minimap::Minimap(TopologyScene& scene, TopologyView& view, QWidget* parent) : QFrame(parent), scene_(scene), view_(view)
{
    setObjectName(QStringLiteral("overlay"));
    setAccessibleName(tr("Map of the topology"));
    setToolTip(tr("Drag to move the view"));
    setCursor(Qt::PointingHandCursor);
    connect(&view_, &TopologyView::viewMoved, this, qOverload<>(&Minimap::update));
}

void Minimap::setTheme(const Theme& theme)
{
    theme_ = theme;
    refresh();
}

void Minimap::refresh()
{
    picture_ = {};
    update();
}

bool Minimap::useful() const
{
    const QRectF content = scene_.overview().content;
    return !content.isEmpty() && !view_.viewRect().contains(content);
}

QSize Minimap::sizeHint() const
{
    return {208, 140};
}

QTransform Minimap::toMap() const
{
    const QRectF content = scene_.contentRect();
    const QRectF room = QRectF(rect()).adjusted(inset, inset, -inset, -inset);
    if (content.isEmpty())
        return {};
    const double scale = std::min(room.width() / content.width(), room.height() / content.height());
    QTransform transform;
    transform.translate(room.center().x(), room.center().y());
    transform.scale(scale, scale);
    transform.translate(-content.center().x(), -content.center().y());
    return transform;
}

void Minimap::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    if (picture_.isNull()) {
        picture_ = QPixmap(size() * devicePixelRatioF());
        picture_.setDevicePixelRatio(devicePixelRatioF());
        picture_.fill(Qt::transparent);
        QPainter painter(&picture_);
        painter.setTransform(toMap());
        paintOverview(painter, scene_.overview(), theme_, scene_.contentRect(), false);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, picture_);
    const QRectF seen = toMap().mapRect(view_.viewRect()).intersected(QRectF(rect()).adjusted(2, 2, -2, -2));
    painter.setPen(QPen(theme_.accent, 1.5));
    QColor inside = theme_.accent;
    inside.setAlpha(28);
    painter.setBrush(inside);
    painter.drawRect(seen);
}

void Minimap::lookAt(const QPointF& position)
{
    view_.lookAt(toMap().inverted().map(position));
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        lookAt(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        lookAt(event->position());
}

} // namespace gatehouse::ui
