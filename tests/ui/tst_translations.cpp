#include <QTest>

#include "model/graph/condition.h"
#include "quiet.h"
#include "ui/docks/dock.h"
#include "ui/document/words.h"
#include "ui/fault_list.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/translations.h"

#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QMap>
#include <QMenu>
#include <QMenuBar>

using namespace gatehouse::ui;

class TstTranslations : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }
    void cleanupTestCase() { useLanguage(QStringLiteral("en")); }

    void languageIsChosen_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("used");
        QTest::newRow("German") << "de"
                                << "de";
        QTest::newRow("Swiss German") << "de-CH"
                                      << "de";
        QTest::newRow("English") << "en"
                                 << "en";
        QTest::newRow("one that there is not") << "tlh"
                                               << "en";
    }

    void languageIsChosen()
    {
        QFETCH(QString, wanted);
        QTEST(useLanguage(wanted), "used");
    }

    void menusSpeakGerman()
    {
        useLanguage(QStringLiteral("de"));
        const MainWindow window(nullptr);
        QCOMPARE(window.menuBar()->actions().first()->text(), QStringLiteral("&Datei"));
        QCOMPARE(window.action(QStringLiteral("quit"))->text(), QStringLiteral("&Beenden"));
        QVERIFY(window.action(QStringLiteral("find"))->toolTip().startsWith(QStringLiteral("Alles finden")));
    }

    void mnemonicsOfAMenuDiffer_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("German") << "de";
    }

    /// A letter that is there twice chooses neither: Qt only moves the highlight. Panels have no letters, since their
    /// titles change with what is in them.
    void mnemonicsOfAMenuDiffer()
    {
        QFETCH(QString, language);
        useLanguage(language);
        const MainWindow window(nullptr);
        QList<QAction*> panels;
        for (const QDockWidget* dock : window.findChildren<QDockWidget*>())
            panels << qobject_cast<const Dock*>(dock)->panelAction();
        QMap<QString, QStringList> taken;
        const auto take = [&](const QString& place, const QAction& action) {
            const auto at = action.text().indexOf(QLatin1Char('&'));
            QVERIFY2(at >= 0, qPrintable(place + QStringLiteral(": ") + action.text()));
            taken[place] << action.text().mid(at + 1, 1).toLower();
        };
        for (const QAction* top : window.menuBar()->actions()) {
            take(QStringLiteral("the bar"), *top);
            for (const QAction* action : top->menu()->actions()) {
                if (!action->isSeparator())
                    take(top->text(), *action);
                if (!action->menu() || action == window.action(QStringLiteral("recent")))
                    continue;
                for (QAction* within : action->menu()->actions())
                    if (!within->isSeparator() && !panels.contains(within))
                        take(action->text(), *within);
            }
        }
        QCOMPARE(taken.size(), 13);
        for (auto menu = taken.begin(); menu != taken.end(); ++menu) {
            const QString told = menu.key() + QStringLiteral(": ") + menu->join(QLatin1Char(' '));
            QVERIFY2(menu->removeDuplicates() == 0, qPrintable(told));
        }
    }

    void freeFunctionsSpeakGerman()
    {
        useLanguage(QStringLiteral("de"));
        QCOMPARE(reasonWords(QStringLiteral("PortUnavailable")), QStringLiteral("Der Port lässt sich nicht öffnen"));
        gatehouse::model::Condition condition;
        condition.type = "Accepted";
        condition.status = gatehouse::model::ConditionStatus::True;
        condition.reason = "Accepted";
        QCOMPARE(conditionWords(condition).text, QStringLiteral("Akzeptiert: nimmt am Routing teil"));
        useLanguage(QStringLiteral("en"));
        QCOMPARE(reasonWords(QStringLiteral("PortUnavailable")), QStringLiteral("The port cannot be opened"));
    }

    void pluralsAreRight_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("two");
        QTest::newRow("English") << "en"
                                 << "2 messages";
        QTest::newRow("German") << "de"
                                << "2 Meldungen";
    }

    void pluralsAreRight()
    {
        QFETCH(QString, language);
        QFETCH(QString, two);
        useLanguage(language);
        FaultList list;
        list.add(QStringLiteral("a"), QString());
        list.add(QStringLiteral("b"), QString());
        QStringList texts;
        for (const QLabel* label : list.findChildren<QLabel*>())
            texts << label->text();
        QVERIFY2(texts.contains(two), qPrintable(texts.join(QLatin1Char('|'))));
    }
};

QTEST_MAIN(TstTranslations)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_translations.moc"
