#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/inspector/copy_entries.h"
#include "ui/inspector/inspector.h"

#include <QLabel>
#include <QRegularExpression>

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
        const std::vector<Problem> problems;
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
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::sharedGateway, {});
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
        inspector.show(TopologyIndex(sample::share(std::move(topology))), sample::sharedGateway, {});
        const QString text = inspector.summaryText();
        QVERIFY2(text.contains(QStringLiteral("and 32 more")), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("r40")));
    }

    void asksForDetailsAndShowsThem()
    {
        Inspector inspector;
        QSignalSpy asked(&inspector, &Inspector::detailsRequested);
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::shopRoute, {});
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
        const std::vector<Problem> problems = problemList({}, {problem});
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::shopRoute, problems);
        ObjectDetails details;
        details.firstLine = 40;
        details.yaml = QStringLiteral("kind: HTTPRoute\nspec:\n  rules: []\n");
        inspector.setDetails(sample::shopRoute, details);
        QCOMPARE(inspector.yamlView()->markedLines(), std::vector<int>{42});
        QCOMPARE(inspector.yamlView()->extraSelections().size(), 1);
    }

    void rulesStandInMatchOrderWithShadowedOnesStruck()
    {
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::shopRoute, {});
        ObjectDetails details;
        EffectiveRule first, lost;
        first.match = QStringLiteral("/ and below");
        first.rule = QStringLiteral("Rule 1");
        first.route = sample::blogRoute;
        lost.match = QStringLiteral("/cart");
        lost.rule = QStringLiteral("Rule 2");
        lost.route = sample::shopRoute;
        lost.shadow = ShadowText{
            QStringLiteral("HTTPRoute team-a/blog, rule 1"), QStringLiteral("it is older"), sample::blogRoute, {}};
        details.effective = {
            {{QStringLiteral("infra/shared \u00b7 http")}, QStringLiteral("shop.example.com"), {first, lost}, 3}};
        inspector.setDetails(sample::shopRoute, details);
        const QString text = inspector.summaryText();
        QVERIFY(text.contains(QStringLiteral("shop.example.com")));
        QVERIFY2(text.indexOf(QStringLiteral("Rule 1")) < text.indexOf(QStringLiteral("Rule 2")), "not in match order");
        QVERIFY2(text.contains(QRegularExpression(QStringLiteral("<s>.*cart.*</s>"))), "the loser is not struck");
        QVERIFY(text.contains(QStringLiteral("it is older")));
        QVERIFY(text.contains(QStringLiteral("and 3 more")));
        // Who shadows it is a link.
        QSignalSpy linked(&inspector, &Inspector::linkActivated);
        for (QLabel* label : inspector.findChildren<QLabel*>())
            if (label->text().contains(QLatin1String("<s>")))
                emit label->linkActivated(QStringLiteral("2"));
        QTRY_COMPARE(linked.size(), 1);
        QVERIFY(linked.first().first().value<gatehouse::model::ObjectKey>() == sample::blogRoute);
    }

    void referencesStandBothWays()
    {
        using gatehouse::model::Reference;
        using gatehouse::model::ReferenceRole;
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(sample::make())), sample::sharedGateway, {});
        ObjectDetails details;
        details.known = true;
        const auto secret = sample::key("Secret", "certs", "tls"),
                   grant = sample::key("ReferenceGrant", "certs", "allow");
        details.to = {Reference{ReferenceRole::Certificate,
                                sample::sharedGateway,
                                secret,
                                "spec.listeners[1].tls.certificateRefs[0]",
                                {},
                                true,
                                true,
                                grant},
                      Reference{ReferenceRole::Certificate,
                                sample::sharedGateway,
                                sample::key("Secret", "infra", "gone"),
                                "spec.listeners[1].tls.certificateRefs[1]",
                                {},
                                false,
                                false,
                                {}}};
        // An edge says it already.
        details.from = {Reference{ReferenceRole::Parent,
                                  sample::shopRoute,
                                  sample::sharedGateway,
                                  "spec.parentRefs[0]",
                                  {},
                                  true,
                                  false,
                                  {}}};
        inspector.setDetails(sample::sharedGateway, details);
        const QString text = inspector.summaryText();
        QVERIFY(text.contains(QStringLiteral("Secret certs/tls")));
        QVERIFY2(text.contains(QStringLiteral("ReferenceGrant certs/allow")), "the grant is not named");
        QVERIFY(text.contains(QStringLiteral("certificate")));
        QVERIFY2(text.contains(QStringLiteral("Missing")), "a missing Secret is not told");
        QCOMPARE(text.count(QStringLiteral("HTTPRoute team-a/shop")), 1);
        QVERIFY2(text.indexOf(QStringLiteral("certs/tls")) < text.indexOf(QStringLiteral("team-a/shop")),
                 "what it points to comes first");
    }

    void lintSaysWhatItSaysOfTheObject()
    {
        gatehouse::model::Diagnostic problem;
        problem.severity = gatehouse::model::Severity::Warning;
        problem.code = "GH2502";
        problem.message = "no request ever reaches this rule";
        problem.remedy = "remove it";
        problem.object = sample::shopRoute;
        problem.location = {std::make_shared<const std::string>("a.yaml"), {42, 3}};
        Inspector inspector;
        const TopologyIndex index(sample::share(sample::make()));
        inspector.show(index, sample::shopRoute, problemList({}, {problem}));
        const QString text = inspector.summaryText();
        for (const char* part : {"no request ever reaches", "remove it", "GH2502", "line 42"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QSignalSpy asked(&inspector, &Inspector::codeActivated);
        for (QLabel* label : inspector.findChildren<QLabel*>())
            if (label->text().contains(QLatin1String("GH2502")))
                emit label->linkActivated(QStringLiteral("code"));
        QTRY_COMPARE(asked.size(), 1);
        inspector.setProblems({});
        QVERIFY(!inspector.summaryText().contains(QStringLiteral("GH2502")));
    }

    void copiesCommands()
    {
        const TopologyIndex index(sample::share(sample::make()));
        /// The text that begins with `start`; "" when there is none.
        const auto copied = [&](const gatehouse::model::ObjectKey& key, const QString& start) {
            for (const CopyEntry& entry : copyEntries(index, *index.node(key)))
                if (entry.text.startsWith(start))
                    return entry.text;
            return QString();
        };
        QVERIFY(copied(sample::sharedGateway, QStringLiteral("curl ")).contains(QStringLiteral("127.0.0.1:8080")));
        QVERIFY(copied(sample::shopRoute, QStringLiteral("curl ")).contains(QStringLiteral("shop.example.com")));
        QVERIFY2(copied(sample::shopService, QStringLiteral("curl ")).isEmpty(), "nobody sends requests to a Service");
        QCOMPARE(copied(sample::shopService, QStringLiteral("team-a/")), QStringLiteral("team-a/shop"));
        QVERIFY(copied(sample::shopRoute, QStringLiteral("kubectl ")).contains(QStringLiteral("shop")));
    }

    void nothingSelectedSaysSo()
    {
        Inspector inspector;
        inspector.show(TopologyIndex(sample::share(sample::make())), std::nullopt, {});
        QCOMPARE(inspector.currentIndex(), 0);
    }
};

QTEST_MAIN(TstInspector)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_inspector.moc"
