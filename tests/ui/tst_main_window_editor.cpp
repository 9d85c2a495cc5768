#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/editor_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/problems_dock.h"
#include "ui/editor/code_view.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/notice.h"
#include "ui/main_window.h"
#include "ui/topology/topology_panel.h"

#include <QAction>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace gatehouse::ui;

namespace {

const QString file = QStringLiteral("shop/route.yaml");

ViewState stateWithSources()
{
    auto topology = sample::make();
    for (auto& node : topology.nodes)
        if (node.key == sample::shopRoute)
            node.source = {std::make_shared<const std::string>(file.toStdString()), {2, 1}};
    ViewState state;
    state.topology = sample::share(std::move(topology));
    return state;
}

FileText disk(const char* text)
{
    FileText disk;
    disk.text = QString::fromUtf8(text);
    disk.version = QStringLiteral("1");
    return disk;
}

/// A window in which the file of a route is open and one letter was typed.
struct Edited {
    MainWindow window{nullptr};
    QSignalSpy opened{&window, &MainWindow::openRequested};

    Edited()
    {
        window.show();
        window.setState(stateWithSources());
        window.editor().open(file);
        window.editor().setFile(file, disk("a: b\n"), std::nullopt);
        QTest::keyClicks(&window.editor().page()->view(), QStringLiteral("x"));
    }
    QMessageBox* question() { return window.findChild<QMessageBox*>(); }
    void answer(QMessageBox::StandardButton button) { QTest::mouseClick(question()->button(button), Qt::LeftButton); }
    /// The application's answer to a request to save.
    void saved(const QString& fault = {})
    {
        SaveResult result;
        result.fault = fault;
        result.disk = disk("xa: b\n");
        result.disk.version = QStringLiteral("2");
        window.editor().setSaved(file, result);
    }
};

} // namespace

