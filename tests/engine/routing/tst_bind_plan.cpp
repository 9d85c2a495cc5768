#include "engine/routing/ip_literal.h"
#include "world.h"

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

class TstBindPlan : public QObject {
    Q_OBJECT
private slots:
    void plan_data();
    void plan();
    void poolSkipsTakenAddresses();
    void addressesStayOnReload();
    void movedPortsStayOnReload();
    void portsInUseArePassedOver();
    void givenAddressBeatsAKeptOne();
    void refusals();
    void datagramsAndStreamsHavePortsApart();
    void expectedProgrammingFollowsThePlan();
    void ipLiterals_data();
    void ipLiterals();
};

namespace {

struct GatewaySpec {
    std::string name;
    std::vector<std::uint16_t> ports;
    std::vector<std::string> addresses = {};
};

void fill(World& world, const std::vector<GatewaySpec>& specs)
{
    for (const GatewaySpec& spec : specs) {
        Gateway& gateway = world.gateway(spec.name);
        for (const std::string& address : spec.addresses)
            gateway.addresses.push_back({"IPAddress", address, {}});
        std::map<std::uint16_t, int> seen;
        for (const std::uint16_t port : spec.ports) {
            const int again = seen[port]++;
            World::listener(gateway, "p" + std::to_string(port) + (again ? "x" : ""), port, again ? "x.test" : "");
        }
    }
}

/// "a/gw: 127.0.0.1 8080*; ..." with a star on moved ports and a bang where an address cannot be used.
std::string dump(const Graph& graph, const BindPlan& plan)
{
    std::string text;
    for (std::size_t g = 0; g < graph.gateways.size(); ++g) {
        text += (text.empty() ? "" : "; ") + toString(graph.gateways[g].resource->key.name) + ':';
        for (const std::string& address : plan.gateways[g].addresses)
            text += ' ' + address;
        if (plan.gateways[g].addressNotUsable)
            text += '!';
        for (const ListenerIndex l : graph.gateways[g].listeners) {
            const PlannedListener& listener = plan.listeners[l.value];
            text +=
                listener.addresses.empty() ? " -" : ' ' + std::to_string(listener.port) + (listener.moved ? "*" : "");
        }
    }
    return text;
}

} // namespace

Q_DECLARE_METATYPE(std::vector<GatewaySpec>)
Q_DECLARE_METATYPE(BindWishes)
Q_DECLARE_METATYPE(HostFacts)

