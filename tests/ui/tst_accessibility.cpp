#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/cluster_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/docks/navigator_dock.h"
#include "ui/fault_list.h"
#include "ui/main_window.h"
#include "ui/menu_entries.h"
#include "ui/topology/focus_frame.h"
#include "ui/topology/topology_panel.h"
#include "ui/welcome_page.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QShortcut>
#include <QTreeView>

#include <set>

using namespace gatehouse::ui;

namespace {

ViewState sampleState()
{
    ViewState state;
    state.topology = sample::share(sample::make());
    return state;
}

QString nameOf(QObject* object)
{
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(object);
    return face ? face->text(QAccessible::Name) : QString();
}

/// What the keyboard reaches and a screen reader would say nothing of.
QStringList namelessIn(QWidget& root)
{
    QStringList found;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
            continue;
        // Parts of compound widgets: the whole is what is named.
        if (widget->objectName().startsWith(QLatin1String("qt_")) || widget->inherits("QComboBoxListView"))
            continue;
        // A bar is told by its tab at hand; Qt keeps one without tabs for docks that may come to lie on each other.
        if (const auto* bar = qobject_cast<QTabBar*>(widget); bar && bar->count() == 0)
            continue;
        if (nameOf(widget).isEmpty()) {
            QStringList path;
            for (const QWidget* at = widget; at; at = at->parentWidget())
                path.prepend(QLatin1String(at->metaObject()->className()) + QLatin1Char('#') + at->objectName());
            found << path.join(QLatin1Char('/'));
        }
    }
    return found;
}

} // namespace

