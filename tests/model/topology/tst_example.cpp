#include "../graph/builders.h"

#include "model/topology/topology.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

HTTPRouteMatch match(PathMatchType type, const std::string& path, const std::string& method = "")
{
    HTTPRouteMatch match;
    match.path.type = type;
    match.path.value = path;
    match.method = method;
    return match;
}

HTTPRouteMatch withHeader(HTTPRouteMatch match, ValueMatchType type)
{
    match.headers.push_back({type, "x-team", "a", {}});
    match.queryParams.push_back({ValueMatchType::Exact, "q", "1", {}});
    return match;
}

QString words(const std::optional<ExampleRequest>& example)
{
    if (!example)
        return QStringLiteral("none");
    QString text = QString::fromStdString(example->method + ' ' + example->path);
    for (const auto& [name, value] : example->query)
        text += QString::fromStdString(" ?" + name + '=' + value);
    for (const auto& [name, value] : example->headers)
        text += QString::fromStdString(' ' + name + ": " + value);
    return text;
}

} // namespace

class TstExample : public QObject {
    Q_OBJECT
private slots:
    void firstMatchThatCanBeMet_data()
    {
        QTest::addColumn<std::vector<HTTPRouteMatch>>("matches");
        QTest::addColumn<QString>("example");
        using Matches = std::vector<HTTPRouteMatch>;
        QTest::newRow("the default") << Matches{match(PathMatchType::PathPrefix, "/")} << "GET /";
        QTest::newRow("method") << Matches{match(PathMatchType::Exact, "/cart", "POST")} << "POST /cart";
        QTest::newRow("header and query")
            << Matches{withHeader(match(PathMatchType::PathPrefix, "/api"), ValueMatchType::Exact)}
            << "GET /api ?q=1 x-team: a";
        QTest::newRow("behind a pattern")
            << Matches{match(PathMatchType::RegularExpression, "/v[0-9]+"), match(PathMatchType::Exact, "/b")}
            << "GET /b";
        QTest::newRow("behind a header's pattern")
            << Matches{withHeader(match(PathMatchType::Exact, "/a"), ValueMatchType::RegularExpression),
                       match(PathMatchType::Exact, "/b")}
            << "GET /b";
        QTest::newRow("patterns alone") << Matches{match(PathMatchType::RegularExpression, "/v[0-9]+")} << "none";
    }

    void firstMatchThatCanBeMet()
    {
        QFETCH(std::vector<HTTPRouteMatch>, matches);
        HTTPRoute route = httpRoute("shop", "one", {parentTo("first", "infra")}, {}, {});
        route.rules[0].matches = matches;
        World world;
        world.add(gateway("infra", "first", {fromAll(listener("http", "HTTP", 80))}));
        world.add(route);
        for (const TopologyNode& node : project(world.resolve(), nullptr).nodes) {
            if (node.kind == NodeKind::Route)
                QTEST(words(node.example), "example");
            else
                QVERIFY(!node.example);
        }
    }
};

QTEST_APPLESS_MAIN(TstExample)
#include "tst_example.moc"
