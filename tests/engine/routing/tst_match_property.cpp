#include <QtTest/QTest>

#include "random_routes.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

using namespace gatehouse;
using namespace gatehouse::test;

/// Random route sets against a matcher that is written from the text alone.
class TstMatchProperty : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheText();
};

namespace {

constexpr unsigned seed = 20240607;

const std::vector<std::string> hosts = {"a.test",    "b.a.test", "x.a.test", "c.b.a.test",  "X.b.A.test:81",
                                        "other.org", "test",     "",         "x.y.b.a.test"};

Request randomRequest(Random& random)
{
    Request request;
    request.host = random.of(hosts);
    request.path = random.of(paths);
    request.method = random.oneIn(3) ? "PUT" : "GET";
    for (const char* name : {"H1", "h2"})
        if (!random.oneIn(3))
            request.headers.emplace_back(name, random.oneIn(2) ? "1" : "2");
    if (!random.oneIn(3))
        request.query = std::string("q1=") + (random.oneIn(2) ? "1" : "2") + "&q2=" + (random.oneIn(2) ? "1" : "2");
    return request;
}

} // namespace

void TstMatchProperty::agreesWithTheText()
{
    Random random(seed);
    std::size_t served = 0, asked = 0;
    for (int set = 0; set < 2000; ++set) {
        World world;
        fill(world, random);
        const auto snapshot = world.compile();
        for (int i = 0; i < 10; ++i) {
            const Request request = randomRequest(random);
            const std::string expected = serveByText(*snapshot->graph, request);
            const std::string actual = serve(*snapshot, request);
            ++asked;
            served += expected != "404";
            if (actual != expected)
                QFAIL(qPrintable(QString("set %1: %2 %3%4?%5 goes to %6, wanted %7")
                                     .arg(set)
                                     .arg(request.method.c_str(), request.host.c_str(), request.path.c_str(),
                                          request.query.c_str(), actual.c_str(), expected.c_str())));

            if (i > 1)
                continue;
            // An explanation comes from the same matcher.
            routing::ExplainRequest question;
            question.method = request.method;
            question.authority = request.host;
            question.path = request.path;
            question.query = request.query;
            question.headers = request.headers;
            question.endpoint = routing::BindKey{"127.0.0.1", 80};
            const routing::Explanation explained = routing::explain(*snapshot, question);
            QCOMPARE(explained.served, expected != "404");
            if (explained.served)
                QCOMPARE(explained.routeName + '[' + std::to_string(explained.rule) + ']', "HTTPRoute/" + expected);
            for (const routing::Loser& loser : explained.losers)
                QVERIFY(!loser.reason.empty());
        }
    }
    // The sets must be dense enough to say something.
    QVERIFY(served > asked / 4);
    QVERIFY(served < asked);
}

QTEST_APPLESS_MAIN(TstMatchProperty)
#include "tst_match_property.moc"
