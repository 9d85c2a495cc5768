#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "engine/routing/development_names.h"
#include "importers/importer.h"
#include "model/graph/graph.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;

namespace {

std::string world(const std::string& hostname, const std::vector<std::string>& routeHostnames)
{
    std::string text = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec:\n"
                       "  gatewayClassName: c\n  listeners:\n"
                       "  - {name: other, protocol: HTTP, port: 80}\n"
                       "  - name: https\n    protocol: HTTPS\n    port: 443\n    tls: {certificateRefs: [{name: s}]}\n";
    if (!hostname.empty())
        text += "    hostname: \"" + hostname + "\"\n";
    text += "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n"
            "  parentRefs: [{name: gw, sectionName: https}]\n";
    if (!routeHostnames.empty()) {
        text += "  hostnames:\n";
        for (const std::string& each : routeHostnames)
            text += "  - \"" + each + "\"\n";
    }
    return text;
}

std::vector<std::string> namesOf(const std::string& yaml)
{
    importers::ManifestImporter importer;
    const importers::ImportResult imported = importer.importTexts({{"test.yaml", yaml}});
    if (hasErrors(imported.diagnostics))
        return {toString(imported.diagnostics.front())};
    const model::Graph graph = model::resolve(imported.resources, {{}, true});
    return routing::developmentNames(graph, model::ListenerIndex{1}, {"127.0.0.1", "::1"});
}

} // namespace

class TstDevelopmentNames : public QObject {
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void manyNamesAreCut();
    void anotherListenersRoutesAreNotIts();
};

void TstDevelopmentNames::names_data()
{
    QTest::addColumn<QString>("hostname");
    QTest::addColumn<QStringList>("routes");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("its hostname") << "app.test" << QStringList() << QStringList("app.test");
    QTest::newRow("a wildcard") << "*.app.test" << QStringList() << QStringList("*.app.test");
    QTest::newRow("without hostname: this machine")
        << "" << QStringList() << QStringList({"localhost", "127.0.0.1", "::1"});
    QTest::newRow("without hostname: and its routes' hosts")
        << "" << QStringList({"b.test", "*.a.test"})
        << QStringList({"localhost", "*.a.test", "127.0.0.1", "::1", "b.test"});
    QTest::newRow("a wildcard covers one label")
        << "*.app.test" << QStringList({"a.app.test", "a.b.app.test"}) << QStringList({"*.app.test", "a.b.app.test"});
    QTest::newRow("a narrower wildcard is none of the wider's labels")
        << "*.app.test" << QStringList("*.b.app.test") << QStringList({"*.app.test", "*.b.app.test"});
    QTest::newRow("a route's wider host is narrowed") << "app.test" << QStringList("*.test") << QStringList("app.test");
    QTest::newRow("a host that the listener refuses") << "app.test" << QStringList("b.test") << QStringList("app.test");
}

void TstDevelopmentNames::names()
{
    QFETCH(QString, hostname);
    QFETCH(QStringList, routes);
    QFETCH(QStringList, expected);
    std::vector<std::string> hosts;
    for (const QString& each : routes)
        hosts.push_back(each.toStdString());
    QStringList got;
    for (const std::string& name : namesOf(world(hostname.toStdString(), hosts)))
        got.push_back(QString::fromStdString(name));
    QCOMPARE(got, expected);
}

void TstDevelopmentNames::manyNamesAreCut()
{
    std::string text;
    for (int r = 0; r < 20; ++r) {
        std::vector<std::string> hosts;
        for (int h = 0; h < 16; ++h)
            hosts.push_back("h" + std::to_string(h) + ".r" + std::to_string(r) + ".test");
        std::string one = world("", hosts);
        if (r > 0)
            one = one.substr(one.find("---\n") + 4);
        const std::size_t name = one.find("metadata: {name: r}");
        one.replace(name, 19, "metadata: {name: r" + std::to_string(r) + "}");
        text += (r > 0 ? "---\n" : "") + one;
    }
    const auto names = namesOf(text);
    QCOMPARE(names.size(), routing::mostDevelopmentNames);
    QCOMPARE(names.front(), std::string("localhost"));
    QCOMPARE(names[1], std::string("127.0.0.1"));
}

void TstDevelopmentNames::anotherListenersRoutesAreNotIts()
{
    std::string text = world("", {"a.test"});
    text.replace(text.find("sectionName: https"), 18, "sectionName: other");
    const auto names = namesOf(text);
    QCOMPARE(names, (std::vector<std::string>{"localhost", "127.0.0.1", "::1"}));
}

QTEST_APPLESS_MAIN(TstDevelopmentNames)
#include "tst_development_names.moc"