class TstMainWindowEditor : public QuietTest {
    Q_OBJECT
private slots:
    void selectedObjectIsEditedAtItsLine()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.setState(stateWithSources());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QVERIFY(window.editor().isHidden());
        QSignalSpy asked(&window.editor(), &EditorDock::fileRequested);
        window.canvas().scene().select(sample::shopRoute);
        window.canvas().view().setFocus();
        QTest::keyClick(&window.canvas().view(), Qt::Key_F4);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.at(0).at(0).toString(), file);
        QVERIFY(window.editor().isVisible());
        window.editor().setFile(file, disk("# route\nkind: HTTPRoute\n"), std::nullopt);
        int line = 0, column = 0;
        window.editor().page()->view().getCursorPosition(&line, &column);
        QCOMPARE(line, 1);
        QTRY_VERIFY(window.editor().page()->view().hasFocus());
    }

    void objectWithoutAFileSaysSo()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(stateWithSources());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        window.canvas().scene().select(sample::blogRoute);
        window.action(QStringLiteral("edit"))->trigger();
        QVERIFY(window.editor().openFiles().isEmpty());
    }

    void problemIsEditedAtItsPlace()
    {
        MainWindow window(nullptr);
        window.show();
        ViewState state = stateWithSources();
        gatehouse::model::Diagnostic problem;
        problem.message = "something";
        problem.location = {std::make_shared<const std::string>(file.toStdString()), {3, 5}};
        state.diagnostics = {problem};
        window.setState(state);
        auto* problems = window.findChild<ProblemsDock*>();
        const QModelIndex first = problems->list()->model()->index(0, 0);
        problems->list()->setCurrentIndex(first);
        emit problems->list()->doubleClicked(first);
        window.editor().setFile(file, disk("a:\n  b:\n    c: d\n"), std::nullopt);
        int line = 0, column = 0;
        window.editor().page()->view().getCursorPosition(&line, &column);
        QCOMPARE(line, 2);
        QCOMPARE(column, 4);
        QCOMPARE(window.editor().page()->view().marks().size(), std::size_t{1});
    }

    void keysSaveFindAndComment()
    {
        Edited e;
        e.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&e.window));
        CodeView& view = e.window.editor().page()->view();
        view.setFocus();
        QSignalSpy saves(&e.window.editor(), &EditorDock::saveRequested);
        QTest::keyClick(&view, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(saves.size(), 1);
        e.saved();
        QVERIFY(!e.window.action(QStringLiteral("save"))->isEnabled());
        QTest::keyClick(&view, Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(view.text(), QStringLiteral("# xa: b\n"));
        QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(view.text(), QStringLiteral("xa: b\n"));
        QTest::keyClick(&view, Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(!view.hasFocus()); // the line to find with has it
        // A letter that is a shortcut of the canvas is a letter here.
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_P);
        QVERIFY(!e.window.canvas().scene().filter().problemsOnly);
    }

    void openingOtherPathsAsksFirst_data()
    {
        QTest::addColumn<int>("answer");
        QTest::addColumn<bool>("opens");
        QTest::newRow("discard") << int(QMessageBox::Discard) << true;
        QTest::newRow("cancel") << int(QMessageBox::Cancel) << false;
        QTest::newRow("save") << int(QMessageBox::Save) << true;
    }

    void openingOtherPathsAsksFirst()
    {
        QFETCH(int, answer);
        QFETCH(bool, opens);
        Edited e;
        e.window.setRecent({QStringLiteral("/other")});
        e.window.action(QStringLiteral("recent"))->menu()->actions().first()->trigger();
        QCOMPARE(e.opened.size(), 0);
        QVERIFY(e.question() && e.question()->isVisible());
        e.answer(static_cast<QMessageBox::StandardButton>(answer));
        if (answer == QMessageBox::Save) {
            QCOMPARE(e.opened.size(), 0); // not before it is saved
            e.saved();
        }
        QCOMPARE(e.opened.size(), opens ? 1 : 0);
        QCOMPARE(e.window.editor().openFiles().isEmpty(), opens);
    }

    void closingAsksFirst_data() { openingOtherPathsAsksFirst_data(); }

    void closingAsksFirst()
    {
        QFETCH(int, answer);
        QFETCH(bool, opens);
        Edited e;
        e.window.close();
        QVERIFY(e.window.isVisible());
        e.answer(static_cast<QMessageBox::StandardButton>(answer));
        if (answer == QMessageBox::Save)
            e.saved();
        QCOMPARE(e.window.isVisible(), !opens);
    }

    void windowStaysWhenItCannotBeSaved()
    {
        Edited e;
        e.window.close();
        e.answer(QMessageBox::Save);
        e.saved(QStringLiteral("no space left"));
        QVERIFY(e.window.isVisible());
        QCOMPARE(e.window.editor().unsavedFiles(), QStringList{file});
    }

    void closingATabAsksFirst()
    {
        Edited e;
        e.window.action(QStringLiteral("close-file"))->trigger();
        QVERIFY(e.question());
        e.answer(QMessageBox::Save);
        QCOMPARE(e.window.editor().openFiles(), QStringList{file});
        e.saved();
        QVERIFY(e.window.editor().openFiles().isEmpty());
    }

    void draftIsTold()
    {
        Edited e;
        Notice& bar = e.window.draftBar();
        QVERIFY(bar.isHidden());
        DraftInfo draft;
        draft.files = 2;
        e.window.setDraft(draft);
        QVERIFY(bar.isVisible());
        QVERIFY2(bar.text().contains(QStringLiteral("2 unsaved files")), qPrintable(bar.text()));
        draft.changes = DraftChanges{0, 0, 1, 0, 2, 0, 0, {}};
        e.window.setDraft(draft);
        QVERIFY2(bar.text().contains(QStringLiteral("1 object changed, 2 attachments less")), qPrintable(bar.text()));
        draft.rejected = true;
        e.window.setDraft(draft);
        QVERIFY2(bar.text().contains(QStringLiteral("errors")), qPrintable(bar.text()));
        QSignalSpy saves(&e.window.editor(), &EditorDock::saveRequested);
        QTest::mouseClick(bar.button(0), Qt::LeftButton);
        QCOMPARE(saves.size(), 1);
        e.saved();
        e.window.setDraft(std::nullopt);
        QVERIFY(bar.isHidden());
    }

    void draftIsRevertedFromItsBar()
    {
        Edited e;
        e.window.setDraft(DraftInfo{1, false, {}});
        QTest::mouseClick(e.window.draftBar().button(1), Qt::LeftButton);
        QVERIFY(e.window.editor().unsavedFiles().isEmpty());
        QCOMPARE(e.window.editor().page()->view().text(), QStringLiteral("a: b\n"));
    }
};

QTEST_MAIN(TstMainWindowEditor)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_main_window_editor.moc"
