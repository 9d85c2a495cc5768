#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include <random>
#include <tuple>

using namespace gatehouse;
using namespace gatehouse::test;

/// Random route sets against a matcher written from the text of HTTPRouteRule.matches alone: every rule is looked at,
/// and the best is taken. Nothing of the tables is used.
class TstMatchProperty : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheText();
};

namespace {

constexpr unsigned seed = 20240607;

const std::vector<std::string> hostnames = {"a.test", "b.a.test", "c.b.a.test", "*.test", "*.a.test", "*.b.a.test"};
const std::vector<std::string> hosts = {"a.test",    "b.a.test", "x.a.test", "c.b.a.test",  "X.b.A.test:81",
                                        "other.org", "test",     "",         "x.y.b.a.test"};
const std::vector<std::string> paths = {"/", "/a", "/a/", "/a/b", "/a/b/", "/a/bc", "/b", "/a/b/c/d", "/ab"};

struct Random {
    std::mt19937 engine{seed};
    std::size_t below(std::size_t n) { return engine() % n; }
    bool oneIn(std::size_t n) { return below(n) == 0; }
    template <class T>
    const T& of(const std::vector<T>& list)
    {
        return list[below(list.size())];
    }
};

HTTPRouteMatch randomMatch(Random& random)
{
    MatchSpec spec;
    spec.path = random.of(paths);
    spec.type = random.oneIn(3) ? PathMatchType::Exact : PathMatchType::PathPrefix;
    if (random.oneIn(10)) {
        spec.type = PathMatchType::RegularExpression;
        spec.path += ".*";
    }
    if (random.oneIn(4))
        spec.method = random.oneIn(2) ? "GET" : "PUT";
    for (const char* name : {"h1", "H2"})
        if (random.oneIn(4))
            spec.headers.emplace_back(name, random.oneIn(2) ? "1" : "2");
    for (const char* name : {"q1", "q2"})
        if (random.oneIn(4))
            spec.query.emplace_back(name, random.oneIn(2) ? "1" : "2");
    return match(spec);
}

void fill(World& world, Random& random)
{
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "all");
    if (random.oneIn(2))
        World::listener(gateway, "wild", 80, "*.a.test");
    if (random.oneIn(3))
        World::listener(gateway, "exact", 80, "b.a.test");
    const std::size_t routes = 1 + random.below(7);
    for (std::size_t i = 0; i < routes; ++i) {
        std::vector<std::string> names;
        for (std::size_t n = random.below(3); n > 0; --n)
            if (const std::string& name = random.of(hostnames);
                std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        HTTPRoute& route = world.route((random.oneIn(2) ? "a/r" : "b/r") + std::to_string(9 - i), "a/gw", names);
        if (random.oneIn(2))
            route.meta.creationTimestamp = Timestamp(std::chrono::seconds(random.below(3)));
        const std::size_t rules = 1 + random.below(3);
        for (std::size_t r = 0; r < rules; ++r) {
            std::vector<HTTPRouteMatch> matches;
            for (std::size_t m = 1 + random.below(3); m > 0; --m)
                matches.push_back(randomMatch(random));
            world.rule(route, std::move(matches));
        }
    }
}

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

std::string plainHost(const std::string& authority)
{
    std::string name = authority.substr(0, authority.find(':'));
    for (char& c : name)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
}

/// Non-wildcard characters, then characters: the first two steps of precedence. Nothing when it does not cover the
/// host.
using HostScore = std::pair<int, int>;
std::optional<HostScore> score(const std::optional<Hostname>& hostname, const std::string& name)
{
    if (!hostname)
        return HostScore{0, 0};
    const std::string& text = hostname->text();
    const auto length = static_cast<int>(text.size());
    if (text[0] != '*')
        return text == name ? std::optional(HostScore{length, length}) : std::nullopt;
    const std::string rest = text.substr(1);
    const bool covers = name.size() > rest.size() && name.compare(name.size() - rest.size(), rest.size(), rest) == 0;
    return covers ? std::optional(HostScore{0, length}) : std::nullopt;
}

bool pathMatches(const HTTPPathMatch& wanted, const std::string& path)
{
    if (wanted.type == PathMatchType::Exact)
        return wanted.value == path;
    if (wanted.type == PathMatchType::RegularExpression) // always "<path>.*" here
        return path.rfind(wanted.value.substr(0, wanted.value.size() - 2), 0) == 0;
    std::string value = wanted.value;
    if (value.back() == '/')
        value.pop_back();
    return path == value || path.rfind(value + '/', 0) == 0;
}

bool valuesMatch(const HTTPRouteMatch& match, const Request& request)
{
    if (!match.method.empty() && match.method != request.method)
        return false;
    for (const ValueMatch& wanted : match.headers) {
        bool found = false;
        for (const auto& [name, value] : request.headers)
            found = found || (plainHost(name) == plainHost(wanted.name) && value == wanted.value);
        if (!found)
            return false;
    }
    for (const ValueMatch& wanted : match.queryParams)
        if (('&' + request.query + '&').find('&' + wanted.name + '=' + wanted.value + '&') == std::string::npos)
            return false;
    return true;
}

std::string serveByText(const Graph& graph, const Request& request)
{
    const std::string name = plainHost(request.host);
    std::optional<ListenerIndex> owner;
    HostScore ownerScore{-1, -1};
    for (std::uint32_t l = 0; l < graph.listeners.size(); ++l)
        if (const auto own = score(graph.listeners[l].resource->hostname, name); own && *own > ownerScore) {
            ownerScore = *own;
            owner = ListenerIndex{l};
        }
    if (!owner)
        return "404";

    struct Best {
        std::tuple<HostScore, int, int, bool, std::size_t, std::size_t> key;
        const HTTPRoute* route;
        std::size_t rule;
    };
    std::optional<Best> best;
    for (const RouteNode& node : graph.routes) {
        const auto& route = static_cast<const HTTPRoute&>(*node.resource);
        for (const ParentNode& parent : node.parents)
            for (const Attachment& attachment : parent.attachments) {
                if (!parent.accepted || attachment.listener != *owner)
                    continue;
                std::vector<std::optional<Hostname>> names(attachment.hostnames.begin(), attachment.hostnames.end());
                if (names.empty())
                    names.push_back(std::nullopt);
                for (const auto& hostname : names)
                    for (std::size_t r = 0; r < route.rules.size(); ++r)
                        for (const HTTPRouteMatch& m : route.rules[r].matches) {
                            const auto hostScore = score(hostname, name);
                            if (!hostScore || !pathMatches(m.path, request.path) || !valuesMatch(m, request))
                                continue;
                            const bool isPrefix = m.path.type == PathMatchType::PathPrefix;
                            const int kind = m.path.type == PathMatchType::Exact ? 2 : isPrefix ? 0 : 1;
                            const Best candidate{{*hostScore, kind,
                                                  isPrefix ? static_cast<int>(m.path.value.size()) : 0,
                                                  !m.method.empty(), m.headers.size(), m.queryParams.size()},
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

void TstMatchProperty::agreesWithTheText()
{
    Random random;
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
