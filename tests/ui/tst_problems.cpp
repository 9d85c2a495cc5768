#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/problem_page.h"
#include "ui/docks/problems_dock.h"
#include "ui/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>
#include <QTreeView>

#include <random>

using namespace gatehouse::ui;
using gatehouse::model::Diagnostic;
using gatehouse::model::Severity;

namespace {

Diagnostic diagnostic(Severity severity, const std::string& code, const std::string& message, const std::string& file,
                      std::uint32_t line)
{
    Diagnostic problem;
    problem.severity = severity;
    problem.code = code;
    problem.message = message;
    problem.remedy = "do " + message;
    problem.object = sample::shopRoute;
    problem.location = {std::make_shared<const std::string>(file), {line, 1}};
    return problem;
}

std::vector<Diagnostic> some()
{
    return {diagnostic(Severity::Error, "GH1003", "bad port", "x/gateway.yaml", 12),
            diagnostic(Severity::Warning, "GH2501", "never reached", "x/shop.yaml", 7),
            diagnostic(Severity::Info, "GH2104", "nobody uses it", "x/shop.yaml", 3)};
}

/// Without the sample's own refusal, so that only the diagnostics are listed.
std::shared_ptr<const sample::Topology> well()
{
    sample::Topology topology = sample::make();
    std::erase_if(topology.edges, [](const auto& edge) { return edge.rejected; });
    topology.nodes[2].conditions.clear();
    return sample::share(std::move(topology));
}

QStringList texts(const QAbstractItemModel& model, int column, const QModelIndex& parent = {})
{
    QStringList all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, column, parent);
        if (!at.data().toString().isEmpty())
            all << at.data().toString();
        all += texts(model, column, model.index(row, 0, parent));
    }
    return all;
}

} // namespace

