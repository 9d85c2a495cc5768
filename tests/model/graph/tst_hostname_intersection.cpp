#include "model/graph/hostname_intersection.h"

#include <QtTest>

#include <set>

using namespace gatehouse::model;

namespace {

std::optional<Hostname> hostnameOf(const QString& text)
{
    return text.isEmpty() ? std::nullopt : std::optional(Hostname::parse(text.toStdString()).value());
}

} // namespace

class TstHostnameIntersection : public QObject {
    Q_OBJECT

private slots:
    void intersect_data()
    {
        QTest::addColumn<QString>("listener");
        QTest::addColumn<QString>("route"); // comma-separated; empty: the route names none
        QTest::addColumn<QString>("left");  // "none": no intersection; "": every host
        QTest::newRow("neither names one: every host") << ""
                                                       << ""
                                                       << "";
        QTest::newRow("no listener hostname: the route's") << ""
                                                           << "a.example"
                                                           << "a.example";
        QTest::newRow("no listener hostname: all of the route's") << ""
                                                                  << "a.example,*.b"
                                                                  << "a.example,*.b";
        QTest::newRow("no route hostname: the listener's") << "a.example"
                                                           << ""
                                                           << "a.example";
        QTest::newRow("no route hostname: the listener's wildcard") << "*.example"
                                                                    << ""
                                                                    << "*.example";
        QTest::newRow("equal exact") << "a.example"
                                     << "a.example"
                                     << "a.example";
        QTest::newRow("different exact") << "a.example"
                                         << "b.example"
                                         << "none";
        QTest::newRow("exact listener under a route wildcard") << "a.example"
                                                               << "*.example"
                                                               << "a.example";
        QTest::newRow("exact listener two labels under a wildcard") << "x.a.example"
                                                                    << "*.example"
                                                                    << "x.a.example";
        QTest::newRow("a wildcard does not take its own parent") << "example"
                                                                 << "*.example"
                                                                 << "none";
        QTest::newRow("a wildcard needs a dot before its suffix") << "badexample.com"
                                                                  << "*.example.com"
                                                                  << "none";
        QTest::newRow("wildcard listener over an exact route") << "*.example"
                                                               << "a.example"
                                                               << "a.example";
        QTest::newRow("wildcard listener over a deep route") << "*.example"
                                                             << "x.y.example"
                                                             << "x.y.example";
        QTest::newRow("wildcard listener and its parent") << "*.example"
                                                          << "example"
                                                          << "none";
        QTest::newRow("equal wildcards") << "*.example"
                                         << "*.example"
                                         << "*.example";
        QTest::newRow("the longer wildcard stays, route longer") << "*.example"
                                                                 << "*.a.example"
                                                                 << "*.a.example";
        QTest::newRow("the longer wildcard stays, listener longer") << "*.a.example"
                                                                    << "*.example"
                                                                    << "*.a.example";
        QTest::newRow("sibling wildcards") << "*.a.example"
                                           << "*.b.example"
                                           << "none";
        QTest::newRow("wildcards that only share letters") << "*.xa.example"
                                                           << "*.a.example"
                                                           << "none";
        QTest::newRow("what does not intersect is ignored") << "*.example"
                                                            << "a.example,other.test,b.example"
                                                            << "a.example,b.example";
        QTest::newRow("nothing twice") << "a.example"
                                       << "*.example,a.example"
                                       << "a.example";
    }

    void intersect()
    {
        QFETCH(QString, listener);
        QFETCH(QString, route);
        QFETCH(QString, left);
        std::vector<Hostname> hostnames;
        for (const QString& text : route.split(',', Qt::SkipEmptyParts))
            hostnames.push_back(*hostnameOf(text));
        const auto result = effectiveHostnames(hostnameOf(listener), hostnames);
        QStringList texts;
        if (result)
            for (const Hostname& hostname : *result)
                texts << QString::fromStdString(hostname.text());
        QCOMPARE(result ? texts.join(',') : QString("none"), left);
    }

    // The index must say of every pair what the pairwise function says.
    void indexAgreesWithPairs()
    {
        const QStringList names = {"",           "a.example",  "b.a.example",   "*.example", "*.a.example",
                                   "example",    "other.test", "*.test",        "test",      "*.b.a.example",
                                   "badexample", "*.le",       "c.b.a.example", "*.a.test"};
        for (const QString& member : names)
            for (const QString& asked : names) {
                HostnameIndex index;
                index.insert(hostnameOf(member));
                const auto m = hostnameOf(member), a = hostnameOf(asked);
                const bool expected = !m || !a || intersect2(*m, *a);
                QVERIFY2(index.overlaps(a) == expected, qPrintable(member + " and " + asked));
                QVERIFY2(index.overlapsAnother(a) == (expected && member != asked),
                         qPrintable(member + " and " + asked));
            }
    }

    void emptyIndexOverlapsNothing()
    {
        const HostnameIndex index;
        QVERIFY(!index.overlaps(std::nullopt));
        QVERIFY(!index.overlaps(hostnameOf("a.example")));
    }

private:
    static bool intersect2(const Hostname& a, const Hostname& b)
    {
        return gatehouse::model::intersect(a, b).has_value();
    }
};

QTEST_APPLESS_MAIN(TstHostnameIntersection)
#include "tst_hostname_intersection.moc"
