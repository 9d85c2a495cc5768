#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "ui/fault_list.h"
#include "ui/fault_row.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QPlainTextEdit>
#include <QToolButton>

using namespace gatehouse::ui;

class TstFaults : public QuietTest {
    Q_OBJECT
private slots:
    void windowShowsThemWithoutABox()
    {
        MainWindow window(nullptr);
        window.show();
        QVERIFY(!window.faults().isVisible());
        window.showFault(QStringLiteral("something"), QStringLiteral("somehow"));
        QVERIFY(window.faults().isVisible());
        QVERIFY2(window.findChildren<QDialog*>().isEmpty(), "nothing lies in the way");
        QCOMPARE(window.faults().count(), 1);
    }

    void newestComesFirstAndTheSameIsCounted()
    {
        FaultList list;
        list.add(QStringLiteral("one"), QStringLiteral("first"));
        list.add(QStringLiteral("two"), QStringLiteral("second"));
        QCOMPARE(list.text(), QStringLiteral("two\nsecond\n\none\nfirst"));
        list.add(QStringLiteral("one"), QStringLiteral("first"));
        QCOMPARE(list.count(), 2);
        QVERIFY(list.text().startsWith(QStringLiteral("one")));
    }

    void copyTakesAllOfIt()
    {
        FaultList list;
        list.add(QStringLiteral("what"), QStringLiteral("line 1\nline 2"));
        list.show();
        QTest::mouseClick(list.findChild<FaultRow*>()->copyButton(), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("what\nline 1\nline 2"));
    }

    void detailsOpenByKeyboard()
    {
        FaultList list;
        list.add(QStringLiteral("what"), QStringLiteral("line 1\nline 2"));
        list.show();
        auto* row = list.findChild<FaultRow*>();
        QVERIFY(!row->detailsShown());
        QTest::keyClick(row->detailsButton(), Qt::Key_Space);
        QVERIFY(row->detailsShown());
        QCOMPARE(row->findChild<QPlainTextEdit*>()->toPlainText(), QStringLiteral("line 1\nline 2"));
        QTest::keyClick(row->detailsButton(), Qt::Key_Space);
        QVERIFY(!row->detailsShown());
    }

    void dismissedOneByOneAndTogether()
    {
        FaultList list;
        QSignalSpy counts(&list, &FaultList::countChanged);
        for (const char* what : {"a", "b", "c", "d", "e"})
            list.add(QLatin1String(what), QString());
        list.show();
        int shown = 0;
        for (const FaultRow* row : list.findChildren<FaultRow*>())
            shown += row->isVisible() ? 1 : 0;
        QCOMPARE(shown, 3); // the others on demand
        auto* newest = list.findChildren<FaultRow*>().constLast();
        QVERIFY(newest->text() == QStringLiteral("e"));
        QTest::mouseClick(newest->dismissButton(), Qt::LeftButton);
        QCOMPARE(list.count(), 4);
        QVERIFY(!list.text().contains(QLatin1Char('e')));
        QToolButton* all = nullptr;
        for (QToolButton* button : list.findChildren<QToolButton*>()) {
            if (button->text() == QStringLiteral("Dismiss All"))
                all = button;
        }
        QVERIFY(all && all->isVisible());
        QTest::mouseClick(all, Qt::LeftButton);
        QCOMPARE(list.count(), 0);
        QVERIFY(!list.isVisible());
        QCOMPARE(counts.last()[0].toInt(), 0);
    }
};

QTEST_MAIN(TstFaults)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_faults.moc"