void TstBindPlan::plan_data()
{
    QTest::addColumn<std::vector<GatewaySpec>>("gateways");
    QTest::addColumn<BindWishes>("wishes");
    QTest::addColumn<HostFacts>("facts");
    QTest::addColumn<QString>("result");
    const auto row = [](const char* name, const std::vector<GatewaySpec>& gateways, const char* result,
                        const BindWishes& wishes = {}, const HostFacts& facts = {true, 1024}) {
        QTest::newRow(name) << gateways << wishes << facts << result;
    };
    const HostFacts one{false, 1024}, root{true, 0};

    row("one Gateway alone gets 127.0.0.1", {{"a/gw", {8000}}}, "a/gw: 127.0.0.1 8000");
    row("Gateways get addresses by name", {{"b/b", {80}}, {"b/a", {80}}, {"a/z", {80}}},
        "a/z: 127.0.0.1 8080*; b/a: 127.0.0.2 8080*; b/b: 127.0.0.3 8080*");
    row("privileged ports move", {{"a/gw", {80, 443, 81, 1023, 1024}}}, "a/gw: 127.0.0.1 8080* 8443* 8081* 9023* 1024");
    row("privileged ports stay with the privilege", {{"a/gw", {80, 443}}}, "a/gw: 127.0.0.1 80 443", {}, root);
    row("listeners of one port share it", {{"a/gw", {80, 80}}}, "a/gw: 127.0.0.1 8080* 8080*");
    row("a moved port makes way for one that need not move", {{"a/gw", {80, 8080}}}, "a/gw: 127.0.0.1 8081* 8080");
    row("a moved port steps over several", {{"a/gw", {80, 8080, 8081}}}, "a/gw: 127.0.0.1 8082* 8080 8081");
    row("a loopback literal is used as given", {{"a/gw", {8000}, {"127.0.0.9"}}}, "a/gw: 127.0.0.9 8000");
    row("IPv6 loopback is used as given", {{"a/gw", {8000}, {"::1", "127.0.0.1"}}}, "a/gw: ::1 127.0.0.1 8000");
    row("the pool avoids literals of later Gateways", {{"a/gw", {80}}, {"b/gw", {80}, {"127.0.0.1"}}},
        "a/gw: 127.0.0.2 8080*; b/gw: 127.0.0.1 8080*");
    row("an empty value comes from the pool", {{"a/gw", {8000}, {""}}}, "a/gw: 127.0.0.1 8000");
    row("a foreign address is reported and replaced", {{"a/gw", {8000}, {"10.1.2.3"}}}, "a/gw: 127.0.0.1! 8000");
    row("a usable address beside a foreign one is used", {{"a/gw", {8000}, {"10.1.2.3", "127.0.0.7"}}},
        "a/gw: 127.0.0.7! 8000");
    row("a foreign address is used when addresses are given by hand", {{"a/gw", {8000}, {"10.1.2.3"}}},
        "a/gw: 10.1.2.3 8000", {{}, {}, true});
    row("a wished address beats the pool", {{"a/gw", {8000}}, {"b/gw", {8000}}},
        "a/gw: 127.0.0.2 8000; b/gw: 127.0.0.1 8000", {{{"b/gw", "127.0.0.1"}}, {}, false});
    row("the spec beats a wish", {{"a/gw", {8000}, {"127.0.0.5"}}}, "a/gw: 127.0.0.5 8000",
        {{{"a/gw", "127.0.0.6"}}, {}, false});
    row("a foreign wish is refused", {{"a/gw", {8000}}}, "a/gw: 127.0.0.1! 8000", {{{"a/gw", "0.0.0.0"}}, {}, false});
    row("a wish that is no address is refused", {{"a/gw", {8000}}}, "a/gw: 127.0.0.1! 8000",
        {{{"a/gw", "example.com"}}, {}, false});
    row("a wished port is used", {{"a/gw", {80, 81}}}, "a/gw: 127.0.0.1 9000* 8081*",
        {{}, {{"a/gw/p80", 9000}}, false});
    row("a wished port brings the listeners of its port along", {{"a/gw", {80, 80}}}, "a/gw: 127.0.0.1 9000* 9000*",
        {{}, {{"a/gw/p80x", 9000}}, false});
    row("listeners of one port may be wished apart", {{"a/gw", {80, 80}}}, "a/gw: 127.0.0.1 9000* 9001*",
        {{}, {{"a/gw/p80", 9000}, {"a/gw/p80x", 9001}}, false});
    row("a wished port moves others away", {{"a/gw", {80, 9000}}}, "a/gw: 127.0.0.1 9000* 9001*",
        {{}, {{"a/gw/p80", 9000}}, false});
    row("with one address Gateways share it on distinct ports", {{"a/gw", {80}}, {"b/gw", {80}}, {"c/gw", {8000}}},
        "a/gw: 127.0.0.1 8080*; b/gw: 127.0.0.1 8081*; c/gw: 127.0.0.1 8000", {}, one);
    row("with one address the first keeps its port", {{"a/gw", {9000}}, {"b/gw", {9000}}},
        "a/gw: 127.0.0.1 9000; b/gw: 127.0.0.1 9001*", {}, one);
    row("with one address others cannot be used", {{"a/gw", {9000}, {"127.0.0.2"}}}, "a/gw: 127.0.0.1! 9000", {}, one);
    row("Gateways that ask for one address share it too",
        {{"a/gw", {80}, {"127.0.0.1"}}, {"b/gw", {80}, {"127.0.0.1"}}}, "a/gw: 127.0.0.1 80; b/gw: 127.0.0.1 81*", {},
        root);
}

void TstBindPlan::plan()
{
    QFETCH(std::vector<GatewaySpec>, gateways);
    QFETCH(BindWishes, wishes);
    QFETCH(HostFacts, facts);
    QFETCH(QString, result);
    World world;
    fill(world, gateways);
    const auto graph = world.graph();
    const BindPlan first = planBinds(*graph, wishes, facts);
    QCOMPARE(dump(*graph, first), result.toStdString());
    for (std::size_t g = 0; g < first.gateways.size(); ++g)
        QCOMPARE(first.gateways[g].addressNotUsable, !first.gateways[g].message.empty());
    // Planning again with the last plan in hand changes nothing.
    const BindPlan second = planBinds(*graph, wishes, facts, &first);
    QCOMPARE(dump(*graph, second), result.toStdString());
}

