#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "engine/routing/explain_text.h"
#include "engine/routing/grpc.h"

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

/// GRPCRoutes (semantics 8.2): which rule serves a call, what an explanation says of the others, and what a gateway
/// says to a gRPC client.
class TstGrpcMatch : public QObject {
    Q_OBJECT
private slots:
    void whoServes_data();
    void whoServes();
    void onlyGrpcIsServed_data();
    void onlyGrpcIsServed();
    void headersAndAge();
    void hostnamesComeFirst();
    void invalidExpressionsNeverMatch();
    void besideHttpRoutes();
    void twoClustersForOnePort();
    void losersSpeakGrpc_data();
    void losersSpeakGrpc();
    void answersInExplanations();
    void contentTypes_data();
    void contentTypes();
    void calls_data();
    void calls();
    void messages();
    void statuses();
};

namespace {

constexpr auto regex = ValueMatchType::RegularExpression;

/// One rule for each form of a method match, the closest last, so that order cannot help.
std::shared_ptr<const Snapshot> everyForm(World& world)
{
    World::listener(world.gateway("a/gw"), "http");
    GRPCRoute& route = world.grpcRoute("a/r", "a/gw");
    world.rule(route, {});                                // 0
    world.rule(route, {call("/A.*", regex)});             // 1
    world.rule(route, {call("/Add")});                    // 2
    world.rule(route, {call("shop\\..*/", regex)});       // 3
    world.rule(route, {call("shop\\.Cart.*/.*", regex)}); // 4
    world.rule(route, {call("shop.Cart/")});              // 5
    world.rule(route, {call("shop.Cart/Add")});           // 6
    return world.compile();
}

std::string reasonOf(const Explanation& explanation, const std::string& route, std::uint32_t rule)
{
    for (const Loser& loser : explanation.losers)
        if (loser.routeName == "GRPCRoute/" + route && loser.rule == rule)
            return loser.reason;
    return {};
}

ExplainRequest ask(const Request& request)
{
    ExplainRequest question;
    question.authority = request.host;
    question.path = request.path;
    question.method = request.method;
    question.headers = request.headers;
    return question;
}

} // namespace

void TstGrpcMatch::whoServes_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("served");
    QTest::newRow("service and method") << "shop.Cart/Add"
                                        << "a/r[6]";
    QTest::newRow("the service alone beats expressions") << "shop.Cart/Remove"
                                                         << "a/r[5]";
    QTest::newRow("the longer service expression") << "shop.CartAdmin/Add"
                                                   << "a/r[4]";
    QTest::newRow("a service expression beats a method") << "shop.Orders/Add"
                                                         << "a/r[3]";
    QTest::newRow("the method alone beats its expression") << "bank.Account/Add"
                                                           << "a/r[2]";
    QTest::newRow("a method expression") << "bank.Account/Audit"
                                         << "a/r[1]";
    QTest::newRow("anything else") << "bank.Account/Close"
                                   << "a/r[0]";
    QTest::newRow("letters count") << "shop.cart/add"
                                   << "a/r[3]";
    QTest::newRow("a service with a slash is another service") << "shop.Cart/Add/Add"
                                                               << "a/r[4]";
}

void TstGrpcMatch::whoServes()
{
    QFETCH(QString, call);
    World world;
    const auto snapshot = everyForm(world);
    QTEST(QString::fromStdString(serve(*snapshot, grpc("any.test", call.toStdString()))), "served");
}

