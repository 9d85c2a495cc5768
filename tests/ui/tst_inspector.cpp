#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/inspector/inspector.h"

using namespace gatehouse::ui;
using gatehouse::model::Condition;
using gatehouse::model::ConditionStatus;

class TstInspector : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void conditionsInPlainWords_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("tone");
        const int yes = int(ConditionStatus::True), no = int(ConditionStatus::False);
        const int good = int(Tone::Good), bad = int(Tone::Bad), neutral = int(Tone::Neutral);
        QTest::newRow("accepted") << "Accepted" << yes << "Accepted"
                                  << "Accepted: it takes part in routing" << good;
        QTest::newRow("refused by namespace") << "Accepted" << no << "NotAllowedByListeners"
                                              << "No listener lets routes of this namespace or kind in" << bad;
        QTest::newRow("no hostname in common") << "Accepted" << no << "NoMatchingListenerHostname"
                                               << "No listener serves any of its hostnames" << bad;
        QTest::newRow("missing grant") << "ResolvedRefs" << no << "RefNotPermitted"
                                       << "It refers into another namespace that has not granted it" << bad;
        QTest::newRow("conflicted is bad when true") << "Conflicted" << yes << "HostnameConflict"
                                                     << "Another listener has the same port and hostname" << bad;
        QTest::newRow("not conflicted is good") << "Conflicted" << no << "NoConflicts"
                                                << "No other listener is in its way" << good;
        QTest::newRow("pending") << "Programmed" << int(ConditionStatus::Unknown) << "Pending"
                                 << "Programmed is not known yet" << neutral;
        QTest::newRow("a type that nobody knows") << "Sparkling" << yes << "X"
                                                  << "Sparkling is true" << good;
        QTest::newRow("a reason that nobody knows") << "Accepted" << no << "X"
                                                    << "Not accepted: it has no effect" << bad;
    }

    void conditionsInPlainWords()
    {
        QFETCH(QString, type);
        QFETCH(int, status);
        QFETCH(QString, reason);
        const Condition condition{type.toStdString(), static_cast<ConditionStatus>(status), reason.toStdString(), ""};
        QTEST(conditionWords(condition).text, "words");
        QTEST(int(conditionWords(condition).tone), "tone");
    }

    void summaryTellsWhatIsWrongAndWhy()
    {
        Inspector inspector;
        ProblemsModel problems;
        const TopologyIndex index(sample::share(sample::make()));
        inspector.show(index, sample::blogRoute, problems);
        const QString text = inspector.summaryText();
        QVERIFY(text.contains(QStringLiteral("HTTPRoute in team-a")));
        QVERIFY(text.contains(QStringLiteral("No listener lets routes of this namespace or kind in")));
        QVERIFY2(text.contains(QStringLiteral("NotAllowedByListeners")), "the API's own reason is missing");
        QVERIFY2(text.contains(QStringLiteral("allowedRoutes.namespaces.from")), "the hint is missing");
    }

    void gatewayShowsItsListenersWithUrls()
    {
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::sharedGateway, ProblemsModel());
        const QString text = inspector.summaryText();
        QVERIFY(text.contains(QStringLiteral("http://127.0.0.1:8080")));
        QVERIFY2(text.contains(QString::fromUtf8(":80 \u2192 :8080")), "a moved port is not shown");
    }

    void manyConnectionsAreCounted()
    {
        sample::Topology topology = sample::make();
        for (int i = 0; i < 50; ++i) {
            topology.nodes.push_back(
                sample::node(sample::NodeKind::Route, sample::key("HTTPRoute", "team-a", "r" + std::to_string(i)), ""));
            sample::attach(topology, 0, static_cast<std::uint32_t>(topology.nodes.size() - 1),
                           sample::Relation::OneToMany);
        }
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(std::move(topology))), sample::sharedGateway, ProblemsModel());
        const QString text = inspector.summaryText();
        QVERIFY2(text.contains(QStringLiteral("and 32 more")), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("r40")));
    }

    void asksForDetailsAndShowsThem()
    {
        Inspector inspector;
        QSignalSpy asked(&inspector, &Inspector::detailsRequested);
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::shopRoute, ProblemsModel());
        QCOMPARE(asked.size(), 1);
        ObjectDetails details;
        details.yaml = QStringLiteral("kind: HTTPRoute\n");
        details.rules = {{QStringLiteral("Rule 1"), {QStringLiteral("GET")}, {QStringLiteral("shop:80")}}};
        inspector.setDetails(sample::blogRoute, details);
        QVERIFY2(!inspector.summaryText().contains(QStringLiteral("shop:80")), "details of another object were taken");
        inspector.setDetails(sample::shopRoute, details);
        QVERIFY(inspector.summaryText().contains(QStringLiteral("shop:80")));
        QCOMPARE(inspector.yamlView()->toPlainText(), QStringLiteral("kind: HTTPRoute\n"));
    }

    void yamlMarksTheLinesOfProblems()
    {
        gatehouse::model::Diagnostic problem;
        problem.message = "no such Service";
        problem.object = sample::shopRoute;
        problem.location = {std::make_shared<const std::string>("a.yaml"), {42, 3}};
        ProblemsModel problems;
        problems.setProblems({}, {problem});
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::shopRoute, problems);
        ObjectDetails details;
        details.firstLine = 40;
        details.yaml = QStringLiteral("kind: HTTPRoute\nspec:\n  rules: []\n");
        inspector.setDetails(sample::shopRoute, details);
        QCOMPARE(inspector.yamlView()->markedLines(), std::vector<int>{42});
        QCOMPARE(inspector.yamlView()->extraSelections().size(), 1);
    }

    void nothingSelectedSaysSo()
    {
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(sample::make())), std::nullopt, ProblemsModel());
        QCOMPARE(inspector.currentIndex(), 0);
    }
};

QTEST_MAIN(TstInspector)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_inspector.moc"
