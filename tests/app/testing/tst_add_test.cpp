#include "app/testing/add_test.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::testing;

namespace {

TestCase shop(const std::string& name = "the shop")
{
    TestCase test;
    test.name = name;
    test.request = HttpRequest{"GET", "http://shop.test/", {}, std::nullopt, false};
    return test;
}

model::Value served()
{
    model::Value expect = model::Value::object();
    expect.set("backend", "a/shop:80");
    return expect;
}

constexpr const char* head = "apiVersion: gatehouse.dev/v1\nkind: GatewayTest\n";

} // namespace

class TstAddTest : public QObject {
    Q_OBJECT
private slots:
    void aNewFileIsWhole()
    {
        const auto grown = addTest("/t/tests/a.yaml", "", {"/t/manifests"}, shop(), served());
        QVERIFY2(grown, grown ? "" : grown.error().c_str());
        QCOMPARE(
            QString::fromStdString(grown->text),
            QStringLiteral("# Tests of `gatehouse test`.\napiVersion: gatehouse.dev/v1\nkind: GatewayTest\n"
                           "manifests:\n- ../manifests\ntests:\n- name: the shop\n  request: GET http://shop.test/\n"
                           "  expect:\n    backend: a/shop:80\n"));
        QCOMPARE(grown->line, 7u);
    }

    void theRestStaysAsItStands_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("added"); ///< what stands behind it then
        const QString plain = QStringLiteral("- name: the shop\n  request: GET http://shop.test/\n  expect:\n"
                                             "    backend: a/shop:80\n");
        const QString indented = QStringLiteral("  - name: the shop\n    request: GET http://shop.test/\n    expect:\n"
                                                "      backend: a/shop:80\n");
        const QString document = QStringLiteral("---\napiVersion: gatehouse.dev/v1\nkind: GatewayTest\nmanifests:\n"
                                                "- ../manifests\ntests:\n") +
                                 plain;
        const QString begin = QLatin1String(head);
        const QString one = QStringLiteral("- name: other\n  request: GET http://o/\n  expect: {status: 404}\n");
        QTest::newRow("dashes below the key") << begin + QStringLiteral("tests: # all\n# why\n") + one << plain;
        QTest::newRow("indented dashes")
            << begin + QStringLiteral("tests:\n\n  - {name: other, request: GET http://o/, expect: {status: 404}}\n"
                                      "  # the end\n")
            << indented;
        QTest::newRow("without a last line break")
            << begin + QStringLiteral("tests:\n- {name: other, request: GET http://o/, expect: {status: 404}}")
            << QLatin1Char('\n') + plain;
        QTest::newRow("the same manifests, otherwise said")
            << begin + QStringLiteral("manifests: [./../tests/../manifests]\ntests:\n") + one << plain;
        QTest::newRow("other manifests") << begin + QStringLiteral("manifests: [elsewhere]\ntests:\n") + one
                                         << document;
        QTest::newRow("tests in flow style")
            << begin + QStringLiteral("tests: [{name: other, request: GET http://o/, expect: {status: 404}}]\n")
            << document;
        QTest::newRow("tests are not the last")
            << begin + QStringLiteral("tests:\n") + one + QStringLiteral("manifests: [../manifests]\n") << document;
        QTest::newRow("defaults would change it")
            << begin + QStringLiteral("defaults: {headers: {X-A: b}}\ntests:\n") + one << document;
        QTest::newRow("behind another document")
            << begin + QStringLiteral("tests:\n") + one + QStringLiteral("---\n") + begin +
                   QStringLiteral("tests:\n- {name: third, request: GET http://o/, expect: {status: 404}}\n")
            << plain;
    }

    void theRestStaysAsItStands()
    {
        QFETCH(QString, before);
        QFETCH(QString, added);
        const auto grown = addTest("/t/tests/a.yaml", before.toStdString(), {"/t/manifests"}, shop(), served());
        QVERIFY2(grown, grown ? "" : grown.error().c_str());
        QCOMPARE(QString::fromStdString(grown->text), before + added);
        QCOMPARE(QString::fromStdString(grown->text).split(QLatin1Char('\n')).at(int(grown->line) - 1).trimmed(),
                 QStringLiteral("- name: the shop"));
    }

    void namesTellTestsApart()
    {
        std::string text;
        for (const char* const name : {"the shop", "the shop (2)", "the shop (3)"}) {
            const auto grown = addTest("/t/a.yaml", text, {"/t/m"}, shop(), served());
            QVERIFY2(grown, grown ? "" : grown.error().c_str());
            QCOMPARE(grown->name, std::string(name));
            text = grown->text;
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        QTest::newRow("JSON") << "a.json"
                              << ""
                              << "JSON";
        QTest::newRow("a manifest") << "a.yaml"
                                    << "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
                                    << "GatewayTest";
        QTest::newRow("with errors") << "a.yaml" << QLatin1String(head) + QStringLiteral("tests: [{name: x}]\n")
                                     << "a.yaml:3";
        QTest::newRow("no YAML") << "a.yaml"
                                 << "a: [\n"
                                 << "a.yaml:";
    }

    void refuses()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto grown = addTest(path.toStdString(), text.toStdString(), {}, shop(), served());
        QVERIFY(!grown);
        QVERIFY2(QString::fromStdString(grown.error()).contains(why), grown.error().c_str());
    }
};

QTEST_APPLESS_MAIN(TstAddTest)
#include "tst_add_test.moc"