void TstBindPlan::poolSkipsTakenAddresses()
{
    World world;
    std::vector<GatewaySpec> specs;
    for (int i = 0; i < 300; ++i)
        specs.push_back({"a/gw" + std::to_string(1000 + i), {8000}});
    fill(world, specs);
    const auto graph = world.graph();
    const BindPlan plan = planBinds(*graph, {}, {true, 1024});
    std::vector<std::string> given;
    for (const PlannedGateway& gateway : plan.gateways)
        given.push_back(gateway.addresses.at(0));
    for (const char* skipped : {"127.0.0.0", "127.0.0.53", "127.0.0.54", "127.0.0.255", "127.0.1.0", "127.0.1.1"})
        QVERIFY2(std::find(given.begin(), given.end(), skipped) == given.end(), skipped);
    QCOMPARE(given[51], std::string("127.0.0.52"));
    QCOMPARE(given[52], std::string("127.0.0.55"));
    QVERIFY(std::find(given.begin(), given.end(), "127.0.1.2") != given.end());
    std::sort(given.begin(), given.end());
    QVERIFY(std::adjacent_find(given.begin(), given.end()) == given.end());
}

void TstBindPlan::addressesStayOnReload()
{
    World before, after;
    fill(before, {{"b/gw", {80}}, {"c/gw", {80}}});
    fill(after, {{"a/gw", {80}}, {"c/gw", {80}}, {"d/gw", {80}}});
    const auto old = before.graph(), fresh = after.graph();
    const BindPlan first = planBinds(*old, {}, {true, 1024});
    QCOMPARE(dump(*old, first), std::string("b/gw: 127.0.0.1 8080*; c/gw: 127.0.0.2 8080*"));
    const BindPlan second = planBinds(*fresh, {}, {true, 1024}, &first);
    QCOMPARE(dump(*fresh, second), std::string("a/gw: 127.0.0.1 8080*; c/gw: 127.0.0.2 8080*; d/gw: 127.0.0.3 8080*"));
}

void TstBindPlan::movedPortsStayOnReload()
{
    World before, after;
    fill(before, {{"a/gw", {80}}, {"b/gw", {80}}});
    fill(after, {{"b/gw", {80}}, {"c/gw", {8081}}});
    const auto old = before.graph(), fresh = after.graph();
    const BindPlan first = planBinds(*old, {}, {false, 1024});
    const BindPlan second = planBinds(*fresh, {}, {false, 1024}, &first);
    QCOMPARE(dump(*fresh, second), std::string("b/gw: 127.0.0.1 8081*; c/gw: 127.0.0.1 8082*"));
}

void TstBindPlan::portsInUseArePassedOver()
{
    World world;
    fill(world, {{"a/gw", {80, 9000}}, {"b/gw", {9000}}});
    const auto graph = world.graph();
    HostFacts facts{true, 1024};
    facts.inUse = [](const std::string& address, std::uint16_t port, bool udp) {
        return address == "127.0.0.1" && !udp && (port == 8080 || port == 9000 || port == 9001);
    };
    const BindPlan first = planBinds(*graph, {}, facts);
    QCOMPARE(dump(*graph, first), std::string("a/gw: 127.0.0.1 8081* 9002*; b/gw: 127.0.0.2 9000"));
    // What was given is in use since, by this very engine.
    facts.inUse = [](const std::string&, std::uint16_t, bool) { return true; };
    QCOMPARE(dump(*graph, planBinds(*graph, {}, facts, &first)), dump(*graph, first));
    // Who wishes for a port gets no other one.
    const BindWishes wishes{{}, {{"a/gw/p80", 8080}}};
    QCOMPARE(planBinds(*graph, wishes, facts, &first).listeners[0].port, 8080);
}

void TstBindPlan::givenAddressBeatsAKeptOne()
{
    World before, after;
    fill(before, {{"b/gw", {80}}});
    fill(after, {{"a/gw", {80}, {"127.0.0.1"}}, {"b/gw", {80}}});
    const auto old = before.graph(), fresh = after.graph();
    const BindPlan first = planBinds(*old, {}, {true, 1024});
    const BindPlan second = planBinds(*fresh, {}, {true, 1024}, &first);
    QCOMPARE(dump(*fresh, second), std::string("a/gw: 127.0.0.1 8080*; b/gw: 127.0.0.2 8080*"));
}

