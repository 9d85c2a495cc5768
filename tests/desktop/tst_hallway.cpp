// The questions of ui/HALLWAY.md, answered by exactly the clicks and keys that it counts.

#include "app/desktop/comparer.h"
#include "app/desktop/controller.h"
#include "opened.h"
#include "quiet.h"
#include "ui/docks/compare_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/probe_dock.h"
#include "ui/docks/probe_form.h"
#include "ui/docks/problems_dock.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <QWheelEvent>

using namespace gatehouse;

namespace {

constexpr int mostSteps = 4;
const QString sample = QStringLiteral(GATEHOUSE_SOURCE_DIR "/samples/shared-and-dedicated");

/// What a person does, counted. A shortcut with modifiers is one key.
class Hand {
public:
    void click(QWidget* widget, QPoint at)
    {
        ++steps_;
        QTest::mouseClick(widget, Qt::LeftButton, {}, at);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        ++steps_;
        QVERIFY2(QApplication::focusWidget(), "no widget has the keyboard");
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    /// Down, as far as a finger turns it.
    void turnWheel(QWidget* widget)
    {
        ++steps_;
        const QPointF at = widget->rect().center();
        QWheelEvent turn(at, widget->mapToGlobal(at), {}, QPoint(0, -4 * QWheelEvent::DefaultDeltasPerStep), {}, {},
                         Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &turn);
    }
    [[nodiscard]] int steps() const { return steps_; }

private:
    int steps_ = 0;
};

/// The count that the document states for a question; nothing when it does not have the question.
std::optional<int> promised(const QString& question)
{
    QFile file(QStringLiteral(GATEHOUSE_SOURCE_DIR "/ui/HALLWAY.md"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QRegularExpression row(
        QStringLiteral("^\\| %1 \\|[^|\\n]+\\| (\\d+) \\|$").arg(QRegularExpression::escape(question)),
        QRegularExpression::MultilineOption);
    const auto match = row.match(QString::fromUtf8(file.readAll()));
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

/// The first row, at any depth, one of whose columns contains `text`; it must be on the screen.
QModelIndex visibleRow(const QAbstractItemView& view, const QString& text)
{
    const QAbstractItemModel& model = *view.model();
    for (int column = 0; column < model.columnCount(); ++column) {
        for (const QModelIndex& found :
             model.match(model.index(0, column), Qt::DisplayRole, text, -1, Qt::MatchContains | Qt::MatchRecursive)) {
            if (view.viewport()->rect().intersects(view.visualRect(found)))
                return found;
        }
    }
    return {};
}

void git(const QString& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("git"),
                  QStringList{"-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"} +
                      arguments);
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

} // namespace

class TstHallway : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { ui::loadResources(); }

    void init()
    {
        QuietTest::init();
        window_ = std::make_unique<ui::MainWindow>(nullptr);
        window_->resize(1500, 950);
        desktop::Controller::Setup setup;
        setup.watch = false;
        controller_ = std::make_unique<desktop::Controller>(*window_, setup);
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }

    void cleanup()
    {
        controller_.reset();
        window_.reset();
        QuietTest::cleanup();
    }

    void whyIsMyRouteRefused()
    {
        open(sample);
        const auto [list, line] = problemOf(QStringLiteral("team-a-wants-dedicated"));
        QVERIFY(line.isValid());
        // Who refused it, and why, stands there before anything is clicked.
        const QString said = textOf(line);
        QVERIFY2(said.contains(QStringLiteral("c/dedicated-gw")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("NotAllowedByListeners")), qPrintable(said));

        Hand hand;
        const QSignalSpy described(controller_.get(), &desktop::Controller::detailsShown);
        hand.click(list->viewport(), list->visualRect(line).center());
        QCOMPARE(selected(), QStringLiteral("HTTPRoute a/team-a-wants-dedicated"));
        QTRY_VERIFY(!described.isEmpty());
        ui::Inspector& inspector = window_->findChild<ui::InspectorDock*>()->inspector();
        QVERIFY(inspector.summaryText().contains(QStringLiteral("NotAllowedByListeners")));
        // What would mend it is a field of the Gateway.
        QVERIFY2(inspector.summaryText().contains(QStringLiteral("allowedRoutes")),
                 qPrintable(inspector.summaryText()));
        QVERIFY(inspector.yamlView()->isVisible());
        QVERIFY(inspector.yamlView()->toPlainText().contains(QStringLiteral("dedicated-gw")));
        compare(hand, QStringLiteral("Why is my route refused?"));
    }

    void whichRuleWouldServeThisUrlAndWhyNotMine()
    {
        open(sample);
        QApplication::clipboard()->setText(QStringLiteral("http://a.example.com:8080/apples"));
        Hand hand;
        const QSignalSpy explained(controller_.get(), &desktop::Controller::explained);
        hand.press(Qt::Key_P, Qt::ControlModifier);
        hand.press(Qt::Key_V, Qt::ControlModifier);
        hand.press(Qt::Key_Return);
        QTRY_VERIFY(!explained.isEmpty());
        const QTreeView& tree = *window_->probe().tree();
        const QModelIndex winner = visibleRow(tree, QStringLiteral("HTTPRoute a/team-a"));
        QVERIFY(winner.isValid());
        QCOMPARE(winner.parent().data().toString(), QStringLiteral("Served"));
        hand.turnWheel(tree.viewport());
        // My rule takes /api, and an apple is none.
        const QModelIndex mine = visibleRow(tree, QStringLiteral("/api"));
        QVERIFY(mine.isValid());
        QVERIFY(mine.parent().data().toString().startsWith(QStringLiteral("Rules that lost")));
        QVERIFY(!mine.siblingAtColumn(ui::ProbeModel::WhyColumn).data().toString().isEmpty());
        compare(hand, QStringLiteral("Which rule would serve this URL, and why not mine?"));
    }

    void whoUsesThisGateway()
    {
        open(sample);
        const model::ObjectKey gateway{"gateway.networking.k8s.io", "Gateway", {"infra", "shared-gw"}};
        ui::TopologyView& view = window_->canvas().view();
        const ui::NodeItem* card = scene().nodeItem(gateway);
        QVERIFY(card);
        Hand hand;
        hand.click(view.viewport(),
                   view.mapFromScene(card->mapRectToScene(card->cardRect()).topLeft() + QPointF(40, 20)));
        QCOMPARE(selected(), QStringLiteral("Gateway infra/shared-gw"));
        const QString known = window_->findChild<ui::InspectorDock*>()->inspector().summaryText();
        QVERIFY2(known.contains(QStringLiteral("a/team-a")) && known.contains(QStringLiteral("b/team-b")),
                 qPrintable(known));
        const QSignalSpy arranged(&scene(), &ui::TopologyScene::arranged);
        hand.press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!arranged.isEmpty() && !scene().arranging());
        QVERIFY(scene().nodeItem({"gateway.networking.k8s.io", "HTTPRoute", {"a", "team-a"}}));
        QVERIFY(scene().nodeItem({"gateway.networking.k8s.io", "HTTPRoute", {"b", "team-b"}}));
        QVERIFY(!scene().nodeItem({"gateway.networking.k8s.io", "Gateway", {"c", "dedicated-gw"}}));
        compare(hand, QStringLiteral("Who uses this Gateway?"));
    }

    void whatDoesThisPullRequestChange()
    {
        // main has the sample; what is checked out serves team A's API at another path.
        const QTemporaryDir repository;
        const QString folder = repository.path();
        Opened::copy(sample, folder);
        git(folder, {"init", "-q"});
        git(folder, {"add", "."});
        git(folder, {"commit", "-qm", "All"});
        Opened::edit(QDir(folder).filePath(QStringLiteral("team-a.yaml")), QStringLiteral("value: /api"),
                     QStringLiteral("value: /v1"));
        desktop::Comparer comparer(*window_, *controller_);
        open(folder);
        QApplication::clipboard()->setText(QStringLiteral("git:main:."));
        Hand hand;
        const QSignalSpy compared(&comparer, &desktop::Comparer::compared);
        hand.press(Qt::Key_D, Qt::ControlModifier);
        hand.press(Qt::Key_V, Qt::ControlModifier);
        hand.press(Qt::Key_Return);
        QTRY_VERIFY(!compared.isEmpty());
        const ui::CompareDock& dock = window_->compare();
        QVERIFY(dock.comparison());
        // Which objects, and how many kinds of requests end elsewhere, are on the screen.
        QVERIFY(visibleRow(*dock.tree(), QStringLiteral("HTTPRoute a/team-a")).isValid());
        QVERIFY2(dock.summary().contains(QStringLiteral("1 changed")), qPrintable(dock.summary()));
        QVERIFY2(dock.summary().contains(QStringLiteral("re-routed")), qPrintable(dock.summary()));
        compare(hand, QStringLiteral("What does this pull request change?"));
    }

private:
    void open(const QString& path)
    {
        const QSignalSpy loaded(controller_.get(), &desktop::Controller::loaded);
        const QSignalSpy arranged(&scene(), &ui::TopologyScene::arranged);
        controller_->open({path});
        QTRY_COMPARE(loaded.count(), 1);
        QTRY_VERIFY(!arranged.isEmpty() && !scene().arranging());
    }
    [[nodiscard]] ui::TopologyScene& scene() { return window_->canvas().scene(); }
    [[nodiscard]] QString selected()
    {
        const auto key = scene().selectedKey();
        return key ? QString::fromStdString(model::toString(*key)) : QString();
    }
    /// The list in the Problems dock, whatever it is, and the line on the screen that has `text`.
    [[nodiscard]] std::pair<QAbstractItemView*, QModelIndex> problemOf(const QString& text)
    {
        for (auto* view : window_->findChild<ui::ProblemsDock*>()->findChildren<QAbstractItemView*>()) {
            if (!view->isVisible() || view->visibleRegion().isEmpty() || qobject_cast<QHeaderView*>(view))
                continue;
            if (const QModelIndex line = visibleRow(*view, text); line.isValid())
                return {view, line};
        }
        return {};
    }
    static QString textOf(const QModelIndex& line)
    {
        QStringList texts;
        for (int column = 0; column < line.model()->columnCount(line.parent()); ++column)
            for (const int role : {static_cast<int>(Qt::DisplayRole), static_cast<int>(ui::ProblemsModel::RemedyRole)})
                texts << line.siblingAtColumn(column).data(role).toString();
        return texts.join(QLatin1Char(' '));
    }
    static void compare(const Hand& hand, const QString& question)
    {
        QVERIFY(hand.steps() <= mostSteps);
        QCOMPARE(promised(question), std::optional(hand.steps()));
    }

    std::unique_ptr<ui::MainWindow> window_;
    std::unique_ptr<desktop::Controller> controller_;
};

QTEST_MAIN(TstHallway)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_hallway.moc"
