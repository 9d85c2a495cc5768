#include "ui/icons.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

// Resources of a static library have to be named once, outside of any namespace, or the linker drops them.
static void initResources()
{
    Q_INIT_RESOURCE(gatehouse);
    Q_INIT_RESOURCE(gatehouse_texts);
}

namespace gatehouse::ui {
namespace {

/// The drawing's text by name; read once.
const QByteArray& drawing(const QString& name)
{
    static QHash<QString, QByteArray> drawings;
    const auto found = drawings.constFind(name);
    if (found != drawings.constEnd())
        return *found;
    QFile file(QStringLiteral(":/gatehouse/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no icon is named %s", qPrintable(name));
    return *drawings.insert(name, file.readAll());
}

void render(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color)
{
    QByteArray svg = drawing(name);
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, rect);
    painter.restore();
}

class TintedIconEngine final : public QIconEngine {
public:
    TintedIconEngine(QString name, QColor color, QColor disabled)
        : name_(std::move(name)), color_(color), disabled_(disabled)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        render(*painter, name_, rect, mode == QIcon::Disabled && disabled_.isValid() ? disabled_ : color_);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new TintedIconEngine(*this); }

private:
    QString name_;
    QColor color_, disabled_;
};

} // namespace

QIcon icon(const QString& name, const QColor& color, const QColor& disabled)
{
    return QIcon(new TintedIconEngine(name, color, disabled));
}

void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color)
{
    // Exports draw vectors; on screen a pixmap of the size at hand is much cheaper than parsing the drawing again.
    const auto* device = painter.device();
    if (!device || (device->devType() != QInternal::Widget && device->devType() != QInternal::Pixmap &&
                    device->devType() != QInternal::Image)) {
        render(painter, name, rect, color);
        return;
    }
    const QTransform transform = painter.deviceTransform();
    const double scale = std::sqrt(std::abs(transform.determinant()));
    const int pixels = std::max(1, qRound(rect.width() * scale));
    const QString key = QStringLiteral("gatehouse/%1/%2/%3").arg(name).arg(color.rgba()).arg(pixels);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QPainter inner(&pixmap);
        render(inner, name, QRectF(0, 0, pixels, pixels), color);
        inner.end();
        QPixmapCache::insert(key, pixmap);
    }
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()));
}

QString iconName(model::NodeKind kind)
{
    switch (kind) {
    case model::NodeKind::Gateway:
        return QStringLiteral("gateway");
    case model::NodeKind::ListenerSet:
        return QStringLiteral("listener-set");
    case model::NodeKind::Route:
        return QStringLiteral("route");
    case model::NodeKind::Backend:
        return QStringLiteral("backend");
    case model::NodeKind::Policy:
        return QStringLiteral("policy");
    case model::NodeKind::Other:
        return QStringLiteral("other");
    }
    return QStringLiteral("other");
}

QString iconName(model::Health health)
{
    switch (health) {
    case model::Health::Good:
        return QStringLiteral("good");
    case model::Health::Warning:
        return QStringLiteral("warning");
    case model::Health::Bad:
        return QStringLiteral("bad");
    case model::Health::Unknown:
        return QStringLiteral("unknown");
    }
    return QStringLiteral("unknown");
}

QString iconName(model::Severity severity)
{
    switch (severity) {
    case model::Severity::Error:
        return QStringLiteral("bad");
    case model::Severity::Warning:
        return QStringLiteral("warning");
    case model::Severity::Info:
        return QStringLiteral("info");
    }
    return QStringLiteral("info");
}

QString besideIcon(const model::ObjectKey& key)
{
    return key.kind == "ReferenceGrant" ? QStringLiteral("grant")
           : key.kind == "Secret"       ? QStringLiteral("lock")
           : key.kind == "Namespace"    ? QStringLiteral("namespace")
                                        : QStringLiteral("file");
}

void loadResources()
{
    initResources();
}

} // namespace gatehouse::ui
