#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include <random>
#include <regex>
#include <tuple>

using namespace gatehouse;
using namespace gatehouse::test;

/// Random GRPCRoutes against a matcher written from the text of GRPCRouteRule.matches alone (semantics 8.2): every
/// match of every rule is looked at, and the best is taken. Nothing of the tables is used.
class TstGrpcMatchProperty : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheText();
};

namespace {

const std::vector<std::string> hostnames = {"a.test", "b.a.test", "*.test", "*.a.test"};
const std::vector<std::string> hosts = {"a.test", "b.a.test", "x.a.test", "B.A.test:80", "other.org"};
const std::vector<std::string> services = {"s.S", "s.SS", "t.S", "S"};
const std::vector<std::string> methods = {"M", "MM", "N"};
const std::vector<std::string> expressions = {".*", "s.*", ".*S", "[st]\\.S", "M+", "M"};

struct Random {
    std::mt19937 engine{20240701};
    std::size_t below(std::size_t n) { return engine() % n; }
    bool oneIn(std::size_t n) { return below(n) == 0; }
    const std::string& of(const std::vector<std::string>& list) { return list[below(list.size())]; }
};

GRPCRouteMatch randomMatch(Random& random)
{
    GRPCRouteMatch match;
    if (!random.oneIn(6)) {
        match.method.emplace();
        if (random.oneIn(3))
            match.method->type = ValueMatchType::RegularExpression;
        const bool regex = match.method->type == ValueMatchType::RegularExpression;
        if (!random.oneIn(3))
            match.method->service = random.of(regex ? expressions : services);
        if (!match.method->service || !random.oneIn(3))
            match.method->method = random.of(regex ? expressions : methods);
    }
    for (const char* name : {"h1", "H2"})
        if (random.oneIn(4))
            match.headers.push_back({ValueMatchType::Exact, name, random.oneIn(2) ? "1" : "2", {}});
    return match;
}

void fill(World& world, Random& random)
{
    World::listener(world.gateway("a/gw"), "all");
    const std::size_t routes = 1 + random.below(6);
    for (std::size_t i = 0; i < routes; ++i) {
        std::vector<std::string> names;
        if (!random.oneIn(4))
            names.push_back(random.of(hostnames));
        GRPCRoute& route = world.grpcRoute((random.oneIn(2) ? "a/r" : "b/r") + std::to_string(9 - i), "a/gw", names);
        if (random.oneIn(2))
            route.meta.creationTimestamp = Timestamp(std::chrono::seconds(random.below(3)));
        for (std::size_t r = 1 + random.below(3); r > 0; --r) {
            std::vector<GRPCRouteMatch> matches;
            for (std::size_t m = random.below(4); m > 0; --m)
                matches.push_back(randomMatch(random));
            world.rule(route, std::move(matches));
        }
    }
}

std::string plainHost(const std::string& authority)
{
    std::string name = authority.substr(0, authority.find(':'));
    for (char& c : name)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
}

using HostScore = std::pair<int, int>;
std::optional<HostScore> score(const std::vector<Hostname>& names, const std::string& host)
{
    if (names.empty())
        return HostScore{0, 0};
    const std::string& text = names[0].text();
    const int length = static_cast<int>(text.size());
    if (text[0] != '*')
        return text == host ? std::optional(HostScore{length, length}) : std::nullopt;
    const bool covers = host.size() >= text.size() && host.ends_with(text.substr(1));
    return covers ? std::optional(HostScore{0, length}) : std::nullopt;
}

bool textMatches(ValueMatchType type, const std::optional<std::string>& wanted, const std::string& got)
{
    if (!wanted)
        return true;
    return type == ValueMatchType::Exact ? *wanted == got : std::regex_match(got, std::regex(*wanted));
}

bool headersMatch(const GRPCRouteMatch& match, const Request& request)
{
    for (const ValueMatch& wanted : match.headers) {
        bool found = false;
        for (const auto& [name, value] : request.headers)
            found = found || (plainHost(name) == plainHost(wanted.name) && value == wanted.value);
        if (!found)
            return false;
    }
    return true;
}

/// Our choices where the text leaves one: Exact beats RegularExpression, unless the latter alone asks for a service.
int form(const GRPCRouteMatch& match)
{
    if (!match.method)
        return 0;
    const bool exact = match.method->type == ValueMatchType::Exact;
    return match.method->service ? (exact ? 4 : 3) : (exact ? 2 : 1);
}

std::string serveByText(const Graph& graph, const Request& request, const std::string& service,
                        const std::string& method)
{
    const std::string name = plainHost(request.host);
    struct Best {
        std::tuple<HostScore, int, std::size_t, std::size_t, std::size_t> key;
        const GRPCRoute* route;
        std::size_t rule;
    };
    std::optional<Best> best;
    for (const RouteNode& node : graph.routes) {
        const auto& route = static_cast<const GRPCRoute&>(*node.resource);
        const auto hostScore = score(route.hostnames, name);
        if (!hostScore)
            continue;
        for (std::size_t r = 0; r < route.rules.size(); ++r) {
            std::vector<GRPCRouteMatch> matches = route.rules[r].matches;
            if (matches.empty())
                matches.emplace_back();
            for (const GRPCRouteMatch& m : matches) {
                const GRPCMethodMatch wanted = m.method.value_or(GRPCMethodMatch{});
                if (!textMatches(wanted.type, wanted.service, service) ||
                    !textMatches(wanted.type, wanted.method, method) || !headersMatch(m, request))
                    continue;
                const Best candidate{{*hostScore, form(m), wanted.service.value_or("").size(),
                                      wanted.method.value_or("").size(), m.headers.size()},
                                     &route,
                                     r};
                if (!best || candidate.key > best->key ||
                    (candidate.key == best->key && candidate.route != best->route &&
                     isOlder(*candidate.route, *best->route)))
                    best = candidate;
            }
        }
    }
    return best ? toString(best->route->key.name) + '[' + std::to_string(best->rule) + ']' : "404";
}

} // namespace