void TstGrpcMatch::onlyGrpcIsServed_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("contentType");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("served");
    QTest::newRow("gRPC") << "POST"
                          << "application/grpc"
                          << "/shop.Cart/Add"
                          << "a/r[6]";
    QTest::newRow("gRPC with a codec") << "POST"
                                       << "application/grpc+proto"
                                       << "/shop.Cart/Add"
                                       << "a/r[6]";
    QTest::newRow("GET") << "GET"
                         << "application/grpc"
                         << "/shop.Cart/Add"
                         << "404";
    QTest::newRow("JSON") << "POST"
                          << "application/json"
                          << "/shop.Cart/Add"
                          << "404";
    QTest::newRow("gRPC-Web") << "POST"
                              << "application/grpc-web+proto"
                              << "/shop.Cart/Add"
                              << "404";
    QTest::newRow("no content-type") << "POST"
                                     << ""
                                     << "/shop.Cart/Add"
                                     << "404";
    QTest::newRow("no method in the path") << "POST"
                                           << "application/grpc"
                                           << "/shop.Cart"
                                           << "404";
    QTest::newRow("an empty method") << "POST"
                                     << "application/grpc"
                                     << "/shop.Cart/"
                                     << "404";
}

void TstGrpcMatch::onlyGrpcIsServed()
{
    QFETCH(QString, method);
    QFETCH(QString, contentType);
    QFETCH(QString, path);
    World world;
    const auto snapshot = everyForm(world);
    Request request{"any.test", path.toStdString(), method.toStdString(), {}, {}};
    if (!contentType.isEmpty())
        request.headers.emplace_back("Content-Type", contentType.toStdString());
    QTEST(QString::fromStdString(serve(*snapshot, request)), "served");
}

void TstGrpcMatch::headersAndAge()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    GRPCRoute& young = world.grpcRoute("a/young", "a/gw");
    young.meta.creationTimestamp = Timestamp(std::chrono::seconds(20));
    world.rule(young, {call("s.S/M")});
    world.rule(young, {call("s.S/M", ValueMatchType::Exact, {{"version", "two"}})});
    world.rule(young, {call("/", ValueMatchType::Exact, {{"version", "two"}, {"team", "red"}})});
    GRPCRoute& old = world.grpcRoute("a/z-old", "a/gw");
    old.meta.creationTimestamp = Timestamp(std::chrono::seconds(10));
    world.rule(old, {call("s.S/M")});
    const auto snapshot = world.compile();
    QCOMPARE(serve(*snapshot, grpc("h", "s.S/M")), std::string("a/z-old[0]"));
    QCOMPARE(serve(*snapshot, grpc("h", "s.S/M", {{"Version", "two"}})), std::string("a/young[1]"));
    QCOMPARE(serve(*snapshot, grpc("h", "s.S/M", {{"version", "two"}, {"team", "red"}})), std::string("a/young[1]"));
    QCOMPARE(serve(*snapshot, grpc("h", "s.S/N", {{"version", "two"}, {"team", "red"}})), std::string("a/young[2]"));
    QCOMPARE(serve(*snapshot, grpc("h", "s.S/N", {{"version", "two"}})), std::string("404"));
}

void TstGrpcMatch::hostnamesComeFirst()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.grpcRoute("a/exact", "a/gw", {"a.test"}), {});
    world.rule(world.grpcRoute("a/wild", "a/gw", {"*.test"}), {call("s.S/M")});
    const auto snapshot = world.compile();
    QCOMPARE(serve(*snapshot, grpc("a.test:80", "s.S/M")), std::string("a/exact[0]"));
    QCOMPARE(serve(*snapshot, grpc("b.test", "s.S/M")), std::string("a/wild[0]"));
    QCOMPARE(serve(*snapshot, grpc("b.test", "s.S/N")), std::string("404"));
}

void TstGrpcMatch::invalidExpressionsNeverMatch()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.grpcRoute("a/r", "a/gw"), {call("s.(/M", regex)});
    const auto snapshot = world.compile();
    QCOMPARE(serve(*snapshot, grpc("h", "s.(/M")), std::string("404"));
    const auto found = std::find_if(world.problems.begin(), world.problems.end(),
                                    [](const Diagnostic& problem) { return problem.code == "GH4003"; });
    QVERIFY(found != world.problems.end());
    QCOMPARE(found->fieldPath, std::string("spec.rules[0].matches[0].method.service"));
}

