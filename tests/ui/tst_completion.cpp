#include "sample_topology.h"
#include "ui/editor/completion.h"
#include "ui/editor/schema_words.h"

#include <QTest>

using namespace gatehouse::ui;

namespace {

constexpr const char* route = "apiVersion: gateway.networking.k8s.io/v1\n"
                              "kind: HTTPRoute\n"
                              "metadata:\n"
                              "  name: a\n"
                              "  namespace: team-a\n"
                              "spec:\n";

std::vector<Completion> offered(const std::string& marked, const gatehouse::model::Topology* topology = nullptr)
{
    std::string text = marked;
    const std::size_t cursor = text.find('@');
    text.erase(cursor, 1);
    const SchemaPlace place = placeAt(text, cursor);
    const std::string typed =
        place.at == SchemaPlace::At::Nothing ? "" : text.substr(place.begin, cursor - place.begin);
    return completionsAt(place, QString::fromStdString(typed), topology);
}

QStringList names(const std::vector<Completion>& completions)
{
    QStringList all;
    for (const Completion& each : completions)
        all << each.name;
    return all;
}

} // namespace

class TstCompletion : public QObject {
    Q_OBJECT
private slots:
    void offers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        const QString r = QString::fromLatin1(route);
        QTest::newRow("members that are not there yet")
            << r + QStringLiteral("  hostnames: []\n  @")
            << QStringList{QStringLiteral("parentRefs"), QStringLiteral("rules"), QStringLiteral("useDefaultGateways")};
        QTest::newRow("by what is typed, in any case")
            << r + QStringLiteral("  Ho@") << QStringList{QStringLiteral("hostnames")};
        QTest::newRow("required ones first")
            << r + QStringLiteral("  parentRefs:\n  - @")
            << QStringList{QStringLiteral("name"),      QStringLiteral("group"),       QStringLiteral("kind"),
                           QStringLiteral("namespace"), QStringLiteral("sectionName"), QStringLiteral("port")};
        QTest::newRow("values of an enum")
            << r + QStringLiteral("  rules:\n  - matches:\n    - path:\n        type: @")
            << QStringList{QStringLiteral("Exact"), QStringLiteral("PathPrefix"), QStringLiteral("RegularExpression")};
        QTest::newRow("protocols") << QStringLiteral("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n"
                                                     "  listeners:\n  - protocol: T@")
                                   << QStringList{QStringLiteral("TLS"), QStringLiteral("TCP")};
        QTest::newRow("kinds of a group") << QStringLiteral("apiVersion: v1\nkind: Se@")
                                          << QStringList{QStringLiteral("Secret"), QStringLiteral("Service")};
        QTest::newRow("the version of a kind") << QStringLiteral("apiVersion: g@\nkind: Gateway\n")
                                               << QStringList{QStringLiteral("gateway.networking.k8s.io/v1")};
        QTest::newRow("nothing in a comment") << r + QStringLiteral("  # @") << QStringList();
        QTest::newRow("nothing where the schema says nothing")
            << r + QStringLiteral("  nonsense:\n    @") << QStringList();
    }

    void offers()
    {
        QFETCH(QString, text);
        QTEST(names(offered(text.toStdString())), "expected");
    }

    void namesComeFromTheSet_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("a Gateway of another namespace")
            << "  parentRefs:\n  - namespace: infra\n    name: @" << QStringList{QStringLiteral("shared")};
        QTest::newRow("Services of the own one") << "  rules:\n  - backendRefs:\n    - name: @"
                                                 << QStringList{QStringLiteral("blog"), QStringLiteral("shop")};
        QTest::newRow("listeners of the parent")
            << "  parentRefs:\n  - name: shared\n    namespace: infra\n    sectionName: @"
            << QStringList{QStringLiteral("http"), QStringLiteral("https")};
        QTest::newRow("namespaces") << "  parentRefs:\n  - namespace: t@"
                                    << QStringList{QStringLiteral("team-a"), QStringLiteral("team-b")};
    }

    void namesComeFromTheSet()
    {
        QFETCH(QString, text);
        const auto topology = sample::make();
        QTEST(names(offered(route + text.toStdString(), &topology)), "expected");
    }

    void membersBringWhatFollowsThem()
    {
        const auto insertOf = [](const std::string& text) { return offered(route + text).at(0).insert; };
        QCOMPARE(insertOf("  rules:\n  - na@"), QStringLiteral("name: "));
        QCOMPARE(insertOf("  rul@"), QStringLiteral("rules:\n    - "));
        QCOMPARE(insertOf("  rules:\n  - timeo@"), QStringLiteral("timeouts:\n      "));
        QCOMPARE(insertOf("  parentRefs: [{na@}]"), QStringLiteral("name: "));
        QCOMPARE(insertOf("  rules:\n  - na@: x"), QStringLiteral("name")); // it has its colon
        QCOMPARE(insertOf("  rules:\n    @"), QStringLiteral("- name: "));  // the dash is not there yet
    }

    void helpSaysWhatTheSchemaSays()
    {
        const std::string text = std::string(route) + "  rules:\n  - matches:\n    - path:\n        type: x";
        const QString help = fieldHelp(placeAt(text, text.size()));
        for (const char* part : {"spec.rules[0].matches[0].path.type", "How the path is compared.",
                                 "one of Exact, PathPrefix, RegularExpression", "PathPrefix by default"})
            QVERIFY2(help.contains(QLatin1String(part)), qPrintable(help));
        const std::string port =
            "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n  listeners:\n  - port: 1";
        const QString limits = fieldHelp(placeAt(port, port.size()));
        QVERIFY2(limits.contains(QStringLiteral("a whole number from 1 to 65535")), qPrintable(limits));
        QVERIFY2(limits.contains(QStringLiteral("required")), qPrintable(limits));
    }

    /// A sentence for every field: of whatever the schema has, something is said.
    void everyFieldHasHelp()
    {
        for (const auto& kind : gatehouse::model::kindSchemas()) {
            for (const auto& field : kind.root->fields)
                QVERIFY(!fieldLine(field).isEmpty());
        }
    }
};

QTEST_APPLESS_MAIN(TstCompletion)
#include "tst_completion.moc"
