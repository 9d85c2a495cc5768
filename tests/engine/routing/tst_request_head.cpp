#include "engine/routing/request_head.h"

#include <QtTest/QTest>

using namespace gatehouse::routing;

class TstRequestHead : public QObject {
    Q_OBJECT
private slots:
    void host_data();
    void host();
    void fields();
};

void TstRequestHead::host_data()
{
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("host");
    QTest::newRow("plain") << "a.test"
                           << "a.test";
    QTest::newRow("port") << "a.test:80"
                          << "a.test";
    QTest::newRow("empty port") << "a.test:"
                                << "a.test";
    QTest::newRow("trailing dot") << "a.test."
                                  << "a.test";
    QTest::newRow("trailing dot and port") << "a.test.:80"
                                           << "a.test";
    QTest::newRow("case is kept") << "A.Test"
                                  << "A.Test";
    QTest::newRow("IPv6") << "[::1]"
                          << "[::1]";
    QTest::newRow("IPv6 and port") << "[::1]:80"
                                   << "[::1]";
    QTest::newRow("unclosed bracket") << "[::1"
                                      << "[";
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("port alone") << ":80"
                                << "";
}

void TstRequestHead::host()
{
    QFETCH(QString, authority);
    QFETCH(QString, host);
    const std::string text = authority.toStdString();
    QCOMPARE(std::string(hostOf(text)), host.toStdString());
}

void TstRequestHead::fields()
{
    HeaderFields fields;
    fields.add("A", "1");
    fields.add("b", "2");
    fields.add("a", "3");
    QCOMPARE(fields.count("a"), std::size_t(2));
    QCOMPARE(std::string(fields.find("a")->value), std::string("1"));
    fields.set("a", "4");
    QCOMPARE(fields.size(), std::size_t(2));
    QCOMPARE(std::string(fields.begin()->value), std::string("4")); // stays where the first stood
    fields.remove("B");
    QVERIFY(!fields.find("b"));
    fields.set("c", "5");
    QCOMPARE(fields.size(), std::size_t(2));
    fields.clear();
    QCOMPARE(fields.size(), std::size_t(0));
}

QTEST_APPLESS_MAIN(TstRequestHead)
#include "tst_request_head.moc"