void TstGrpcMatch::besideHttpRoutes()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.route("a/web", "a/gw", {"web.test"}), {prefix("/")});
    world.rule(world.grpcRoute("a/rpc", "a/gw", {"rpc.test"}), {});
    // Younger by name: refused, since an HTTPRoute has its host.
    world.rule(world.grpcRoute("a/zzz", "a/gw", {"web.test"}), {call("s.S/M")});
    const auto snapshot = world.compile();
    QCOMPARE(serve(*snapshot, {"web.test", "/s.S/M"}), std::string("a/web[0]"));
    QCOMPARE(serve(*snapshot, grpc("web.test", "s.S/M")), std::string("a/web[0]"));
    QCOMPARE(serve(*snapshot, grpc("rpc.test", "s.S/M")), std::string("a/rpc[0]"));
    QCOMPARE(serve(*snapshot, {"rpc.test", "/s.S/M"}), std::string("404"));
}

void TstGrpcMatch::twoClustersForOnePort()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.route("a/web", "a/gw", {"web.test"}), {prefix("/")});
    world.rule(world.grpcRoute("a/rpc", "a/gw", {"rpc.test"}), {});
    world.rule(world.grpcRoute("a/rpc2", "a/gw", {"rpc2.test"}), {});
    const auto snapshot = world.compile();
    QCOMPARE(snapshot->clusters.size(), std::size_t(2));
    QCOMPARE(snapshot->clusters[0].name, snapshot->clusters[1].name);
    QVERIFY(snapshot->clusters[0].protocol == BackendProtocol::Http1);
    QVERIFY(snapshot->clusters[0].endpoints.at(0).echo->mode == EchoMode::Http);
    QVERIFY(snapshot->clusters[1].protocol == BackendProtocol::H2c);
    QVERIFY(snapshot->clusters[1].endpoints.at(0).echo->mode == EchoMode::Grpc);
}

void TstGrpcMatch::losersSpeakGrpc_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("reason");
    QTest::newRow("another method") << "shop.Cart/Remove" << 6 << "gRPC method is Remove, wanted 'Add'";
    QTest::newRow("another service") << "bank.Account/Close" << 5 << "gRPC service is bank.Account, wanted 'shop.Cart'";
    QTest::newRow("a service expression")
        << "bank.Account/Close" << 3 << "gRPC service is bank.Account, wanted match of 'shop\\..*'";
    QTest::newRow("a method alone") << "bank.Account/Close" << 2 << "gRPC method is Close, wanted 'Add'";
    QTest::newRow("closer") << "shop.Cart/Add" << 5
                            << "lost to more characters of the gRPC method, shop.Cart/Add (this one has shop.Cart/*)";
    QTest::newRow("expression") << "shop.Cart/Add" << 4
                                << "lost to the closer gRPC method match shop.Cart/Add (this one has "
                                   "shop\\.Cart.*/.*)";
    QTest::newRow("every call") << "shop.Cart/Add" << 0
                                << "lost to the closer gRPC method match shop.Cart/Add (this one has *)";
    QTest::newRow("a longer expression") << "shop.CartX/Add" << 3
                                         << "lost to more characters of the gRPC service, shop\\.Cart.*/.* (this one "
                                            "has shop\\..*/*)";
}

void TstGrpcMatch::losersSpeakGrpc()
{
    QFETCH(QString, call);
    QFETCH(int, rule);
    World world;
    const auto snapshot = everyForm(world);
    const Request request = grpc("any.test", call.toStdString());
    const Explanation explanation = explain(*snapshot, ask(request));
    QCOMPARE(explanation.losers.size(), std::size_t(6));
    QTEST(QString::fromStdString(reasonOf(explanation, "a/r", static_cast<std::uint32_t>(rule))), "reason");
}

