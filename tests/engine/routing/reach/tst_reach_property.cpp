#include <QtTest/QTest>

#include "../random_routes.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include "engine/routing/match_with.h"
#include "engine/routing/reach/behaviour_diff.h"
#include "engine/routing/reach/reachability.h"

#include <map>
#include <set>

using namespace gatehouse;
using namespace gatehouse::test;

/// Random route sets: what is said of all requests, against every request of a small alphabet that has one of each kind
/// which the sets can tell apart.
class TstReachProperty : public QObject {
    Q_OBJECT
private slots:
    void unreachableIsWhatNobodyReaches();
    void differencesAreThoseOfAllRequests_data();
    void differencesAreThoseOfAllRequests();
};

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int sets = 500;
#else
constexpr int sets = 10'000;
#endif

/// Each hostname that the sets know, and one host more below every wildcard and outside of all.
const std::vector<std::string> allHosts = {"a.test",   "b.a.test",   "c.b.a.test", "x.test",
                                           "x.a.test", "x.b.a.test", "x.org"};
/// Each path that the sets know, and one more below every one.
const std::vector<std::string> allPaths = {"/",     "/x",     "/a",     "/a/",      "/a/x",      "/a/b",
                                           "/a/b/", "/a/b/x", "/a/bc",  "/a/bc/x",  "/b",        "/b/x",
                                           "/ab",   "/ab/x",  "/a/b/c", "/a/b/c/d", "/a/b/c/d/x"};

/// Every request of an alphabet with one header and one more header or query parameter.
struct AllRequests {
    explicit AllRequests(bool twoHeaders)
    {
        for (const std::string& host : allHosts)
            for (const std::string& path : allPaths)
                for (const char* method : {"GET", "PUT", "POST"})
                    for (const char* one : {"", "1", "2"})
                        for (const char* two : {"", "1", "2"}) {
                            Request request{host, path, method, {}, {}};
                            if (*one)
                                request.headers.emplace_back("h1", one);
                            if (*two && twoHeaders)
                                request.headers.emplace_back("h2", two);
                            else if (*two)
                                request.query = std::string("q1=") + two;
                            requests.push_back(std::move(request));
                        }
        for (const Request& request : requests)
            heads.push_back(headOf(request));
    }
    std::vector<Request> requests;
    std::vector<routing::RequestHead> heads; ///< of `requests`
};

constexpr std::size_t requestsOfPath = 27; ///< of one host and path, in a row

/// Where the requests of a host and a path begin, without those that no hostname and no path of the sets tells from
/// others.
std::vector<std::size_t> distinctRequests(const std::vector<const Graph*>& graphs)
{
    std::set<std::vector<bool>> knownHosts, knownPaths;
    std::vector<std::size_t> hostPlaces, pathPlaces, places;
    const auto isNew = [&](std::set<std::vector<bool>>& known, const auto& answer) {
        std::vector<bool> answers;
        for (const Graph* graph : graphs) {
            for (const ListenerNode& listener : graph->listeners)
                answers.push_back(answer(listener.resource->hostname, nullptr));
            for (const RouteNode& node : graph->routes) {
                for (const Hostname& hostname : node.resource->hostnames)
                    answers.push_back(answer(hostname, nullptr));
                for (const HTTPRouteRule& rule : static_cast<const HTTPRoute&>(*node.resource).rules)
                    for (const HTTPRouteMatch& match : rule.matches)
                        answers.push_back(answer(std::nullopt, &match.path));
            }
        }
        return known.insert(std::move(answers)).second;
    };
    for (std::size_t h = 0; h < allHosts.size(); ++h)
        if (isNew(knownHosts, [&](const std::optional<Hostname>& hostname, const HTTPPathMatch*) {
                return score(hostname, allHosts[h]).has_value();
            }))
            hostPlaces.push_back(h);
    for (std::size_t p = 0; p < allPaths.size(); ++p)
        if (isNew(knownPaths, [&](const std::optional<Hostname>&, const HTTPPathMatch* path) {
                return path && pathMatches(*path, allPaths[p]);
            }))
            pathPlaces.push_back(p);
    for (const std::size_t h : hostPlaces)
        for (const std::size_t p : pathPlaces)
            places.push_back((h * allPaths.size() + p) * requestsOfPath);
    return places;
}

const AllRequests& allRequests(bool twoHeaders)
{
    static const AllRequests both[] = {AllRequests(false), AllRequests(true)};
    return both[twoHeaders];
}

Alphabet alphabetOf(bool twoHeaders, bool expressions)
{
    Alphabet alphabet;
    alphabet.headers = {"h1"};
    alphabet.params.clear();
    if (twoHeaders)
        alphabet.headers.push_back("H2");
    else
        alphabet.params.push_back("q1");
    alphabet.expressions = expressions;
    return alphabet;
}

