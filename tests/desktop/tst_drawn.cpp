// Every sample, light and dark, and a set of 5,000 objects, through the application as it runs: what the manifests have
// is on the canvas, and the window can be drawn.

#include <QSignalSpy>
#include <QTest>

#include "app/desktop/controller.h"
#include "quiet.h"
#include "ui/icons.h"
#include "ui/topology/topology_panel.h"

#include <QApplication>
#include <QDir>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTextStream>

#include <set>

using namespace gatehouse;

namespace {

/// How many colours a picture has, up to `most`: an empty one has a few.
std::size_t coloursOf(const QImage& image, std::size_t most)
{
    std::set<QRgb> colours;
    for (int y = 0; y < image.height() && colours.size() < most; ++y)
        for (int x = 0; x < image.width() && colours.size() < most; ++x)
            colours.insert(image.pixel(x, y));
    return colours.size();
}

/// What the canvas has to show of manifests.
std::vector<model::ObjectKey> drawables(const model::ResourceSet& resources)
{
    std::vector<model::ObjectKey> keys;
    const auto add = [&](const auto& map) {
        for (const auto& [name, resource] : map)
            keys.push_back(resource->key);
    };
    add(resources.gateways), add(resources.listenerSets), add(resources.httpRoutes), add(resources.grpcRoutes);
    add(resources.tlsRoutes), add(resources.tcpRoutes), add(resources.udpRoutes), add(resources.services);
    add(resources.backendTLSPolicies), add(resources.others);
    return keys;
}

/// The application without its main().
struct Shown {
    ui::MainWindow window{nullptr};
    desktop::Controller controller{window, {{}, {}, false, nullptr}};

    explicit Shown(ui::ThemeChoice theme, const QStringList& paths)
    {
        window.resize(1400, 900);
        window.chooseTheme(theme);
        window.show();
        controller.open(paths);
    }
    bool waitUntilDrawn()
    {
        const auto drawn = [this] {
            return controller.state() && !window.canvas().scene().arranging() && !controller.advising() &&
                   window.canvas().scene().nodeCount() > 0;
        };
        return QTest::qWaitFor(drawn, 60'000);
    }
};

void write(const QString& path, const QString& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
}

/// 100 namespaces with a Gateway for every ten, 44 routes each with Services: 5,000 objects in all.
void writeLargeSet(const QString& folder)
{
    for (int ns = 0; ns < 100; ++ns) {
        QString text;
        QTextStream out(&text);
        const QString space = QStringLiteral("team-%1").arg(ns);
        if (ns % 10 == 0)
            out << "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: " << space
                << "}, spec: {gatewayClassName: c, listeners: [{name: http, protocol: HTTP, port: 8080, "
                   "allowedRoutes: {namespaces: {from: All}}}]}}\n---\n";
        for (int s = 0; s < 5; ++s)
            out << "{apiVersion: v1, kind: Service, metadata: {name: s" << s << ", namespace: " << space
                << "}, spec: {ports: [{port: 80}]}}\n---\n";
        for (int r = 0; r < 45; ++r)
            out << "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r" << r
                << ", namespace: " << space << "}, spec: {parentRefs: [{name: gw, namespace: team-" << ns / 10 * 10
                << "}], hostnames: [r" << r << '.' << space << ".example.com], rules: [{backendRefs: [{name: s" << r % 5
                << ", port: 80}]}]}}\n---\n";
        write(folder + QStringLiteral("/%1.yaml").arg(space), text);
    }
}

} // namespace

class TstDrawn : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        ui::loadResources();
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setFont(ui::interfaceFont());
    }

    void samples_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("dark");
        const QDir samples(QStringLiteral(GATEHOUSE_SOURCE_DIR "/samples"));
        for (const QString& name : samples.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            for (const bool dark : {false, true})
                QTest::addRow("%s, %s", qPrintable(name), dark ? "dark" : "light") << samples.filePath(name) << dark;
    }

    void samples()
    {
        QFETCH(QString, path);
        QFETCH(bool, dark);
        Shown shown(dark ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light, {path});
        QVERIFY(shown.waitUntilDrawn());
        checkObjects(shown, false);
        checkPicture(shown, dark);
    }

    void fiveThousandObjects()
    {
        QTemporaryDir folder;
        writeLargeSet(folder.path());
        Shown shown(ui::ThemeChoice::Light, {folder.path()});
        QVERIFY(shown.waitUntilDrawn());
        QVERIFY(shown.controller.state()->import.objects >= 5000);
        checkObjects(shown, true);
        checkPicture(shown, false);
        QVERIFY2(shown.window.canvas().scene().nodeCount() < 400, "so many cards are no overview");
    }

private:
    /// `folded`: cards may stand for several.
    static void checkObjects(Shown& shown, bool folded)
    {
        const ui::TopologyScene& scene = shown.window.canvas().scene();
        const auto keys = drawables(*shown.controller.state()->import.resources);
        QVERIFY(!keys.empty());
        QCOMPARE(scene.shownObjects(), scene.index().topology().nodes.size());
        for (const model::ObjectKey& key : keys) {
            const ui::NodeItem* item = scene.itemFor(key);
            QVERIFY2(item && item->isVisible(), model::toString(key).c_str());
            QVERIFY2(folded || item->key() == key, model::toString(key).c_str());
            QVERIFY2(scene.contentRect().contains(item->sceneBoundingRect().center()), model::toString(key).c_str());
        }
        for (const std::string& space : scene.index().topology().namespaces)
            QVERIFY2(folded || space.empty() || scene.frameItem(space), space.c_str());
        std::size_t edges = 0;
        for (const ui::EdgeItem* edge : scene.edgeItems())
            edges += edge ? 1 : 0;
        QVERIFY2(folded || edges == scene.index().topology().edges.size(), "an edge is missing");
    }

    static void checkPicture(Shown& shown, bool dark)
    {
        const QImage picture = shown.window.grab().toImage();
        QVERIFY(!picture.isNull());
        QVERIFY2(coloursOf(picture, 64) >= 64, "hardly anything is drawn");
        const QImage canvas = shown.window.canvas().view().grab().toImage();
        QVERIFY2(coloursOf(canvas, 32) >= 32, "the canvas is empty");
        QCOMPARE(qGray(picture.pixel(picture.width() / 2, 2)) < 128, dark);
    }
};

QTEST_MAIN(TstDrawn)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_drawn.moc"