void TstGrpcMatch::answersInExplanations()
{
    World world;
    World::listener(world.gateway("a/gw"), "http");
    world.rule(world.grpcRoute("a/r", "a/gw"), {call("s.S/M")}).backendRefs = {backend("gone")};
    const auto snapshot = world.compile();
    const Request unknown = grpc("h", "s.S/N"), broken = grpc("h", "s.S/M");
    Explanation explanation = explain(*snapshot, ask(unknown));
    QCOMPARE(explanation.grpcStatus, std::string("UNIMPLEMENTED"));
    QCOMPARE(int(explanation.status), 200);
    QVERIFY2(explanation.summary.starts_with("grpc-status 12 (UNIMPLEMENTED), no rule attached to listener a/gw/http"),
             explanation.summary.c_str());
    explanation = explain(*snapshot, ask(broken));
    QVERIFY(explanation.served);
    QCOMPARE(explanation.grpcStatus, std::string("UNAVAILABLE"));
    QVERIFY(toText(explanation).find("no backend can answer: grpc-status 14 (UNAVAILABLE)") != std::string::npos);

    ExplainRequest plain = ask(broken);
    plain.headers.clear();
    explanation = explain(*snapshot, plain);
    QCOMPARE(int(explanation.status), 404);
    QCOMPARE(explanation.grpcStatus, std::string());
    QCOMPARE(reasonOf(explanation, "a/r", 0),
             std::string("the request is not gRPC: its content-type is absent, wanted application/grpc"));
    plain.method = "GET";
    QCOMPARE(reasonOf(explain(*snapshot, plain), "a/r", 0),
             std::string("the request is not gRPC: its method is GET, wanted POST"));
    ExplainRequest noCall = ask(broken);
    noCall.path = "/s.S";
    QCOMPARE(reasonOf(explain(*snapshot, noCall), "a/r", 0),
             std::string("the request is not gRPC: the path /s.S is no /service/method"));
}

void TstGrpcMatch::contentTypes_data()
{
    QTest::addColumn<bool>("isGrpc");
    for (const char* type : {"application/grpc", "application/grpc+proto", "application/grpc;charset=utf-8",
                             "Application/GRPC", "application/grpc ;x=y"})
        QTest::newRow(type) << true;
    for (const char* type : {"", "application/grpc-web", "application/grpcx", "application/grp", "text/plain"})
        QTest::newRow(type) << false;
}

void TstGrpcMatch::contentTypes()
{
    QTEST(isGrpcContentType(QTest::currentDataTag()), "isGrpc");
}

void TstGrpcMatch::calls_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("method");
    QTest::newRow("/a.B/C") << "a.B"
                            << "C";
    QTest::newRow("/a/b/C") << "a/b"
                            << "C";
    for (const char* path : {"", "/", "a.B/C", "/a.B", "/a.B/", "//C", "*"})
        QTest::newRow(path) << ""
                            << "";
}

void TstGrpcMatch::calls()
{
    const GrpcCall found = grpcCall(QTest::currentDataTag());
    QTEST(QString::fromStdString(std::string(found.service)), "service");
    QTEST(QString::fromStdString(std::string(found.method)), "method");
}

void TstGrpcMatch::messages()
{
    std::string text;
    appendGrpcMessage(text, "50 % of \xC3\xA4pples\nand \x01");
    QCOMPARE(text, std::string("50 %25 of %C3%A4pples and %01"));
}

void TstGrpcMatch::statuses()
{
    QVERIFY(grpcStatusOf(404) == GrpcStatus::Unimplemented);
    QVERIFY(grpcStatusOf(500) == GrpcStatus::Unavailable);
    QVERIFY(grpcStatusOf(503) == GrpcStatus::Unavailable);
    QVERIFY(grpcStatusOf(504) == GrpcStatus::DeadlineExceeded);
    QVERIFY(grpcStatusOf(413) == GrpcStatus::ResourceExhausted);
    QCOMPARE(std::string(toString(GrpcStatus::Unauthenticated)), std::string("UNAUTHENTICATED"));
    QVERIFY(toString(static_cast<GrpcStatus>(17)).empty());
}

QTEST_APPLESS_MAIN(TstGrpcMatch)
#include "tst_grpc_match.moc"
