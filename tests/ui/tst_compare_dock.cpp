#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

#include "quiet.h"
#include "sample_comparison.h"
#include "tree_hands.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/main_window.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/topology_panel.h"

using namespace gatehouse::ui;
using namespace gatehouse::test;

namespace {

QString print(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QString cell = model.index(row, column, parent).data().toString();
            if (!cell.isEmpty())
                cells << cell;
        }
        text += QString(depth * 2, QLatin1Char(' ')) + cells.join(QStringLiteral(" | ")) + QLatin1Char('\n') +
                print(model, model.index(row, 0, parent), depth + 1);
    }
    return text;
}

std::shared_ptr<const Comparison> share(Comparison comparison)
{
    return std::make_shared<const Comparison>(std::move(comparison));
}

/// The row whose first column begins with `text`.
QModelIndex rowOf(const QAbstractItemModel& model, const QString& text, const QModelIndex& parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, 0, parent);
        if (at.data().toString().startsWith(text))
            return at;
        if (const QModelIndex below = rowOf(model, text, at); below.isValid())
            return below;
    }
    return {};
}

} // namespace

class TstCompareDock : public QuietTest {
    Q_OBJECT
private slots:
    void comparisonIsATree()
    {
        CompareModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setComparison(sample::comparison());
        QCOMPARE(print(model),
                 QStringLiteral("Objects (3)\n"
                                "  HTTPRoute team-b/own | added | shop.yaml:7\n"
                                "  HTTPRoute team-a/old | removed | shop.yaml:7\n"
                                "  HTTPRoute team-a/shop | changed | shop.yaml:7\n"
                                "    spec.hostnames[0] | changed | \"shop.test\" | \"shop.example.com\" | shop.yaml:7\n"
                                "Attachments (1)\n"
                                "  HTTPRoute team-a/old on Gateway infra/shared listener http | removed\n"
                                "Behaviour (1)\n"
                                "  GET http://old.example.com/ | re-routed | team-a/old:80 | team-a/shop:80 | "
                                "shop.yaml:12\n"));
        // A field leads where its object does.
        const QModelIndex field = rowOf(model, QStringLiteral("spec.hostnames"));
        QVERIFY(model.jumpAt(field).key == sample::shopRoute);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void manyDifferencesAreCounted()
    {
        CompareModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Comparison comparison = sample::comparison();
        comparison.objects.assign(CompareModel::mostListed + 3, comparison.objects.front());
        model.setComparison(comparison);
        const QModelIndex objects = model.index(0, 0);
        QCOMPARE(model.rowCount(objects), static_cast<int>(CompareModel::mostListed) + 1);
        QCOMPARE(model.index(model.rowCount(objects) - 1, 0, objects).data().toString(), QStringLiteral("and 3 more"));
    }

    void anotherComparisonKeepsTheirPlaces()
    {
        CompareDock dock;
        dock.setComparison(std::make_shared<const Comparison>(sample::comparison()));
        QTreeView& tree = *dock.tree();
        const QModelIndex shop = rowOf(*tree.model(), QStringLiteral("HTTPRoute team-a/shop"));
        tree.setCurrentIndex(shop);
        tree.collapse(shop);
        Comparison next = sample::comparison();
        next.objects.erase(next.objects.begin());
        next.conditions.push_back(next.attachments.front());
        dock.setComparison(std::make_shared<const Comparison>(next));
        QCOMPARE(tree.currentIndex().data().toString(), QStringLiteral("HTTPRoute team-a/shop"));
        QVERIFY2(!tree.isExpanded(tree.currentIndex()), "what was closed stays closed");
        const QModelIndex conditions = rowOf(*tree.model(), QStringLiteral("Conditions"));
        QVERIFY2(tree.isExpanded(conditions), "what is new is open");
    }

    void summaryCounts_data()
    {
        QTest::addColumn<int>("objects");
        QTest::addColumn<int>("requests");
        QTest::addColumn<QString>("summary");
        QTest::newRow("nothing") << 0 << 0 << "no differences";
        QTest::newRow("objects") << 3 << 0 << "1 added, 1 removed, 1 changed";
        QTest::newRow("requests alone") << 0 << 1 << "1 re-routed";
        QTest::newRow("both") << 3 << 1 << "1 added, 1 removed, 1 changed, 1 re-routed";
    }

    void summaryCounts()
    {
        QFETCH(int, objects);
        QFETCH(int, requests);
        QFETCH(QString, summary);
        Comparison comparison = sample::comparison();
        comparison.attachments.clear();
        comparison.objects.resize(static_cast<std::size_t>(objects));
        comparison.behaviour.resize(static_cast<std::size_t>(requests));
        QCOMPARE(comparison.summary(), summary);
        QCOMPARE(comparison.same(), objects + requests == 0);
    }

    void typedBaseIsAskedFor()
    {
        CompareDock dock;
        dock.show();
        QSignalSpy asked(&dock, &CompareDock::compareRequested);
        QTest::mouseClick(dock.compareButton(), Qt::LeftButton);
        QVERIFY2(asked.isEmpty(), "nothing is typed");
        QTest::keyClicks(dock.baseLine(), QStringLiteral(" git:main:. "));
        QTest::keyClick(dock.baseLine(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("git:main:."));
        QTest::mouseClick(dock.compareButton(), Qt::LeftButton);
        QCOMPARE(asked.size(), 2);
    }

    void revisionIsAskedFor()
    {
        CompareDock dock;
        dock.show();
        QSignalSpy asked(&dock, &CompareDock::compareRequested);
        dock.chooseButton()->menu()->actions().at(2)->trigger();
        auto* dialog = dock.findChild<QInputDialog*>(QStringLiteral("revision"));
        QVERIFY(dialog);
        QCOMPARE(dialog->textValue(), QStringLiteral("HEAD"));
        dialog->setTextValue(QStringLiteral("v1.2"));
        dialog->accept();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("git:v1.2:."));
    }

    void droppedFolderIsAskedFor()
    {
        CompareDock dock;
        dock.show();
        QSignalSpy asked(&dock, &CompareDock::compareRequested);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/base"))});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&dock, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&dock, &drop);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("/tmp/base"));
    }

    void differencesAreFilteredAndCopied()
    {
        CompareDock dock;
        dock.resize(1200, 500);
        dock.show();
        QVERIFY(!dock.copyButton()->isEnabled());
        dock.setComparison(share(sample::comparison()));
        QCOMPARE(dock.summary(), QStringLiteral("1 added, 1 removed, 1 changed, 1 re-routed"));
        QCOMPARE(dock.baseLine()->text(), QStringLiteral("git:main:."));
        QCOMPARE(dock.windowTitle(), QStringLiteral("Compare (4)"));
        QTest::keyClicks(dock.filterLine(), QStringLiteral("HOSTNAMES"));
        const QAbstractItemModel& shown = *dock.tree()->model();
        QCOMPARE(print(shown),
                 QStringLiteral("Objects (3)\n"
                                "  HTTPRoute team-a/shop | changed | shop.yaml:7\n"
                                "    spec.hostnames[0] | changed | \"shop.test\" | \"shop.example.com\" | "
                                "shop.yaml:7\n"));
        dock.filterLine()->clear();
        QCOMPARE(shown.rowCount(), 3);
        QTest::mouseClick(dock.copyButton(), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("**differences: 3 objects**\n"));
    }

    void whatCannotBeComparedIsSaid()
    {
        CompareDock dock;
        dock.show();
        QSignalSpy shown(&dock, &CompareDock::shown);
        QSignalSpy stopped(&dock, &CompareDock::stopRequested);
        dock.setComparison(share(sample::comparison()));
        Comparison fault;
        fault.base = QStringLiteral("git:nowhere:.");
        fault.fault = QStringLiteral("git: no such revision");
        dock.setComparison(share(fault));
        QCOMPARE(shown.size(), 2);
        QVERIFY(!dock.comparison());
        QCOMPARE(dock.model().rowCount(), 0);
        QCOMPARE(dock.summary(), QStringLiteral("Cannot be compared"));
        QTest::mouseClick(dock.stopButton(), Qt::LeftButton);
        QCOMPARE(stopped.size(), 1);
        dock.clear();
        QCOMPARE(dock.summary(), QString());
        QVERIFY(!dock.stopButton()->isEnabled());
    }

    void witnessGoesToTheProbe()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state;
        state.topology = sample::share(sample::make());
        window.setState(state);
        window.action(QStringLiteral("compare"))->trigger();
        QVERIFY(window.compare().isVisible());
        QVERIFY(window.compare().baseLine()->hasFocus() || !window.isActiveWindow());
        window.compare().setComparison(share(sample::comparison()));
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QSignalSpy questions(&window, &MainWindow::explainRequested);
        QTreeView* tree = window.compare().tree();
        const QModelIndex witness = rowOf(*tree->model(), QStringLiteral("GET"));
        click(tree, witness);
        QVERIFY(questions.isEmpty());
        QVERIFY(window.canvas().scene().selectedKey() == sample::shopRoute);
        QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(witness).center());
        QCOMPARE(questions.size(), 1);
        QCOMPARE(probeText(questions[0][0].value<ProbeQuestion>().request),
                 QStringLiteral("GET http://old.example.com/"));
        QVERIFY(window.probe().isVisible());
        // The same by the keyboard.
        window.compare().raise();
        tree->setCurrentIndex(witness);
        press(tree, Qt::Key_Return);
        QCOMPARE(questions.size(), 2);
    }

    void baseIsDrawnUntilComparingEnds()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state;
        state.topology = sample::share(sample::make());
        window.setState(state);
        TopologyScene& scene = window.canvas().scene();
        QTRY_VERIFY(!scene.arranging());
        QAction* only = window.action(QStringLiteral("changes-only"));
        QAction* leave = window.action(QStringLiteral("leave-compare"));
        QVERIFY(!only->isEnabled() && !leave->isEnabled());
        QVERIFY(!window.canvas().filters().changesButton()->isVisible());

        window.compare().setComparison(share(sample::comparison()));
        QTRY_VERIFY(scene.nodeItem(sample::oldRoute));
        QVERIFY(window.canvas().filters().changesButton()->isVisible());
        QTRY_VERIFY(!scene.arranging());

        // A ghost's details are the base's.
        QSignalSpy details(&window, &MainWindow::detailsRequested);
        QSignalSpy baseDetails(&window, &MainWindow::baseDetailsRequested);
        scene.select(sample::oldRoute);
        QCOMPARE(details.size(), 0);
        QCOMPARE(baseDetails.size(), 1);
        scene.select(sample::shopRoute);
        QCOMPARE(details.size(), 1);

        QTest::mouseClick(window.canvas().filters().changesButton(), Qt::LeftButton);
        QVERIFY(only->isChecked());
        QTRY_VERIFY(!scene.nodeItem(sample::blogRoute));
        QVERIFY(scene.nodeItem(sample::oldRoute));

        // A reload keeps comparing.
        window.setState(state);
        QTRY_VERIFY(!scene.arranging());
        QVERIFY(scene.nodeItem(sample::oldRoute));

        QSignalSpy stopped(&window.compare(), &CompareDock::stopRequested);
        leave->trigger();
        QTest::mouseClick(window.canvas().filters().leaveButton(), Qt::LeftButton);
        QCOMPARE(stopped.size(), 2);
        window.compare().clear();
        QTRY_VERIFY(!scene.nodeItem(sample::oldRoute));
        QTRY_VERIFY2(scene.nodeItem(sample::blogRoute), "the filter for changes ends with the comparison");
        QVERIFY(!only->isChecked() && !only->isEnabled());
    }
};

QTEST_MAIN(TstCompareDock)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_compare_dock.moc"