using MatchName = std::tuple<std::string, std::uint32_t, std::uint32_t>; ///< route, rule, match

routing::RouteDecision decide(const routing::Snapshot& snapshot, const routing::RequestHead& head)
{
    return routing::match(snapshot, *snapshot.find({"127.0.0.1", 80}), head);
}

std::string describe(const MatchName& name)
{
    return std::get<0>(name) + '[' + std::to_string(std::get<1>(name)) + "][" + std::to_string(std::get<2>(name)) + ']';
}

/// One of the edits that people make.
void edit(World& world, std::vector<HTTPRoute*>& routes, Random& random, const Alphabet& alphabet)
{
    HTTPRoute& route = *random.of(routes);
    HTTPRouteRule& rule = route.rules[random.below(route.rules.size())];
    switch (random.below(9)) {
    case 0:
        rule.matches.push_back(randomMatch(random, alphabet));
        break;
    case 1:
        rule.matches[random.below(rule.matches.size())] = randomMatch(random, alphabet);
        break;
    case 2:
        rule.backendRefs = {backend(rule.backendRefs[0].ref.name == "one" ? "two" : "one")};
        break;
    case 3:
        std::swap(rule, route.rules.front());
        break;
    case 4:
        world.rule(route, randomMatches(random, alphabet), {backend("two")});
        break;
    case 5:
        route.meta.creationTimestamp = Timestamp(std::chrono::seconds(random.below(3)));
        break;
    case 6:
        route.hostnames.clear();
        for (const std::string& name : randomHostnames(random))
            route.hostnames.push_back(host(name));
        break;
    case 7:
        world.rule(world.route("a/new", "a/gw", randomHostnames(random)), randomMatches(random, alphabet),
                   {backend("one")});
        break;
    default: {
        Gateway& gateway = const_cast<Gateway&>(*world.set().gateways.begin()->second); // made by fill()
        if (gateway.listeners.size() > 1)
            gateway.listeners.pop_back();
        else
            World::listener(gateway, "new", 80, random.oneIn(2) ? "*.b.a.test" : "a.test");
        break;
    }
    }
}

} // namespace

void TstReachProperty::unreachableIsWhatNobodyReaches()
{
    std::size_t lost = 0, undecided = 0;
    for (int set = 0; set < sets; ++set) {
        const bool expressions = set % 4 == 0;
        const AllRequests& all = allRequests(set % 2 == 0);
        Random random(static_cast<unsigned>(set));
        World world;
        fill(world, random, alphabetOf(set % 2 == 0, expressions));
        const auto snapshot = world.compile();

        std::set<MatchName> never, reached;
        for (const routing::PortTable& port : snapshot->ports)
            for (const routing::ListenerTable& listener : port.listeners)
                for (const auto& table : listener.hosts->shards)
                    for (const routing::Candidate& candidate : table->candidates) {
                        const routing::RuleOrigin& origin = snapshot->rules[candidate.rule.value].origin;
                        never.emplace(origin.routeName, origin.rule, candidate.match);
                    }
        std::set<const routing::Candidate*> winners;
        for (const std::size_t place : distinctRequests({snapshot->graph.get()}))
            for (std::size_t i = place; i < place + requestsOfPath; ++i)
                if (const routing::RouteDecision decision = decide(*snapshot, all.heads[i]);
                    decision.rule && winners.insert(decision.candidate).second)
                    reached.emplace(decision.rule->origin.routeName, decision.rule->origin.rule,
                                    decision.candidate->match);
        for (const MatchName& name : reached)
            never.erase(name);
        // And the matcher against the text, for a few of them.
        for (int i = 0; i < 5; ++i) {
            const Request& request = all.requests[random.below(all.requests.size())];
            QCOMPARE(serve(*snapshot, request), serveByText(*snapshot->graph, request));
        }

        const routing::Reachability said = routing::reachability(*snapshot);
        std::set<MatchName> open;
        for (const routing::RuleOrigin& origin : said.undecidedRules)
            open.emplace(origin.routeName, origin.rule, 0);
        undecided += open.size();
        std::set<MatchName> saidNever;
        for (const routing::Unreachable& loss : said.unreachable) {
            saidNever.emplace(loss.origin.routeName, loss.origin.rule, loss.match);
            QVERIFY(!loss.reason.empty());
        }
        lost += saidNever.size();
        for (const MatchName& name : saidNever)
            if (!never.contains(name))
                QFAIL(qPrintable(QString("set %1: %2 is reached").arg(set).arg(describe(name).c_str())));
        for (const MatchName& name : never)
            if (!saidNever.contains(name) && !open.contains({std::get<0>(name), std::get<1>(name), 0}))
                QFAIL(qPrintable(QString("set %1: %2 is never reached").arg(set).arg(describe(name).c_str())));
        if (!expressions)
            QVERIFY(said.undecidedRules.empty());
    }
    QVERIFY(lost > sets / 2); // dense enough to say something
    QVERIFY2(undecided < lost / 10, qPrintable(QString::number(undecided)));
}