class TstProblems : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void anyListBecomesAnyOther()
    {
        ProblemsModel model;
        ProblemsFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(3);
        const auto below = [&](std::uint32_t n) {
            return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random);
        };
        for (int round = 0; round < 80; ++round) {
            std::vector<Diagnostic> list;
            for (std::uint32_t i = 0; i < 30; ++i)
                if (below(2) == 0)
                    list.push_back(diagnostic(static_cast<Severity>(i % 3), "GH" + std::to_string(i % 7),
                                              "message " + std::to_string(i % 20), "f" + std::to_string(i % 4),
                                              below(50) + 1));
            std::shuffle(list.begin(), list.end(), random);
            model.setGrouping(static_cast<ProblemsModel::Grouping>(below(3)));
            filter.setWords(below(2) == 0 ? QStringLiteral("message 1") : QString());
            model.setProblems(problemList({}, list));
            QCOMPARE(model.problems().size(), list.size());
            ProblemsFilter all;
            all.setSourceModel(&model);
            QCOMPARE(all.count(), static_cast<int>(list.size()));
        }
    }

    void selectionSurvivesAnEditAboveIt()
    {
        ProblemsDock dock;
        dock.setProblems(well(), some());
        dock.list()->setCurrentIndex(dock.list()->model()->index(1, 0));
        auto edited = some();
        edited[1].location.position.line = 42; // a line was written above
        edited.insert(edited.begin(), diagnostic(Severity::Error, "GH1001", "new", "x/shop.yaml", 1));
        dock.setProblems(well(), edited);
        const QModelIndex now = dock.list()->currentIndex();
        QCOMPARE(now.siblingAtColumn(ProblemsModel::CodeColumn).data().toString(), QStringLiteral("GH2501"));
        QCOMPARE(now.siblingAtColumn(ProblemsModel::PlaceColumn).data().toString(), QStringLiteral("shop.yaml:42"));
    }

    void chipsAndWordsFilter()
    {
        ProblemsDock dock;
        dock.show();
        dock.setProblems(well(), some());
        const QAbstractItemModel& shown = *dock.list()->model();
        QCOMPARE(texts(shown, ProblemsModel::CodeColumn), (QStringList{"GH1003", "GH2501", "GH2104"}));
        QVERIFY(dock.chip(Severity::Warning)->text().contains(QLatin1Char('1')));
        QTest::mouseClick(dock.chip(Severity::Warning), Qt::LeftButton);
        QCOMPARE(texts(shown, ProblemsModel::CodeColumn), (QStringList{"GH1003", "GH2104"}));
        QTest::mouseClick(dock.chip(Severity::Warning), Qt::LeftButton);
        QTest::keyClicks(dock.filterLine(), QStringLiteral("shop.yaml reached"));
        QCOMPARE(texts(shown, ProblemsModel::CodeColumn), QStringList{"GH2501"});
        QTest::keyClick(dock.filterLine(), Qt::Key_Escape);
        QCOMPARE(shown.rowCount(), 3);
    }

    void groupsByFileAndObject()
    {
        ProblemsDock dock;
        dock.setProblems(well(), some());
        dock.groups()->setCurrentIndex(1);
        QAbstractItemModel& shown = *dock.list()->model();
        QCOMPARE(shown.rowCount(), 2);
        QCOMPARE(shown.index(0, 0).data().toString(), QStringLiteral("gateway.yaml  (1)"));
        QCOMPARE(shown.index(1, 0).data().toString(), QStringLiteral("shop.yaml  (2)"));
        QVERIFY(dock.list()->isExpanded(shown.index(1, 0)));
        QTest::mouseClick(dock.chip(Severity::Error), Qt::LeftButton);
        QVERIFY2(shown.rowCount() == 1, "a heading without problems is still there");
        dock.groups()->setCurrentIndex(2);
        QCOMPARE(shown.rowCount(), 1);
        QVERIFY(shown.index(0, 0).data().toString().startsWith(QLatin1String("HTTPRoute team-a/shop")));
    }

    void whatIsClosedStaysClosed()
    {
        ProblemsDock dock;
        dock.show();
        dock.setProblems(well(), some());
        dock.groups()->setCurrentIndex(1);
        QAbstractItemModel& shown = *dock.list()->model();
        dock.list()->collapse(shown.index(1, 0));
        std::vector<Diagnostic> more = some();
        more.push_back(diagnostic(Severity::Warning, "GH2502", "another", "x/shop.yaml", 9));
        dock.setProblems(well(), more);
        QCOMPARE(shown.index(1, 0).data().toString(), QStringLiteral("shop.yaml  (3)"));
        QVERIFY(!dock.list()->isExpanded(shown.index(1, 0)));
        QVERIFY(dock.list()->isExpanded(shown.index(0, 0)));
        dock.list()->expand(shown.index(1, 0));
        dock.setProblems(well(), some());
        QVERIFY(dock.list()->isExpanded(shown.index(1, 0)));
    }

    void picksAndCopies()
    {
        ProblemsDock dock;
        dock.resize(900, 240);
        dock.show();
        dock.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dock));
        dock.setProblems(well(), some());
        QSignalSpy picked(&dock, &ProblemsDock::picked);
        const QModelIndex first = dock.list()->model()->index(0, ProblemsModel::TextColumn);
        QTest::mouseClick(dock.list()->viewport(), Qt::LeftButton, {}, dock.list()->visualRect(first).center());
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked.first().first().value<Problem>().code, QStringLiteral("GH1003"));
        dock.list()->setFocus();
        QTest::keySequence(dock.list(), QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), QString::fromStdString(gatehouse::model::toString(some()[0])));
    }

    void explainsCodesAndReasons()
    {
        ProblemsDock dock;
        dock.show();
        dock.setProblems(sample::share(sample::make()), some());
        QSignalSpy asked(&dock, &ProblemsDock::codeRequested);
        QVERIFY(!dock.page()->isVisible());
        dock.explainCurrent();
        QVERIFY(dock.page()->isVisible());
        QCOMPARE(asked.last().first().toString(), QStringLiteral("GH1003"));
        CodePage page{QStringLiteral("GH1003"),
                      true,
                      Severity::Error,
                      QStringLiteral("a title"),
                      QStringLiteral("It means this."),
                      {},
                      QStringLiteral("port: 0"),
                      QStringLiteral("port: 80"),
                      QStringLiteral("It cannot be silenced.")};
        dock.setCodePage(page);
        const QString text = dock.page()->toPlainText();
        for (const char* part : {"bad port", "do bad port", "gateway.yaml:12", "It means this.", "port: 0", "port: 80",
                                 "cannot be silenced"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        page.code = QStringLiteral("GH9999");
        page.meaning = QStringLiteral("of another");
        dock.setCodePage(page);
        QVERIFY2(!dock.page()->toPlainText().contains(QStringLiteral("of another")), "an old answer was taken");

        QSignalSpy picked(&dock, &ProblemsDock::picked);
        emit dock.page()->anchorClicked(QUrl(QStringLiteral("#jump")));
        QCOMPARE(picked.size(), 1);

        const auto& problems = dock.model().problems();
        const auto refused = std::find_if(problems.begin(), problems.end(), [](const Problem& problem) {
            return problem.code == QLatin1String("NotAllowedByListeners");
        });
        QVERIFY(refused != problems.end());
        dock.explain(*refused);
        dock.setCodePage({QStringLiteral("NotAllowedByListeners"), false, Severity::Error, {}, {}, {}, {}, {}, {}});
        QVERIFY(dock.page()->toPlainText().contains(
            QStringLiteral("No listener lets routes of this namespace or kind in")));
    }

    void adviceReplacesAndStaysUntilTheNext()
    {
        ProblemsDock dock;
        std::vector<Diagnostic> input{some()[0]};
        dock.setProblems(well(), input);
        QCOMPARE(dock.model().problems().size(), std::size_t{1});
        dock.setAdvice(some());
        QCOMPARE(dock.model().problems().size(), std::size_t{3});
        dock.setProblems(well(), input);
        QVERIFY2(dock.model().problems().size() == 3, "advice blinks with every reload");
        dock.setAdvice(input);
        QCOMPARE(dock.model().problems().size(), std::size_t{1});
        dock.setAdvice(some());
        dock.clearAdvice();
        dock.setProblems(well(), {});
        QVERIFY2(dock.model().problems().empty(), "advice about other manifests stayed");
    }
};

QTEST_MAIN(TstProblems)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_problems.moc"
