#include "ui/topology/scene_export.h"

#include "model/topology/groups.h"
#include "model/topology/select.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QPrinter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace gatehouse::ui {
namespace {

/// Twice the scene's size is sharp on any screen; huge scenes are held below what an image may hold, and a machine
/// has to spare: four bytes a pixel.
constexpr double pngScale = 2;
constexpr double mostPixels = 16'000;
constexpr double mostPixelsInAll = 64e6;

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
    const double scale = std::min({pngScale, mostPixels / std::max(size.width(), size.height()),
                                   std::sqrt(mostPixelsInAll / (size.width() * size.height()))});
    QImage image((size * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return tr("the picture is too large");
    QPainter painter(&image);
    draw(scene, painter, QRectF(image.rect()));
    painter.end();
    return image.save(&device, "PNG") ? QString() : tr("the picture could not be written");
}

/// Paper is white.
class LightScene {
public:
    explicit LightScene(TopologyScene& scene) : scene_(scene), before_(scene.style().theme)
    {
        scene_.setTheme(Theme::light());
    }
    ~LightScene() { scene_.setTheme(before_); }
    LightScene(const LightScene&) = delete;
    LightScene& operator=(const LightScene&) = delete;

private:
    TopologyScene& scene_;
    const Theme before_;
};

/// `room`: what of a page may be drawn on.
void drawPage(TopologyScene& scene, QPainter& painter, const QRectF& room)
{
    const QRectF content = scene.contentRect();
    const double scale = std::min(room.width() / content.width(), room.height() / content.height());
    QRectF target(QPointF(), content.size() * scale);
    target.moveCenter(room.center());
    draw(scene, painter, target);
}

QString writePdf(TopologyScene& scene, QIODevice& device)
{
    constexpr double sceneUnitsPerInch = 96;
    const QSizeF inches = scene.contentRect().size() / sceneUnitsPerInch;
    QPdfWriter writer(&device);
    writer.setTitle(tr("Gatehouse topology"));
    writer.setCreator(QStringLiteral("Gatehouse"));
    writer.setPageSize(QPageSize(inches, QPageSize::Inch));
    writer.setPageMargins({});
    QPainter painter;
    if (!painter.begin(&writer))
        return tr("the drawing could not be begun");
    drawPage(scene, painter, QRectF(QPointF(), QSizeF(writer.width(), writer.height())));
    return painter.end() ? QString() : tr("the drawing could not be ended");
}

QString writeText(QIODevice& device, const std::string& text)
{
    const auto size = static_cast<qint64>(text.size());
    return device.write(text.data(), size) == size ? QString() : device.errorString();
}

/// The objects that filter and focus leave, each for itself: what folds them is the canvas' want of room.
model::Topology visiblePart(const TopologyScene& scene)
{
    const ShownGraph& shown = scene.shown();
    const model::Topology& whole = scene.whole().topology();
    std::vector<bool> nodes(whole.nodes.size()), edges(whole.edges.size());
    for (std::size_t n = 0; n < nodes.size(); ++n)
        nodes[n] = shown.shownOf[n] >= 0;
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const model::TopologyEdge& edge = whole.edges[e];
        edges[e] = shown.shownEdges[e] >= 0 || shown.shownOf[edge.from] == shown.shownOf[edge.to]; // within a card
    }
    return partOf(whole, nodes, edges);
}

QString write(TopologyScene& scene, const QString& ending, QIODevice& device)
{
    if (ending == QLatin1String("svg"))
        return writeSvg(scene, device);
    if (ending == QLatin1String("png"))
        return writePng(scene, device);
    if (ending == QLatin1String("pdf"))
        return writePdf(scene, device);
    const model::Topology topology = visiblePart(scene);
    const model::TopologyGroups groups = groupBy(topology, model::Grouping::Namespace);
    return writeText(device, ending == QLatin1String("dot") ? toDot(topology, groups) : toMermaid(topology, groups));
}

} // namespace

QString exportScene(TopologyScene& scene, const QString& file)
{
    if (scene.contentRect().isEmpty())
        return tr("there is nothing to export");
    const QString ending = QFileInfo(file).suffix().toLower();
    const QStringList endings{QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("pdf"),
                              QStringLiteral("dot"), QStringLiteral("mmd")};
    if (!endings.contains(ending))
        return tr("the file name must end in one of %1").arg(QLatin1Char('.') + endings.join(QStringLiteral(", .")));
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return out.errorString();
    if (const QString fault = write(scene, ending, out); !fault.isEmpty())
        return fault;
    return out.commit() ? QString() : out.errorString();
}

QString printScene(TopologyScene& scene, QPrinter& printer)
{
    if (scene.contentRect().isEmpty())
        return tr("there is nothing to print");
    const LightScene light(scene);
    QPainter painter;
    if (!painter.begin(&printer))
        return tr("the printer does not take the drawing");
    drawPage(scene, painter, QRectF(QPointF(), printer.pageLayout().paintRectPixels(printer.resolution()).size()));
    return painter.end() ? QString() : tr("the drawing could not be ended");
}

} // namespace gatehouse::ui
