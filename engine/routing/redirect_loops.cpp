// Follows redirects as a client would, from a request that each match of a redirecting rule takes, until an answer is
// no redirect, another host or Gateway is to be asked, or an address comes back.

#include "engine/routing/redirect_loops.h"

#include "engine/routing/match.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

namespace gatehouse::routing {
namespace {

/// Browsers and curl give up after 20 to 50; a chain of so many inside one Gateway that touches its first rule again
/// only grows its path.
constexpr std::size_t mostRedirects = 20;

/// Stands for any label below a wildcard, and for any host where none is named.
constexpr std::string_view anyLabel = "any";
constexpr std::string_view anyHost = "any.example";

struct Address {
    const PortTable* port = nullptr; ///< where the client connects
    std::string scheme, host, path;
    std::uint16_t specPort = 0;

    [[nodiscard]] bool same(const Address& other) const
    {
        return std::tie(port, scheme, host, path) == std::tie(other.port, other.scheme, other.host, other.path);
    }
};

std::uint16_t wellKnownPort(std::string_view scheme)
{
    return scheme == "https" ? 443 : 80;
}

std::string toString(const Address& address)
{
    const bool usual = address.specPort == wellKnownPort(address.scheme);
    return address.scheme + "://" + address.host + (usual ? "" : ':' + std::to_string(address.specPort)) + address.path;
}

/// One place on the way: an address and the rule that redirects from it.
struct Stop {
    Address address;
    const CompiledRule* rule = nullptr;
};

class Follower {
public:
    explicit Follower(const Snapshot& snapshot) : snapshot_(snapshot)
    {
        for (const PortTable& port : snapshot.ports)
            for (const ListenerTable& listener : port.listeners) {
                const bool secure = listener.protocol == model::Protocol::HTTPS;
                if (!secure && listener.protocol != model::Protocol::HTTP)
                    continue;
                ports_.try_emplace({listener.gatewayName, listener.specPort, secure}, &port);
                homes_.try_emplace(listener.listener, &port, &listener);
            }
    }

    struct Home {
        Home(const PortTable* portTable, const ListenerTable* listenerTable) : port(portTable), listener(listenerTable)
        {
        }
        const PortTable* port;
        const ListenerTable* listener;
    };
    /// Where a listener is served; null when it is not.
    [[nodiscard]] const Home* homeOf(model::ListenerIndex listener) const
    {
        const auto it = homes_.find(listener);
        return it == homes_.end() ? nullptr : &it->second;
    }

    /// The way from `start` until it leaves, ends or comes back. The last stop is the one that was seen before, when
    /// it came back.
    std::vector<Stop> follow(Address start, const std::string& gateway)
    {
        std::vector<Stop> way;
        for (std::optional<Address> next = std::move(start); next && way.size() <= mostRedirects;) {
            Stop stop{std::move(*next), nullptr};
            const bool sameHost = way.empty() || way.back().address.host == stop.address.host;
            next = redirectFrom(stop, gateway, sameHost);
            if (!stop.rule)
                break;
            const bool seen =
                std::any_of(way.begin(), way.end(), [&](const Stop& s) { return s.address.same(stop.address); });
            way.push_back(std::move(stop));
            if (seen)
                break;
        }
        return way;
    }

private:
    /// Fills in the rule when it redirects; nullopt when the chain leaves this Gateway. A host that the chain came to
    /// is this Gateway's only where a hostname says so: a route for every host says nothing of where a name leads.
    std::optional<Address> redirectFrom(Stop& stop, const std::string& gateway, bool sameHost)
    {
        arena_.clear();
        RequestHead head;
        head.method = "GET";
        head.scheme = stop.address.scheme;
        head.authority = stop.address.host;
        head.path = stop.address.path;
        const PortTable& port = *stop.address.port;
        const RouteDecision decision = match(snapshot_, port, head);
        // Whose handshake it is decides first: a TLSRoute may own the name.
        if (!decision.rule || (head.scheme == "https" && port.findServerName(stop.address.host) != decision.listener))
            return std::nullopt;
        if (!sameHost && !isForNames(decision))
            return std::nullopt;
        const auto response = directResponse(decision, head, arena_);
        if (!response || response->location.empty())
            return std::nullopt;
        stop.rule = decision.rule;
        return parse(response->location, gateway);
    }

    [[nodiscard]] bool isForNames(const RouteDecision& decision) const
    {
        for (const model::ParentNode& parent : (*snapshot_.graph)[decision.rule->origin.route].parents)
            for (const model::Attachment& attachment : parent.attachments)
                if (attachment.listener == decision.listener->listener)
                    return !attachment.hostnames.empty();
        return false;
    }

    std::optional<Address> parse(std::string_view location, const std::string& gateway) const
    {
        const std::size_t colon = location.find("://");
        if (colon == std::string_view::npos)
            return std::nullopt;
        Address address;
        address.scheme = location.substr(0, colon);
        location.remove_prefix(colon + 3);
        const std::size_t slash = std::min(location.find('/'), location.size());
        std::string_view authority = location.substr(0, slash);
        address.path = slash == location.size() ? "/" : location.substr(slash);
        address.specPort = wellKnownPort(address.scheme);
        if (const std::size_t mark = authority.rfind(':'); mark != std::string_view::npos) {
            const std::string_view digits = authority.substr(mark + 1);
            std::from_chars(digits.data(), digits.data() + digits.size(), address.specPort);
            authority = authority.substr(0, mark);
        }
        address.host = authority;
        const auto it = ports_.find({gateway, address.specPort, address.scheme == "https"});
        if (it == ports_.end())
            return std::nullopt;
        address.port = it->second;
        return address;
    }

