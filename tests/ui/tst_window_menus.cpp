#include <QTest>

#include "quiet.h"
#include "shown_window.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPrintDialog>
#include <QTemporaryDir>

using namespace gatehouse::ui;

namespace {

/// The key behind a text's "&".
Qt::Key letterOf(const QAction& action)
{
    return QKeySequence::mnemonic(action.text())[0].key();
}

/// The entries to press from the menu bar to the action; empty when no menu has it.
QList<QAction*> wayTo(const QAction* target, const QList<QAction*>& entries)
{
    for (QAction* entry : entries) {
        if (entry == target)
            return {entry};
        if (entry->menu())
            if (QList<QAction*> rest = wayTo(target, entry->menu()->actions()); !rest.isEmpty())
                return QList<QAction*>{entry} + rest;
    }
    return {};
}

/// Opens the menus one after the other by their letters, and takes the action by its own.
void pressLetters(MainWindow& window, const QAction* target)
{
    const QList<QAction*> way = wayTo(target, window.menuBar()->actions());
    QVERIFY(way.size() >= 2);
    for (const QAction* entry : way)
        QVERIFY2(!QKeySequence::mnemonic(entry->text()).isEmpty(), qPrintable(entry->text()));
    QTest::keyClick(&window, letterOf(*way[0]), Qt::AltModifier);
    for (qsizetype i = 1; i < way.size(); ++i) {
        QTRY_COMPARE(QApplication::activePopupWidget(), way[i - 1]->menu());
        QTest::keyClick(way[i - 1]->menu(), letterOf(*way[i]));
    }
}

} // namespace

class TstWindowMenus : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    /// Alt and letters lead to every entry that can be chosen, menus within menus included.
    void lettersReachEveryEntry()
    {
        Shown shown;
        shown.settle();
        int reached = 0;
        takeEach(
            shown,
            [&](const QAction& action) {
                return !action.menu() && &action != shown.action("quit") && &action != shown.action("close") &&
                       !action.objectName().startsWith(QLatin1String("show-")); // panels have digits for letters
            },
            [&](const QAction& action) { pressLetters(shown.window, &action); }, reached);
        QVERIFY2(reached >= 55, qPrintable(QString::number(reached)));
    }

    void coloursAreChosen_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<ThemeChoice>("choice");
        QTest::newRow("dark") << "theme-dark" << ThemeChoice::Dark;
        QTest::newRow("light") << "theme-light" << ThemeChoice::Light;
        QTest::newRow("high contrast") << "theme-high-contrast" << ThemeChoice::HighContrast;
    }

    void coloursAreChosen()
    {
        QFETCH(QString, id);
        QFETCH(ThemeChoice, choice);
        const QColor ground = Theme::forChoice(choice, QApplication::palette()).canvas;
        Shown shown;
        shown.settle();
        pressLetters(shown.window, shown.window.action(id));
        QTRY_VERIFY(shown.window.action(id)->isChecked());
        QWidget* viewport = shown.window.canvas().view().viewport();
        const auto painted = [&] {
            const QImage image = viewport->grab().toImage();
            int pixels = 0;
            for (int x = 0; x < image.width(); ++x)
                pixels += image.pixelColor(x, image.height() / 2) == ground ? 1 : 0;
            return pixels > image.width() / 4;
        };
        QTRY_VERIFY(painted());
    }

    void followingFilesIsAsked()
    {
        Shown shown;
        shown.settle();
        QAction* watch = shown.action("watch");
        for (const bool on : {!watch->isChecked(), watch->isChecked()}) {
            QSignalSpy asked(&shown.window, &MainWindow::watchRequested);
            pressLetters(shown.window, watch);
            QTRY_COMPARE(asked.size(), 1);
            QCOMPARE(asked[0][0].toBool(), on);
        }
    }

    /// Whether or not there is a printer, the dialog prints to a file.
    void printsToAFile()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("topology.pdf"));
        Shown shown;
        shown.settle();
        pressLetters(shown.window, shown.action("print"));
        QTRY_VERIFY(shown.window.findChild<QPrintDialog*>());
        auto* dialog = shown.window.findChild<QPrintDialog*>();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        auto* printers = dialog->findChild<QComboBox*>(QStringLiteral("printers"));
        QVERIFY(printers);
        printers->setCurrentIndex(printers->findText(QStringLiteral("PDF"), Qt::MatchContains));
        auto* file = dialog->findChild<QLineEdit*>(QStringLiteral("filename"));
        QVERIFY(file && file->isEnabled());
        file->setFocus();
        file->selectAll();
        QTest::keyClicks(file, path);
        QTest::keyClick(file, Qt::Key_Return);
        QTRY_VERIFY(!shown.window.findChild<QPrintDialog*>());
        QFile written(path);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.read(5) == "%PDF-");
        QVERIFY(written.size() > 1'000);
    }
};

QTEST_MAIN(TstWindowMenus)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_window_menus.moc"