void TstReachProperty::differencesAreThoseOfAllRequests_data()
{
    QTest::addColumn<bool>("expressions");
    QTest::newRow("exact") << false;
    QTest::newRow("with expressions") << true;
}

void TstReachProperty::differencesAreThoseOfAllRequests()
{
    QFETCH(bool, expressions);
    using Change = std::tuple<std::string, std::string>; ///< "route[rule]" or "404" on either side
    std::size_t changed = 0, undecided = 0;
    const int count = expressions ? sets / 4 : sets;
    for (int set = 0; set < count; ++set) {
        const bool twoHeaders = set % 2 == 0;
        const AllRequests& all = allRequests(twoHeaders);
        const Alphabet alphabet = alphabetOf(twoHeaders, expressions);
        World before, after;
        Random first(static_cast<unsigned>(set)), second(static_cast<unsigned>(set));
        fill(before, first, alphabet);
        std::vector<HTTPRoute*> routes = fill(after, second, alphabet);
        for (std::size_t edits = 1 + second.below(3); edits > 0; --edits)
            edit(after, routes, second, alphabet);
        const auto old = before.compile(), now = after.compile();

        const auto name = [](const routing::Snapshot& snapshot, const routing::RouteDecision& decision) {
            if (!decision.rule)
                return std::string("404");
            const routing::RuleOrigin& origin = decision.rule->origin;
            return toString((*snapshot.graph)[origin.route].resource->key.name) + '[' + std::to_string(origin.rule) +
                   ']';
        };
        const auto target = [](const routing::Snapshot& snapshot, const routing::RouteDecision& decision) {
            return decision.rule ? snapshot.clusters[decision.rule->backends[0].cluster.value].name : std::string();
        };
        std::map<Change, std::size_t> expected;
        std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
        for (const std::size_t place : distinctRequests({old->graph.get(), now->graph.get()}))
            for (std::size_t i = place; i < place + requestsOfPath; ++i) {
                const auto a = decide(*old, all.heads[i]), b = decide(*now, all.heads[i]);
                if (seen.emplace(a.ruleIndex.value, b.ruleIndex.value).second && target(*old, a) != target(*now, b))
                    expected.emplace(Change{name(*old, a), name(*now, b)}, i);
            }

        const routing::BehaviourDiff diff = routing::compareBehaviour(*old, *now);
        undecided += diff.undecided.empty() ? 0 : 1;
        std::set<Change> said;
        for (const routing::BehaviourChange& change : diff.changes) {
            QVERIFY(change.isDestination());
            Request witness{change.witness.authority, change.witness.path, change.witness.method,
                            change.witness.headers, change.witness.query};
            const std::string a = serve(*old, witness), b = serve(*now, witness);
            said.emplace(a, b);
            QVERIFY2(a != b || change.before.outcome != change.after.outcome, a.c_str());
            const auto written = [](const routing::RoutedTo& to) {
                return to.routeName.empty()
                           ? "404"
                           : to.routeName.substr(to.routeName.find('/') + 1) + '[' + std::to_string(to.rule) + ']';
            };
            QCOMPARE(written(change.before), a);
            QCOMPARE(written(change.after), b);
        }
        changed += said.size();
        if (!expressions)
            QVERIFY(diff.undecided.empty());
        for (const auto& [change, i] : expected)
            if (!said.contains(change) && diff.undecided.empty()) {
                const Request& request = all.requests[i];
                QFAIL(qPrintable(QString("set %1: %2 %3%4?%5 goes from %6 to %7")
                                     .arg(set)
                                     .arg(request.method.c_str(), request.host.c_str(), request.path.c_str(),
                                          request.query.c_str(), std::get<0>(change).c_str(),
                                          std::get<1>(change).c_str())));
            }
        for (const Change& change : said)
            if (!expected.contains(change) && !expressions)
                QFAIL(qPrintable(QString("set %1: nothing goes from %2 to %3")
                                     .arg(set)
                                     .arg(std::get<0>(change).c_str(), std::get<1>(change).c_str())));
    }
    QVERIFY(changed > static_cast<std::size_t>(count)); // dense enough to say something
    QVERIFY2(undecided <= static_cast<std::size_t>(count) / 2, qPrintable(QString::number(undecided))); // sets
}

QTEST_APPLESS_MAIN(TstReachProperty)
#include "tst_reach_property.moc"