void TstGrpcMatchProperty::agreesWithTheText()
{
    Random random;
    std::size_t served = 0, asked = 0;
    for (int set = 0; set < 1000; ++set) {
        World world;
        fill(world, random);
        const auto snapshot = world.compile();
        for (int i = 0; i < 10; ++i) {
            const std::string service = random.of(services), method = random.of(methods);
            std::vector<std::pair<std::string, std::string>> metadata;
            for (const char* name : {"H1", "h2"})
                if (!random.oneIn(3))
                    metadata.emplace_back(name, random.oneIn(2) ? "1" : "2");
            const Request request = grpc(random.of(hosts), service + '/' + method, metadata);
            const std::string expected = serveByText(*snapshot->graph, request, service, method);
            const std::string actual = serve(*snapshot, request);
            ++asked;
            served += expected != "404";
            if (actual != expected)
                QFAIL(
                    qPrintable(QString("set %1: %2%3 goes to %4, wanted %5")
                                   .arg(set)
                                   .arg(request.host.c_str(), request.path.c_str(), actual.c_str(), expected.c_str())));
            if (i > 1)
                continue;
            routing::ExplainRequest question;
            question.method = request.method;
            question.authority = request.host;
            question.path = request.path;
            question.headers = request.headers;
            question.endpoint = routing::BindKey{"127.0.0.1", 80};
            const routing::Explanation explained = routing::explain(*snapshot, question);
            QCOMPARE(explained.served, expected != "404");
            if (explained.served)
                QCOMPARE(explained.routeName + '[' + std::to_string(explained.rule) + ']', "GRPCRoute/" + expected);
            for (const routing::Loser& loser : explained.losers)
                QVERIFY(!loser.reason.empty());
        }
    }
    // The sets must be dense enough to say something.
    QVERIFY(served > asked / 4);
    QVERIFY(served < asked);
}

QTEST_APPLESS_MAIN(TstGrpcMatchProperty)
#include "tst_grpc_match_property.moc"
