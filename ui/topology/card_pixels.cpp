#include "ui/topology/card_pixels.h"

#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

/// Those in view, on a large screen at any zoom.
constexpr int roomKilobytes = 64 * 1024;
/// A card that is larger would push all others out, or find no room itself; of it a part is in view.
constexpr qint64 mostPixels = 2'000'000;

} // namespace

void CardPixels::paint(QPainter& painter, const QRectF& bounds, const std::function<void(QPainter&)>& draw)
{
    const QTransform world = painter.worldTransform();
    if (world.type() > QTransform::TxScale || world.m11() != world.m22()) {
        draw(painter);
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const QTransform device = world * QTransform::fromScale(ratio, ratio);
    const QRect pixels = device.mapRect(bounds).toAlignedRect();
    if (qint64{pixels.width()} * pixels.height() > mostPixels) {
        draw(painter);
        return;
    }
    const Place place{device.m11(), device.dx() - std::floor(device.dx()), device.dy() - std::floor(device.dy())};
    QPixmap pixmap;
    if (place != kept_ || !QPixmapCache::find(key_, &pixmap)) {
        if (place != seen_) {
            seen_ = place;
            draw(painter);
            return;
        }
        pixmap = QPixmap(pixels.size());
        pixmap.fill(Qt::transparent);
        QPainter inside(&pixmap);
        inside.setRenderHints(painter.renderHints());
        inside.setTransform(device * QTransform::fromTranslate(-pixels.x(), -pixels.y()));
        draw(inside);
        inside.end();
        pixmap.setDevicePixelRatio(ratio);
        QPixmapCache::remove(key_);
        key_ = QPixmapCache::insert(pixmap);
        kept_ = place;
    }
    painter.setWorldTransform({});
    painter.drawPixmap(QPointF(pixels.topLeft()) / ratio, pixmap);
    painter.setWorldTransform(world);
}

void CardPixels::drop()
{
    QPixmapCache::remove(key_);
    kept_ = seen_ = {};
}

void CardPixels::roomForCards()
{
    QPixmapCache::setCacheLimit(std::max(QPixmapCache::cacheLimit(), roomKilobytes));
}

} // namespace gatehouse::ui