class TstAccessibility : public QuietTest {
    Q_OBJECT
private slots:
    void everyControlOfTheWindowHasAName()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        window.showFault(QStringLiteral("what"), QStringLiteral("why"));
        QTRY_VERIFY(!window.canvas().scene().arranging());
        window.canvas().scene().select(sample::sharedGateway);
        QCOMPARE(namelessIn(window).join(QLatin1Char('\n')), QString());
    }

    void everyControlOfTheDialogsHasAName()
    {
        SettingsDialog settings({});
        AboutDialog about({{QStringLiteral("Qt"), QStringLiteral("6"), QStringLiteral("LGPL-3.0")}}, Theme::light());
        ClusterDialog cluster;
        ShortcutsDialog shortcuts(canvasShortcuts());
        for (QDialog* dialog : {static_cast<QDialog*>(&settings), static_cast<QDialog*>(&about),
                                static_cast<QDialog*>(&cluster), static_cast<QDialog*>(&shortcuts)}) {
            QCOMPARE(namelessIn(*dialog).join(QLatin1Char('\n')), QString());
            QVERIFY(!dialog->windowTitle().isEmpty());
        }
    }

    void cardsAreToldOneByOne()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        TopologyView& view = window.canvas().view();
        QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(canvas);
        QCOMPARE(canvas->role(), QAccessible::List);
        QCOMPARE(canvas->childCount(), 8);
        std::set<QString> names;
        for (int i = 0; i < canvas->childCount(); ++i) {
            QAccessibleInterface* card = canvas->child(i);
            QVERIFY(card && card->isValid());
            QCOMPARE(card->parent(), canvas);
            QCOMPARE(canvas->indexOfChild(card), i);
            QVERIFY(!card->text(QAccessible::Description).isEmpty());
            QVERIFY(card->rect().isValid());
            QVERIFY(card->state().selectable);
            names.insert(card->text(QAccessible::Name));
        }
        QCOMPARE(names.size(), std::size_t(8));
        QVERIFY(names.contains(QStringLiteral("HTTPRoute team-a/shop")));
        QVERIFY(!canvas->child(8));
        QVERIFY(!canvas->child(-1));
    }

    void cardSaysHowItIs()
    {
        MainWindow window(nullptr);
        window.show();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QAccessibleInterface* card =
            QAccessible::queryAccessibleInterface(window.canvas().scene().nodeItem(sample::blogRoute));
        const QString text = card->text(QAccessible::Description);
        QVERIFY2(text.contains(QStringLiteral("NotAllowedByListeners")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("blog.example.com")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("refused")), qPrintable(text));
    }

    void cardIsSelectedByAssistiveTechnology()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        TopologyView& view = window.canvas().view();
        view.setFocus();
        QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&view);
        QAccessibleInterface* card =
            QAccessible::queryAccessibleInterface(window.canvas().scene().nodeItem(sample::shopRoute));
        QVERIFY(card->actionInterface());
        card->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(window.canvas().scene().selectedKey() == sample::shopRoute);
        QVERIFY(card->state().selected);
        QVERIFY(card->state().focused);
        QCOMPARE(canvas->focusChild(), card);
    }

    void everyMenuActionIsReachedByOneKey()
    {
        const MainWindow window(nullptr);
        std::set<QString> shortcuts;
        for (const auto& [place, action] : menuEntries(*window.menuBar())) {
            QVERIFY2(!action->text().isEmpty(), qPrintable(place));
            for (const QKeySequence& keys : action->shortcuts()) {
                QVERIFY2(shortcuts.insert(keys.toString()).second,
                         qPrintable(QStringLiteral("%1 is taken twice").arg(keys.toString())));
                QVERIFY2(action->toolTip().contains(keys.toString(QKeySequence::NativeText)) ||
                             keys != action->shortcut(),
                         qPrintable(action->toolTip()));
            }
        }
        QVERIFY(shortcuts.size() > 40);
        // Shortcuts beside the menus would be ambiguous with them.
        for (const QShortcut* shortcut : window.findChildren<QShortcut*>())
            QVERIFY2(shortcut->context() != Qt::WindowShortcut || shortcuts.insert(shortcut->key().toString()).second,
                     qPrintable(shortcut->key().toString()));
        for (const QAction* action : window.findChildren<QAction*>()) {
            if (!action->shortcut().isEmpty() && action->shortcutContext() == Qt::WindowShortcut &&
                action->objectName().isEmpty())
                QVERIFY2(shortcuts.insert(action->shortcut().toString()).second, qPrintable(action->text()));
        }
    }

    void tabComesToEveryRegionAndBack()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        window.setState(sampleState());
        QTRY_VERIFY(!window.canvas().scene().arranging());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.canvas().view().setFocus();
        const QWidget* start = QApplication::focusWidget();
        std::set<const QWidget*> seen;
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            seen.insert(QApplication::focusWidget());
            if (QApplication::focusWidget() == start)
                break;
        }
        QVERIFY2(QApplication::focusWidget() == start, "Tab comes back to where it began");
        const auto* navigator = window.findChild<NavigatorDock*>();
        QVERIFY(seen.contains(navigator->filterLine()));
        QVERIFY(seen.contains(navigator->tree()));
    }

    void canvasShowsThatItHasTheKeyboard()
    {
        MainWindow window(nullptr);
        window.show();
        window.activateWindow();
        window.setState(sampleState());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto* frame = window.findChild<FocusFrame*>();
        window.canvas().view().setFocus(Qt::MouseFocusReason);
        QVERIFY(!frame->lit());
        Preferences preferences;
        preferences.theme = ThemeChoice::HighContrast;
        window.applyPreferences(preferences);
        QVERIFY(frame->lit());
        preferences.theme = ThemeChoice::Light;
        window.applyPreferences(preferences);
        window.findChild<NavigatorDock*>()->tree()->setFocus();
        window.canvas().view().setFocus(Qt::TabFocusReason);
        QVERIFY(frame->lit());
    }

    void startPageIsUsedByKeyboard()
    {
        MainWindow window(nullptr);
        window.setRecent({QStringLiteral("/some/where.yaml")});
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto* page = window.findChild<WelcomePage*>();
        QCOMPARE(namelessIn(*page), QStringList());
        page->folderButton()->setFocus();
        QSignalSpy open(&window, &MainWindow::openRequested);
        for (int i = 0; i < 20 && open.isEmpty(); ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            if (QApplication::focusWidget()->accessibleName() == QStringLiteral("where.yaml"))
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        }
        QCOMPARE(open.size(), 1);
    }
};

QTEST_MAIN(TstAccessibility)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_accessibility.moc"