void TstBindPlan::datagramsAndStreamsHavePortsApart()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "dns", 53, {}, Protocol::UDP);
    World::listener(gateway, "dns-tcp", 53, {}, Protocol::TCP);
    World::listener(gateway, "other", 8053, {}, Protocol::UDP);
    const auto graph = world.graph();
    QCOMPARE(dump(*graph, planBinds(*graph, {}, {true, 0})), std::string("a/gw: 127.0.0.1 53 53 8053"));
    // 53 moves to 8053 in either space; the UDP listener that has it by right keeps it.
    QCOMPARE(dump(*graph, planBinds(*graph, {}, {true, 1024})), std::string("a/gw: 127.0.0.1 8054* 8053* 8053"));
}

void TstBindPlan::refusals()
{
    World world;
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "http", 8000);
    World::listener(gateway, "other", 8001, {}, Protocol::Other);
    World::listener(gateway, "clash1", 8002, "x.test");
    World::listener(gateway, "clash2", 8002, "x.test");
    const auto graph = world.graph();
    const BindPlan plan = planBinds(*graph, {}, {true, 1024});
    QCOMPARE(plan.listeners[0].refusal, std::string());
    QVERIFY2(plan.listeners[1].refusal.starts_with("UnsupportedProtocol"), plan.listeners[1].refusal.c_str());
    QVERIFY(plan.listeners[1].addresses.empty());
    // A conflict is told in the words of its condition.
    QVERIFY2(plan.listeners[2].refusal.starts_with("HostnameConflict"), plan.listeners[2].refusal.c_str());
    QVERIFY(plan.listeners[2].addresses.empty() && plan.listeners[3].addresses.empty());
}

void TstBindPlan::expectedProgrammingFollowsThePlan()
{
    World world;
    fill(world, {{"a/gw", {80}, {"10.0.0.1"}}});
    World::listener(const_cast<Gateway&>(*world.set().gateways.begin()->second), "other", 9000, {}, Protocol::Other);
    const auto graph = world.graph();
    const Programming programming = expectedProgramming(*graph, planBinds(*graph, {}, {true, 1024}));
    QCOMPARE(programming.gateways[0].addresses, std::vector<std::string>{"127.0.0.1"});
    QVERIFY(programming.gateways[0].addressNotUsable);
    QVERIFY(programming.listeners[0].programmed);
    QCOMPARE(int(programming.listeners[0].localPort), 8080);
    QVERIFY(!programming.listeners[1].programmed);
    QCOMPARE(programming.listeners[1].reason, std::string("Invalid"));
    QVERIFY(!programming.listeners[1].message.empty());
}

void TstBindPlan::ipLiterals_data()
{
    QTest::addColumn<bool>("literal");
    QTest::addColumn<bool>("loopback");
    const auto row = [](const char* text, bool literal, bool loopback) { QTest::newRow(text) << literal << loopback; };
    row("127.0.0.1", true, true);
    row("127.255.255.254", true, true);
    row("128.0.0.1", true, false);
    row("0.0.0.0", true, false);
    row("127.0.0", false, false);
    row("127.0.0.256", false, false);
    row("127.0.0.01", false, false);
    row("127.0.0.1.", false, false);
    row("127.0.0.1x", false, false);
    row("::1", true, true);
    row("0:0:0:0:0:0:0:1", true, true);
    row("::", true, false);
    row("::2", true, false);
    row("1::", true, false);
    row("1::1", true, false);
    row("fe80::1:2", true, false);
    row("::ffff:127.0.0.1", true, true);
    row("::ffff:10.0.0.1", true, false);
    row("1:2:3:4:5:6:7:8", true, false);
    row("1:2:3:4:5:6:7:8:9", false, false);
    row("1:2:3:4:5:6:7", false, false);
    row("1::2::3", false, false);
    row("12345::", false, false);
    row(":1", false, false);
    row("1:", false, false);
    row(":::", false, false);
    row("[::1]", false, false);
    row("localhost", false, false);
    QTest::newRow("") << false << false;
}

void TstBindPlan::ipLiterals()
{
    QFETCH(bool, literal);
    QFETCH(bool, loopback);
    QCOMPARE(isIpLiteral(QTest::currentDataTag()), literal);
    QCOMPARE(isLoopback(QTest::currentDataTag()), loopback);
}

QTEST_APPLESS_MAIN(TstBindPlan)
#include "tst_bind_plan.moc"
