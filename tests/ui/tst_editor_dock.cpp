#include "quiet.h"
#include "ui/docks/editor_dock.h"
#include "ui/editor/code_view.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/notice.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>

using namespace gatehouse::ui;

namespace {

const QString file = QStringLiteral("samples/shop/route.yaml");
const QString other = QStringLiteral("samples/blog/route.yaml");

FileText disk(const char* text, const char* version = "1")
{
    FileText disk;
    disk.text = QString::fromUtf8(text);
    disk.version = QLatin1String(version);
    return disk;
}

/// A dock with one open file, as the application would have filled it.
struct Opened {
    EditorDock dock;
    QSignalSpy texts{&dock, &EditorDock::unsavedTextsChanged};
    QSignalSpy saves{&dock, &EditorDock::saveRequested};

    Opened()
    {
        dock.resize(480, 360);
        dock.show();
        dock.open(file);
        dock.setFile(file, disk("a: b\n"), std::nullopt);
    }
    EditorPage& page() { return *dock.page(file); }
    void type(const char* keys) { QTest::keyClicks(&page().view(), QLatin1String(keys)); }
    UnsavedTexts lastTexts() { return texts.last().at(0).value<UnsavedTexts>(); }
    SaveRequest lastSave() { return saves.last().at(0).value<SaveRequest>(); }
    SaveResult saved(const char* version)
    {
        SaveResult result;
        result.disk.text = lastSave().text;
        result.disk.version = QLatin1String(version);
        return result;
    }
};

} // namespace

