#pragma once

#include "world.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <random>
#include <tuple>

/// Random route sets, and a matcher written from the text of HTTPRouteRule.matches alone: every rule is looked at, and
/// the best is taken. Nothing of the tables is used.
namespace gatehouse::test {

inline const std::vector<std::string> hostnames = {"a.test", "b.a.test", "c.b.a.test",
                                                   "*.test", "*.a.test", "*.b.a.test"};
inline const std::vector<std::string> paths = {"/", "/a", "/a/", "/a/b", "/a/b/", "/a/bc", "/b", "/a/b/c/d", "/ab"};

struct Random {
    explicit Random(unsigned seed) : engine(seed) {}
    std::mt19937 engine;
    std::size_t below(std::size_t n) { return engine() % n; }
    bool oneIn(std::size_t n) { return below(n) == 0; }
    template <class T>
    const T& of(const std::vector<T>& list)
    {
        return list[below(list.size())];
    }
};

/// What matches may ask for besides host, path and method.
struct Alphabet {
    std::vector<const char*> headers = {"h1", "H2"}, params = {"q1", "q2"};
    bool expressions = true;
};

inline HTTPRouteMatch randomMatch(Random& random, const Alphabet& alphabet)
{
    MatchSpec spec;
    spec.path = random.of(paths);
    spec.type = random.oneIn(3) ? PathMatchType::Exact : PathMatchType::PathPrefix;
    if (random.oneIn(10) && alphabet.expressions) {
        spec.type = PathMatchType::RegularExpression;
        spec.path += ".*";
    }
    if (random.oneIn(4))
        spec.method = random.oneIn(2) ? "GET" : "PUT";
    for (const char* name : alphabet.headers)
        if (random.oneIn(4))
            spec.headers.emplace_back(name, random.oneIn(2) ? "1" : "2");
    for (const char* name : alphabet.params)
        if (random.oneIn(4))
            spec.query.emplace_back(name, random.oneIn(2) ? "1" : "2");
    return match(spec);
}

inline std::vector<std::string> randomHostnames(Random& random)
{
    std::vector<std::string> names;
    for (std::size_t n = random.below(3); n > 0; --n)
        if (const std::string& name = random.of(hostnames); std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    return names;
}

inline std::vector<HTTPRouteMatch> randomMatches(Random& random, const Alphabet& alphabet)
{
    std::vector<HTTPRouteMatch> matches;
    for (std::size_t m = 1 + random.below(3); m > 0; --m)
        matches.push_back(randomMatch(random, alphabet));
    return matches;
}

/// One Gateway a/gw with up to three listeners on port 80; the routes, to be changed further.
inline std::vector<HTTPRoute*> fill(World& world, Random& random, const Alphabet& alphabet = {})
{
    Gateway& gateway = world.gateway("a/gw");
    World::listener(gateway, "all");
    if (random.oneIn(2))
        World::listener(gateway, "wild", 80, "*.a.test");
    if (random.oneIn(3))
        World::listener(gateway, "exact", 80, "b.a.test");
    for (const char* name : {"a/one", "b/one", "a/two", "b/two"})
        world.service(name);
    std::vector<HTTPRoute*> made;
    const std::size_t routes = 1 + random.below(7);
    for (std::size_t i = 0; i < routes; ++i) {
        const std::vector<std::string> names = randomHostnames(random);
        HTTPRoute& route = world.route((random.oneIn(2) ? "a/r" : "b/r") + std::to_string(9 - i), "a/gw", names);
        if (random.oneIn(2))
            route.meta.creationTimestamp = Timestamp(std::chrono::seconds(random.below(3)));
        const std::size_t rules = 1 + random.below(3);
        for (std::size_t r = 0; r < rules; ++r)
            world.rule(route, randomMatches(random, alphabet), {backend(random.oneIn(2) ? "one" : "two")});
        made.push_back(&route);
    }
    return made;
}

inline std::string plainHost(const std::string& authority)
{
    std::string name = authority.substr(0, authority.find(':'));
    for (char& c : name)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
}

/// Non-wildcard characters, then characters: the first two steps of precedence. Nothing when it does not cover the
/// host.
using HostScore = std::pair<int, int>;
inline std::optional<HostScore> score(const std::optional<Hostname>& hostname, const std::string& name)
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

inline bool pathMatches(const HTTPPathMatch& wanted, const std::string& path)
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

inline bool valuesMatch(const HTTPRouteMatch& match, const Request& request)
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

/// "namespace/name[rule]" of whoever serves a request, or "404".
inline std::string serveByText(const Graph& graph, const Request& request)
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

} // namespace gatehouse::test
