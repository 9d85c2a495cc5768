#include <QTest>

#include "model/graph/condition.h"
#include "quiet.h"
#include "ui/document/words.h"
#include "ui/fault_list.h"
#include "ui/icons.h"
#include "ui/main_window.h"
#include "ui/translations.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>

#include <set>

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

    void mnemonicsOfAGermanMenuDiffer()
    {
        useLanguage(QStringLiteral("de"));
        const MainWindow window(nullptr);
        std::set<QChar> menus;
        for (const QAction* top : window.menuBar()->actions()) {
            QVERIFY2(menus.insert(top->text()[top->text().indexOf(QLatin1Char('&')) + 1].toLower()).second,
                     qPrintable(top->text()));
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
