#include "app/control/lint/lint_state.h"
#include "app/desktop/advice.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using desktop::Advice;

namespace {

std::shared_ptr<control::State> stateOf(const std::string& port)
{
    importers::ManifestImporter importer;
    return control::deriveState(
        importer.importTexts({{"gw.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n"
                                          "metadata: {name: gw-" +
                                              port +
                                              ", namespace: infra}\nspec:\n  gatewayClassName: c\n  listeners:\n"
                                              "  - {name: http, protocol: HTTP, port: " +
                                              port + "}\n"}}),
        control::Config());
}

using Problems = std::vector<model::Diagnostic>;

QStringList codes(const Problems& problems)
{
    QStringList list;
    for (const model::Diagnostic& problem : problems)
        list << QString::fromStdString(problem.code);
    return list;
}

} // namespace

class TstAdvice : public QObject {
    Q_OBJECT
private slots:
    void saysWhatCheckSays()
    {
        const auto state = stateOf("8080");
        Advice advice;
        QSignalSpy ready(&advice, &Advice::ready);
        advice.ask(state);
        QVERIFY(advice.working());
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(!advice.working());
        const auto said = codes(ready.first().first().value<Problems>());
        QCOMPARE(said, codes(control::lintState(*state, {}).problems));
        QVERIFY2(said.contains(QStringLiteral("GH2104")), qPrintable(said.join(QLatin1Char(' '))));
    }

    void heedsLevels()
    {
        Advice advice;
        QSignalSpy ready(&advice, &Advice::ready);
        advice.setLevels({{"GH2104", control::LintLevel::Off}, {"GH2103", control::LintLevel::Error}});
        advice.ask(stateOf("8080"));
        QTRY_COMPARE(ready.size(), 1);
        for (const model::Diagnostic& problem : ready.first().first().value<Problems>()) {
            QVERIFY(problem.code != "GH2104");
            if (problem.code == "GH2103")
                QVERIFY(problem.severity == model::Severity::Error);
        }
    }

    void newestWins()
    {
        Advice advice;
        QSignalSpy ready(&advice, &Advice::ready);
        for (int port = 8080; port < 8100; ++port)
            advice.ask(stateOf(std::to_string(port)));
        QTRY_VERIFY(!advice.working());
        QCOMPARE(ready.size(), 1);
        const auto problems = ready.first().first().value<Problems>();
        QVERIFY(!problems.empty());
        for (const model::Diagnostic& problem : problems)
            if (problem.object)
                QCOMPARE(problem.object->name.name, std::string("gw-8099"));
    }

    void engineProblemsAreThereAsWell()
    {
        const auto state = stateOf("8080");
        model::Diagnostic bind;
        bind.code = "GH4101";
        bind.message = "does not serve: the port is in use";
        state->diagnostics.push_back(bind);
        Advice advice;
        QSignalSpy ready(&advice, &Advice::ready);
        advice.ask(state);
        QTRY_COMPARE(ready.size(), 1);
        QCOMPARE(codes(ready.first().first().value<Problems>()).count(QStringLiteral("GH4101")), 1);
    }

    void forgottenIsNotTold()
    {
        Advice advice;
        QSignalSpy ready(&advice, &Advice::ready);
        advice.ask(stateOf("8080"));
        advice.forget();
        QTRY_VERIFY(!advice.working());
        QVERIFY(ready.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TstAdvice)
#include "tst_advice.moc"
