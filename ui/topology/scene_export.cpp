#include "ui/topology/scene_export.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace gatehouse::ui {
namespace {

/// Twice the scene's size is sharp on any screen; huge scenes are held below what an image may hold.
constexpr double pngScale = 2;
constexpr double mostPixels = 16'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("export", text);
}

void draw(TopologyScene& scene, QPainter& painter, const QRectF& target)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    painter.fillRect(target, scene.style().theme.canvas);
    scene.render(&painter, target, scene.contentRect());
}

QString writeSvg(TopologyScene& scene, QIODevice& device)
{
    const QRectF rect = scene.contentRect();
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setSize(rect.size().toSize());
    generator.setViewBox(QRectF(QPointF(), rect.size()));
    generator.setTitle(tr("Gatehouse topology"));
    QPainter painter;
    if (!painter.begin(&generator))
        return tr("the drawing could not be begun");
    draw(scene, painter, QRectF(QPointF(), rect.size()));
    painter.end();
    return {};
}

QString writePng(TopologyScene& scene, QIODevice& device)
{
    const QSizeF size = scene.contentRect().size();
    const double scale = std::min(pngScale, mostPixels / std::max(size.width(), size.height()));
    QImage image((size * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return tr("the picture is too large");
    QPainter painter(&image);
    draw(scene, painter, QRectF(image.rect()));
    painter.end();
    return image.save(&device, "PNG") ? QString() : tr("the picture could not be written");
}

} // namespace

QString exportScene(TopologyScene& scene, const QString& file)
{
    if (scene.contentRect().isEmpty())
        return tr("there is nothing to export");
    const QString ending = QFileInfo(file).suffix().toLower();
    if (ending != QLatin1String("svg") && ending != QLatin1String("png"))
        return tr("the file name must end in .svg or .png");
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return out.errorString();
    const QString fault = ending == QLatin1String("svg") ? writeSvg(scene, out) : writePng(scene, out);
    if (!fault.isEmpty())
        return fault;
    return out.commit() ? QString() : out.errorString();
}

} // namespace gatehouse::ui