class TstEditorDock : public QuietTest {
    Q_OBJECT
private slots:
    void asksForAFileOnce()
    {
        EditorDock dock;
        QSignalSpy asked(&dock, &EditorDock::fileRequested);
        dock.open(file, 3);
        dock.open(file, 2);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.at(0).at(0).toString(), file);
        dock.setFile(file, disk("a:\n  b: c\nd: e\n"), std::nullopt);
        int line = 0, column = 0;
        dock.page()->view().getCursorPosition(&line, &column);
        QCOMPARE(line, 1); // where it was to go before the text was there
    }

    void whatCannotBeReadSaysWhy()
    {
        EditorDock dock;
        dock.open(file);
        FileText fault;
        fault.fault = QStringLiteral("no UTF-8 text");
        dock.setFile(file, fault, std::nullopt);
        QCOMPARE(dock.page()->notice().text(), fault.fault);
        QVERIFY(dock.page()->view().isReadOnly());
        QVERIFY(dock.unsavedFiles().isEmpty());
        dock.page()->notice().button(0)->click();
        QTRY_VERIFY(dock.openFiles().isEmpty());
    }

    void typingIsToldOnceItRests()
    {
        Opened o;
        o.type("x: y");
        QCOMPARE(o.texts.size(), 0);
        QTRY_COMPARE(o.texts.size(), 1);
        QCOMPARE(o.lastTexts().at(file).text, QStringLiteral("x: ya: b\n"));
        QCOMPARE(o.lastTexts().at(file).base, QStringLiteral("1"));
        QCOMPARE(o.dock.unsavedFiles(), QStringList{file});
        QVERIFY(o.dock.windowTitle().contains(QLatin1Char('1')));
    }

    void takingItBackByHandIsNoChange()
    {
        Opened o;
        o.type("x");
        QTRY_COMPARE(o.texts.size(), 1);
        QTest::keyClick(&o.page().view(), Qt::Key_Backspace);
        QTRY_COMPARE(o.texts.size(), 2);
        QVERIFY(o.lastTexts().empty());
        QVERIFY(o.dock.unsavedFiles().isEmpty());
    }

    void undoGoesBackToWhatIsSaved()
    {
        Opened o;
        o.type("x");
        QVERIFY(!o.dock.unsavedFiles().isEmpty());
        o.dock.undo();
        QVERIFY(o.dock.unsavedFiles().isEmpty());
        o.dock.redo();
        QVERIFY(!o.dock.unsavedFiles().isEmpty());
    }

    void savingSendsTheTextAndItsBase()
    {
        Opened o;
        o.dock.save();
        QCOMPARE(o.saves.size(), 0); // there is nothing to save
        o.type("x");
        o.dock.save();
        QCOMPARE(o.saves.size(), 1);
        QCOMPARE(o.lastSave().file, file);
        QCOMPARE(o.lastSave().text, QStringLiteral("xa: b\n"));
        QCOMPARE(o.lastSave().base, QStringLiteral("1"));
        QVERIFY(!o.lastSave().overwrite);
        o.dock.setSaved(file, o.saved("2"));
        QVERIFY(o.dock.unsavedFiles().isEmpty());
        o.type("y");
        o.dock.save();
        QCOMPARE(o.lastSave().base, QStringLiteral("2"));
    }

    void whatIsTypedWhileSavingStaysUnsaved()
    {
        Opened o;
        o.type("x");
        o.dock.save();
        o.type("y");
        o.dock.setSaved(file, o.saved("2"));
        QCOMPARE(o.dock.unsavedFiles(), QStringList{file});
        QCOMPARE(o.page().view().text(), QStringLiteral("xya: b\n"));
    }

    /// Whoever saves again while the first is being written means the newer text; both together end once.
    void savingWhileSavingSavesTheNewerText()
    {
        Opened o;
        o.type("x");
        o.dock.save();
        o.type("y");
        QSignalSpy ended(&o.dock, &EditorDock::saveEnded);
        o.dock.saveAll();
        QCOMPARE(o.saves.size(), 1);
        o.dock.setSaved(file, o.saved("2"));
        QCOMPARE(ended.size(), 0);
        QCOMPARE(o.saves.size(), 2);
        QCOMPARE(o.lastSave().text, QStringLiteral("xya: b\n"));
        QCOMPARE(o.lastSave().base, QStringLiteral("2"));
        o.dock.setSaved(file, o.saved("3"));
        QCOMPARE(ended.size(), 1);
        QVERIFY(ended[0][0].toBool() && o.dock.unsavedFiles().isEmpty());
    }

    void failedSaveSaysWhyAndLosesNothing()
    {
        Opened o;
        QSignalSpy ended(&o.dock, &EditorDock::saveEnded);
        o.type("x");
        o.dock.saveAll();
        SaveResult failed;
        failed.fault = QStringLiteral("no space left");
        o.dock.setSaved(file, failed);
        QCOMPARE(ended.size(), 1);
        QVERIFY(!ended.at(0).at(0).toBool());
        QVERIFY(o.page().notice().text().contains(failed.fault));
        QCOMPARE(o.dock.unsavedFiles(), QStringList{file});
        o.page().notice().button(0)->click();
        QCOMPARE(o.saves.size(), 2);
    }

    void cleanTextFollowsTheDisk()
    {
        Opened o;
        o.page().view().setCursorPosition(0, 3);
        o.dock.setDisk(file, disk("# new\na: b\n", "2"));
        QCOMPARE(o.page().view().text(), QStringLiteral("# new\na: b\n"));
        int line = 0, column = 0;
        o.page().view().getCursorPosition(&line, &column);
        QCOMPARE(line, 1);
        QCOMPARE(column, 3);
        QVERIFY(o.dock.unsavedFiles().isEmpty());
        QVERIFY(o.page().notice().isHidden());
    }

    void changedElsewhereIsAsked_data()
    {
        QTest::addColumn<int>("choice");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("unsaved");
        QTest::newRow("theirs") << 0 << "a: theirs\n" << false;
        QTest::newRow("mine") << 1 << "xa: b\n" << true;
    }

    void changedElsewhereIsAsked()
    {
        QFETCH(int, choice);
        Opened o;
        o.type("x");
        o.dock.setDisk(file, disk("a: theirs\n", "2"));
        QCOMPARE(o.page().view().text(), QStringLiteral("xa: b\n"));
        QVERIFY(o.page().notice().isVisible());
        QTest::mouseClick(o.page().notice().button(choice), Qt::LeftButton);
        QVERIFY(o.page().notice().isHidden());
        QTEST(o.page().view().text(), "text");
        QTEST(!o.dock.unsavedFiles().isEmpty(), "unsaved");
        o.type("z");
        o.dock.save();
        QCOMPARE(o.lastSave().base, QStringLiteral("2")); // it was decided about
    }

    void savingOverAnotherChangeAsks()
    {
        Opened o;
        o.type("x");
        o.dock.save();
        SaveResult refused;
        refused.changedElsewhere = true;
        refused.disk = disk("a: theirs\n", "2");
        o.dock.setSaved(file, refused);
        QCOMPARE(o.dock.unsavedFiles(), QStringList{file});
        QTest::mouseClick(o.page().notice().button(1), Qt::LeftButton);
        QCOMPARE(o.saves.size(), 2);
        QCOMPARE(o.lastSave().text, QStringLiteral("xa: b\n"));
        QCOMPARE(o.lastSave().base, QStringLiteral("2"));
    }

    /// What cannot be read is nothing to take.
    void unreadableTextOfOthersIsNotTaken()
    {
        Opened o;
        o.type("x");
        o.dock.save();
        SaveResult refused;
        refused.changedElsewhere = true;
        refused.disk.version = QStringLiteral("2");
        refused.disk.fault = QStringLiteral("It is no UTF-8 text.");
        o.dock.setSaved(file, refused);
        QVERIFY(o.page().notice().text().contains(refused.disk.fault));
        QCOMPARE(o.page().notice().findChildren<QPushButton*>().size(), 1);
        QTest::mouseClick(o.page().notice().button(0), Qt::LeftButton);
        QVERIFY(o.lastSave().overwrite);
        QCOMPARE(o.lastSave().text, QStringLiteral("xa: b\n"));
    }

    void permissionMayChangeAlone()
    {
        Opened o;
        FileText locked = disk("a: b\n");
        locked.readOnly = true;
        o.dock.setDisk(file, locked);
        QVERIFY(o.page().view().isReadOnly() && o.page().notice().isVisible());
        o.dock.setDisk(file, disk("a: b\n"));
        QVERIFY(!o.page().view().isReadOnly() && o.page().notice().isHidden());
    }

    void fileThatIsGoneCanBeSavedAgain()
    {
        Opened o;
        o.dock.setDisk(file, FileText());
        QVERIFY(o.page().notice().isVisible());
        o.page().notice().button(0)->click();
        QCOMPARE(o.lastSave().text, QStringLiteral("a: b\n"));
        o.dock.setSaved(file, o.saved("3"));
        QVERIFY(o.page().notice().isHidden());
    }

    void keptTextIsOffered_data()
    {
        QTest::addColumn<int>("choice");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("dropped");
        QTest::newRow("restore") << 0 << "a: kept\n" << 0;
        QTest::newRow("discard") << 1 << "a: b\n" << 1;
    }

    void keptTextIsOffered()
    {
        QFETCH(int, choice);
        EditorDock dock;
        dock.show();
        QSignalSpy dropped(&dock, &EditorDock::keptTextDropped);
        dock.open(file);
        dock.setFile(file, disk("a: b\n"), KeptText{QStringLiteral("a: kept\n"), QDateTime::currentDateTime(), false});
        QCOMPARE(dock.page()->view().text(), QStringLiteral("a: b\n"));
        QVERIFY(dock.page()->notice().isVisible());
        dock.page()->notice().button(choice)->click();
        QTEST(dock.page()->view().text(), "text");
        QTEST(int(dropped.size()), "dropped");
        QCOMPARE(dock.unsavedFiles().size(), choice == 0 ? 1 : 0);
        if (choice == 0) {
            dock.undo();
            QCOMPARE(dock.page()->view().text(), QStringLiteral("a: b\n"));
        }
    }

    void revertingCanBeUndone()
    {
        Opened o;
        o.type("x");
        o.dock.revert();
        QCOMPARE(o.page().view().text(), QStringLiteral("a: b\n"));
        QVERIFY(o.dock.unsavedFiles().isEmpty());
        o.dock.undo();
        QCOMPARE(o.page().view().text(), QStringLiteral("xa: b\n"));
        QVERIFY(!o.dock.unsavedFiles().isEmpty());
    }

    void tabsOfOneNameSayTheirFolder()
    {
        Opened o;
        auto* tabs = o.dock.findChild<QTabWidget*>();
        QCOMPARE(tabs->tabText(0), QStringLiteral("route.yaml"));
        o.dock.open(other);
        QCOMPARE(tabs->tabText(0), QStringLiteral("shop/route.yaml"));
        QCOMPARE(tabs->tabText(1), QStringLiteral("blog/route.yaml"));
    }

    void closingAsksForUnsavedText()
    {
        Opened o;
        QSignalSpy wanted(&o.dock, &EditorDock::closeWanted);
        o.type("x");
        o.dock.closeFile();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(o.dock.openFiles(), QStringList{file});
        o.dock.giveUp(file);
        QVERIFY(o.dock.openFiles().isEmpty());
        QTRY_VERIFY(o.texts.isEmpty() || o.lastTexts().empty());
    }

    void problemsAreMarkedInTheirFile()
    {
        Opened o;
        gatehouse::model::Diagnostic problem;
        problem.message = "what is wrong";
        problem.severity = gatehouse::model::Severity::Warning;
        problem.location = {std::make_shared<const std::string>(file.toStdString()), {1, 4}};
        gatehouse::model::Diagnostic elsewhere = problem;
        elsewhere.location.file = std::make_shared<const std::string>(other.toStdString());
        o.dock.setProblems(problemList({}, {problem, elsewhere}));
        QCOMPARE(o.page().view().marks().size(), std::size_t{1});
        QCOMPARE(o.page().view().marks()[0].line, 1);
        QVERIFY(o.page().view().marks()[0].text.contains(QStringLiteral("what is wrong")));
    }

    void fieldAtTheCursorIsExplained()
    {
        EditorDock dock;
        dock.show();
        dock.open(file, 5, 5);
        dock.setFile(file,
                     disk("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a}\nspec:\n"
                          "  gatewayClassName: b\n"),
                     std::nullopt);
        QTRY_VERIFY2(dock.infoText().startsWith(QStringLiteral("Gateway spec.gatewayClassName")),
                     qPrintable(dock.infoText()));
        QVERIFY(dock.infoText().contains(QStringLiteral("who plays this Gateway")));
    }
};

QTEST_MAIN(TstEditorDock)
#include "moc_quiet.cpp"
#include "tst_editor_dock.moc"