    const Snapshot& snapshot_;
    TextArena arena_;
    std::map<std::tuple<std::string, std::uint16_t, bool>, const PortTable*> ports_; ///< gateway, port, HTTPS
    std::map<model::ListenerIndex, Home> homes_;
};

/// Paths that a match takes: the path itself, and for a prefix one below it. None for what cannot be followed.
std::vector<std::string> pathsOf(const model::HTTPRouteMatch& match)
{
    const bool asked = match.method.empty() || match.method == "GET" || match.method == "HEAD";
    if (!asked || !match.headers.empty() || !match.queryParams.empty() ||
        match.path.type == model::PathMatchType::RegularExpression)
        return {};
    const std::string& path = match.path.value;
    if (match.path.type == model::PathMatchType::Exact)
        return {path};
    return {path, path + (path.ends_with('/') ? "x" : "/x")};
}

/// Hosts of an attachment, one of each hostname.
std::vector<std::string> hostsOf(const std::vector<model::Hostname>& hostnames)
{
    std::vector<std::string> hosts;
    for (const model::Hostname& hostname : hostnames)
        hosts.push_back((hostname.isWildcard() ? std::string(anyLabel) : "") + std::string(hostname.suffix()));
    if (hosts.empty())
        hosts.emplace_back(anyHost);
    return hosts;
}

/// One rule that redirects.
struct RedirectRule {
    model::RouteIndex route;
    std::size_t rule;
    std::size_t filter;
};

class LoopFinder {
public:
    explicit LoopFinder(const Snapshot& snapshot) : graph_(*snapshot.graph), follower_(snapshot) {}

    std::vector<model::Diagnostic> find()
    {
        for (std::size_t r = 0; r < graph_.routes.size(); ++r) {
            const model::RouteNode& node = graph_.routes[r];
            for (std::size_t i = 0; i < node.rules.size(); ++i) {
                const auto& filters = node.resource->filters(i);
                const auto redirect = std::find_if(filters.begin(), filters.end(), [](const auto& filter) {
                    return std::holds_alternative<model::RequestRedirect>(filter);
                });
                if (redirect != filters.end() && node.resource->kind == model::RouteKind::HTTPRoute)
                    judge({model::RouteIndex{static_cast<std::uint32_t>(r)}, i,
                           static_cast<std::size_t>(redirect - filters.begin())});
            }
        }
        return std::move(found_);
    }

private:
    /// The first loop of a rule is enough.
    void judge(const RedirectRule& at)
    {
        const model::RouteNode& node = graph_[at.route];
        const auto& rule = static_cast<const model::HTTPRoute&>(*node.resource).rules[at.rule];
        for (const model::ParentNode& parent : node.parents)
            for (const model::Attachment& attachment : parent.attachments)
                for (const std::string& host : hostsOf(attachment.hostnames))
                    for (const model::HTTPRouteMatch& match : rule.matches)
                        for (const std::string& path : pathsOf(match))
                            if (goesRound(at, attachment.listener, host, path))
                                return;
    }

    bool goesRound(const RedirectRule& at, model::ListenerIndex listener, const std::string& host,
                   const std::string& path)
    {
        const Follower::Home* home = follower_.homeOf(listener);
        if (!home)
            return false;
        const bool secure = home->listener->protocol == model::Protocol::HTTPS;
        const std::vector<Stop> way = follower_.follow(
            {home->port, secure ? "https" : "http", host, path, home->listener->specPort}, home->listener->gatewayName);
        const auto isOurs = [&](const Stop& stop) {
            return stop.rule->origin.route == at.route && stop.rule->origin.rule == at.rule;
        };
        // Another rule may take the request first: then it is not this one's loop.
        if (way.size() < 2 || !isOurs(way.front()))
            return false;
        const auto first = std::find_if(way.begin(), way.end() - 1,
                                        [&](const Stop& stop) { return stop.address.same(way.back().address); });
        const bool closed = first != way.end() - 1;
        if (closed ? std::none_of(first, way.end() - 1, isOurs)
                   : way.size() <= mostRedirects || std::none_of(way.begin() + 1, way.end(), isOurs))
            return false;
        report(at, way, closed);
        return true;
    }

    void report(const RedirectRule& at, const std::vector<Stop>& way, bool closed)
    {
        const model::Route& route = *graph_[at.route].resource;
        const auto& redirect = std::get<model::RequestRedirect>(route.filters(at.rule)[at.filter]);
        constexpr std::size_t shownAtMost = 4;
        std::string text;
        for (std::size_t i = 0; i < std::min(way.size(), shownAtMost); ++i)
            text += (i == 0 ? "" : " -> ") + toString(way[i].address);
        if (way.size() > shownAtMost)
            text += closed ? " -> ... -> " + toString(way.back().address) : " -> ...";
        model::Diagnostic problem;
        problem.severity = model::Severity::Warning;
        problem.code = redirectLoopCode;
        problem.message = "the redirect never ends: " + text;
        const bool toItself = way.size() == 2;
        problem.remedy = toItself && redirect.scheme
                             ? "attach the route to the listener of the other scheme alone, with sectionName in "
                               "spec.parentRefs"
                             : "redirect to an address that the rule does not match";
        problem.location = redirect.position.known() ? route.at(redirect.position) : route.source;
        problem.fieldPath =
            "spec.rules[" + std::to_string(at.rule) + "].filters[" + std::to_string(at.filter) + "].requestRedirect";
        problem.object = route.key;
        found_.push_back(std::move(problem));
    }

    const model::Graph& graph_;
    Follower follower_;
    std::vector<model::Diagnostic> found_;
};

} // namespace

std::vector<model::Diagnostic> findRedirectLoops(const Snapshot& snapshot)
{
    return LoopFinder(snapshot).find();
}

} // namespace gatehouse::routing
