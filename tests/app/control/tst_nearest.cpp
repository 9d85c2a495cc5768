#include "app/control/nearest.h"

#include <QtTest>

using namespace gatehouse;

class TstNearest : public QObject {
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
};

void TstNearest::finds_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("expected");

    QTest::newRow("swapped letters count once") << "rnu"
                                                << "run";
    QTest::newRow("one letter missing") << "chek"
                                        << "check";
    QTest::newRow("one letter too many") << "statuss"
                                         << "status";
    QTest::newRow("case plays no part") << "GRAPH"
                                        << "graph";
    QTest::newRow("the exact word is nearest to itself") << "run"
                                                         << "run";
    QTest::newRow("nothing near") << "frobnicate"
                                  << "";
    QTest::newRow("short words do not match everything") << "xy"
                                                         << "";
    QTest::newRow("empty") << ""
                           << "";
}

void TstNearest::finds()
{
    QFETCH(QString, word);
    QFETCH(QString, expected);
    const std::vector<std::string> candidates = {"run", "check", "status", "graph", "explain"};
    QCOMPARE(QString::fromStdString(control::nearest(word.toStdString(), candidates)), expected);
}

QTEST_APPLESS_MAIN(TstNearest)
#include "tst_nearest.moc"
