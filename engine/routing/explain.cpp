#include "engine/routing/explain.h"

#include "engine/routing/explain_edits.h"
#include "engine/routing/explain_parts.h"
#include "engine/routing/explain_reasons.h"
#include "engine/routing/grpc.h"
#include "engine/routing/ip_literal.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace gatehouse::routing {

RequestHead headOf(const ExplainRequest& request)
{
    RequestHead head;
    head.method = request.method;
    head.scheme = request.scheme;
    head.authority = request.authority;
    head.path = request.path;
    head.query = request.query;
    head.hasQuery = !request.query.empty();
    for (const auto& [name, value] : request.headers) {
        if (equalsIgnoreCase(name, "host"))
            head.authority = value; // as curl -H 'Host: ...' does
        else
            head.headers.add(name, value);
    }
    return head;
}

namespace {

/// Keeps what the matcher said of every candidate that it asked.
struct RecordingObserver {
    static constexpr bool wantsAll = true;
    std::map<const Candidate*, Mismatch> asked; ///< Kind::None: it matches

    void listener(const ListenerTable&) noexcept {}
    void rejected(const Candidate& candidate, Mismatch mismatch) { asked.emplace(&candidate, mismatch); }
    void matched(const Candidate& candidate) { asked.emplace(&candidate, Mismatch{}); }
};

std::uint16_t urlPort(const ExplainRequest& request)
{
    const std::string_view authority = request.authority;
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
        std::uint16_t port = 0;
        const std::string_view digits = authority.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error == std::errc() && end == digits.data() + digits.size())
            return port;
    }
    return request.scheme == "https" ? 443 : 80;
}

class Explainer {
public:
    Explainer(const Snapshot& snapshot, const ExplainRequest& request)
        : snapshot_(snapshot), graph_(*snapshot.graph), request_(request), head_(headOf(request))
    {
    }

    Explanation run()
    {
        choosePort();
        explainRefusedPlans();
        if (!port_) {
            result_.summary = "nothing listens for " + wantedEndpoint();
            explainOtherScheme();
            explainOutsiders();
            return std::move(result_);
        }
        result_.endpoint = port_->key;
        if (port_->carrier == Carrier::Tls && !explainConnection())
            return std::move(result_);
        explainListeners();
        if (decision_.listener) {
            result_.gatewayName = decision_.listener->gatewayName;
            result_.listenerName = decision_.listener->listenerName;
            if (request_.withLosers)
                explainLosers();
        }
        if (request_.withLosers)
            explainOutsiders();
        if (decision_.rule)
            explainRule();
        explainAnswer();
        return std::move(result_);
    }

private:
    [[nodiscard]] std::string wantedEndpoint() const
    {
        std::string text = request_.endpoint ? toText(*request_.endpoint) : "port " + std::to_string(urlPort(request_));
        if (!request_.gateway.empty())
            text += " of Gateway " + request_.gateway;
        return text;
    }

    [[nodiscard]] bool isSecure() const { return request_.scheme == "https"; }
    [[nodiscard]] model::Protocol wantedProtocol() const
    {
        return isSecure() ? model::Protocol::HTTPS : model::Protocol::HTTP;
    }

    [[nodiscard]] bool isWanted(const PortTable& port, std::uint16_t wanted, bool bySpec) const
    {
        return std::any_of(port.listeners.begin(), port.listeners.end(), [&](const ListenerTable& listener) {
            return listener.protocol == wantedProtocol() &&
                   (request_.gateway.empty() || listener.gatewayName == request_.gateway) &&
                   (bySpec ? listener.specPort : port.key.port) == wanted;
        });
    }

    /// The sockets that the client could mean. A URL may name the port of the manifest or, when that one moved, the
    /// local one; a host that is one of our addresses names its socket.
    [[nodiscard]] std::vector<const PortTable*> candidatePorts() const
    {
        if (request_.endpoint) {
            const PortTable* port = snapshot_.find(*request_.endpoint);
            if (port && port->carrier != (isSecure() ? Carrier::Tls : Carrier::Http))
                port = nullptr;
            return port ? std::vector{port} : std::vector<const PortTable*>{};
        }
        std::string_view address = hostOf(request_.authority);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        const std::uint16_t wanted = urlPort(request_);
        std::vector<const PortTable*> named, bySpec, byLocal;
        for (const PortTable& port : snapshot_.ports) {
            const bool spec = isWanted(port, wanted, true), local = isWanted(port, wanted, false);
            if ((spec || local) && port.key.address == address)
                named.push_back(&port);
            if (spec)
                bySpec.push_back(&port);
            else if (local)
                byLocal.push_back(&port);
        }
        if (!named.empty())
            return named;
        bySpec.insert(bySpec.end(), byLocal.begin(), byLocal.end());
        return bySpec;
    }

    /// Among several sockets the first that serves the request, else the first with a listener for its host.
    void choosePort()
    {
        const auto worth = [](const RouteDecision& decision) { return decision.rule ? 2 : decision.listener ? 1 : 0; };
        std::vector<const PortTable*> ports = candidatePorts();
        for (const PortTable* port : ports) {
            RecordingObserver observer;
            const RouteDecision decision = matchWith(snapshot_, *port, head_, observer);
            if (!port_ || worth(decision) > worth(decision_)) {
                port_ = port;
                decision_ = decision;
                observer_ = std::move(observer);
            }
        }
        std::set<std::string> own;
        for (std::size_t i = 0; port_ && i < port_->listeners.size(); ++i)
            own.insert(port_->listeners[i].gatewayName);
        for (const PortTable* port : ports)
            for (const ListenerTable& listener : port->listeners)
                if (port != port_ && !own.contains(listener.gatewayName))
                    result_.listeners.push_back({listener.gatewayName, listener.listenerName,
                                                 "listens on " + toText(port->key) + ", not on " + toText(port_->key)});
    }

    /// Listeners of the port that speak the other one of http and https.
    void explainOtherScheme()
    {
        const std::uint16_t wanted = request_.endpoint ? request_.endpoint->port : urlPort(request_);
        for (const PortTable& port : snapshot_.ports)
            for (const ListenerTable& listener : port.listeners)
                if ((port.key.port == wanted || listener.specPort == wanted) && listener.protocol != wantedProtocol() &&
                    (request_.gateway.empty() || listener.gatewayName == request_.gateway))
                    result_.listeners.push_back(
                        {listener.gatewayName, listener.listenerName, speaks(listener.protocol)});
    }

    [[nodiscard]] std::string serverName() const
    {
        if (request_.serverName)
            return *request_.serverName;
        const std::string_view host = hostOf(request_.authority);
        return host.starts_with('[') || isIpLiteral(host) ? std::string() : std::string(host);
    }

    /// The TLS connection that the request comes over belongs to a listener, too (semantics 12.3). False: that settles
    /// it.
    bool explainConnection()
    {
        const std::string name = serverName();
        const LowerHost lowerName(name);
        const ListenerTable* owner = port_->findServerName(lowerName.view());
        const std::string asked = name.empty() ? "no server name" : "server name " + name;
        if (!owner) {
            result_.summary = "no connection: no listener takes a TLS handshake with " + asked;
            for (const ListenerTable& listener : port_->listeners)
                result_.listeners.push_back({listener.gatewayName, listener.listenerName,
                                             asked + " is not covered by hostname " + hostnameText(listener)});
            return false;
        }
        if (owner->protocol != model::Protocol::HTTPS) {
            result_.gatewayName = owner->gatewayName;
            result_.listenerName = owner->listenerName;
            result_.summary = "no request: the connection (" + asked + ") is TLS listener " + owner->listenerName +
                              "'s, which passes bytes on without reading them; see explain --tls";
            return false;
        }
        if (!decision_.listener || owner == decision_.listener)
            return true;
        result_.status = 421;
        result_.gatewayName = decision_.listener->gatewayName;
        result_.listenerName = decision_.listener->listenerName;
        result_.summary = "421, misdirected: the connection (" + asked + ") is listener " + owner->listenerName +
                          "'s, the host " + std::string(hostOf(head_.authority)) + " is listener " +
                          decision_.listener->listenerName + "'s";
        return false;
    }

    void explainRefusedPlans()
    {
        const std::uint16_t wanted = urlPort(request_);
        for (std::size_t l = 0; l < graph_.listeners.size() && l < snapshot_.plan.listeners.size(); ++l) {
            const model::ListenerNode& node = graph_.listeners[l];
            const std::string gateway = toString(graph_[node.gateway].resource->key.name);
            const PlannedListener& planned = snapshot_.plan.listeners[l];
            if (!planned.refusal.empty() && (request_.endpoint || node.resource->port == wanted) &&
                (request_.gateway.empty() || request_.gateway == gateway))
                result_.listeners.push_back({gateway, node.resource->name, planned.refusal});
        }
    }

    void explainListeners()
    {
        const LowerHost host(hostOf(head_.authority));
        for (const ListenerTable& listener : port_->listeners) {
            if (&listener == decision_.listener)
                continue;
            if (listener.protocol != wantedProtocol()) {
                result_.listeners.push_back({listener.gatewayName, listener.listenerName, speaks(listener.protocol)});
                continue;
            }
            const bool covers = !listener.hostname || listener.hostname->matches(host.view());
            result_.listeners.push_back(
                {listener.gatewayName, listener.listenerName,
                 covers
                     ? "hostname " + hostnameText(listener) + " is less specific than " +
                           hostnameText(*decision_.listener) + " of listener " + decision_.listener->listenerName
                     : "host " + std::string(host.view()) + " is not covered by hostname " + hostnameText(listener)});
        }
    }

    /// Losers of the chosen listener, each match once although it may stand under several hostnames.
    void explainLosers()
    {
        struct Entry {
            const HostTable* table;
            std::uint32_t index;
            CandidateRank rank;
            [[nodiscard]] const Candidate& candidate() const { return table->candidates[index]; }
        };
        std::vector<Entry> entries;
        for (const auto& table : decision_.listener->hosts->shards)
            for (std::uint32_t i = 0; i < table->candidates.size(); ++i)
                entries.push_back({table.get(), i, CandidateRank(snapshot_, *table, i)});
        std::vector<std::uint32_t> order(entries.size());
        for (std::uint32_t i = 0; i < order.size(); ++i)
            order[i] = i;
        const auto isAsked = [&](std::uint32_t i) { return observer_.asked.contains(&entries[i].candidate()); };
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return isAsked(a) != isAsked(b) ? isAsked(a) : entries[a].rank.precedes(entries[b].rank);
        });

        std::set<std::pair<std::uint32_t, std::uint32_t>> named;
        std::optional<CandidateRank> winner;
        if (decision_.candidate) {
            winner.emplace(snapshot_, *decision_.table,
                           static_cast<std::uint32_t>(decision_.candidate - decision_.table->candidates.data()));
            named.emplace(decision_.candidate->rule.value, decision_.candidate->match);
        }
        for (const std::uint32_t i : order) {
            const HostTable& table = *entries[i].table;
            const Candidate& candidate = entries[i].candidate();
            if (!named.emplace(candidate.rule.value, candidate.match).second)
                continue;
            const auto asked = observer_.asked.find(&candidate);
            std::string reason;
            if (asked == observer_.asked.end())
                reason = unaskedReason(table, entries[i].index, head_);
            else if (asked->second)
                reason = mismatchReason(asked->second, table, candidate, head_);
            else
                reason = entries[i].rank.lostTo(*winner); // asked and matched: there is a winner
            const RuleOrigin& origin = snapshot_.rules[candidate.rule.value].origin;
            result_.losers.push_back({origin.routeName, origin.rule, candidate.match, std::move(reason),
                                      graph_[origin.route].resource->at(table.patterns[candidate.pattern].position)});
        }
    }

    void explainOutsiders()
    {
        OutsiderQuestion question;
        question.host = hostOf(head_.authority);
        question.listener = decision_.listener;
        question.port = port_;
        question.gateway = request_.gateway;
        result_.outsiders = outsidersOf(snapshot_, question);
    }

    void explainRule()
    {
        const CompiledRule& rule = *decision_.rule;
        const model::RouteNode& node = graph_[rule.origin.route];
        result_.served = true;
        result_.routeName = rule.origin.routeName;
        result_.ruleName = node.resource->ruleName(rule.origin.rule);
        result_.rule = rule.origin.rule;
        result_.match = decision_.candidate->match;
        const model::Position match = decision_.table->patterns[decision_.candidate->pattern].position;
        result_.location = node.resource->at(match.known() ? match : node.resource->rulePosition(rule.origin.rule));
        result_.filters = filterWords(rule.filters, decision_, head_);
        if (rule.session)
            result_.filters.push_back(sessionWords(*rule.session));
        if (rule.retry)
            result_.filters.push_back(retryWords(*rule.retry));
        for (std::string& words : timeoutWords(rule))
            result_.filters.push_back(std::move(words));

        const auto& resolved = node.rules[rule.origin.rule].backends;
        for (std::size_t b = 0; b < rule.backends.size(); ++b) {
            const WeightedBackend& backend = rule.backends[b];
            BackendShare share;
            share.backend = backendName(resolved[b], *node.resource);
            share.share =
                rule.totalWeight == 0 ? 0 : static_cast<double>(backend.weight) / static_cast<double>(rule.totalWeight);
            share.target = targetOf(backend);
            share.edits = requestEdits(decision_, backend, head_);
            for (const std::string& words : filterWords(backend.filters, decision_, head_))
                result_.filters.push_back("only for " + share.backend + ": " + words);
            result_.backends.push_back(std::move(share));
        }
    }

    [[nodiscard]] std::string targetOf(const WeightedBackend& backend) const
    {
        if (!backend.cluster.valid())
            return "500: " + backend.problem;
        const Cluster& cluster = snapshot_.clusters[backend.cluster.value];
        if (!cluster.refusal.empty())
            return "503: " + cluster.refusal;
        if (cluster.endpoints.empty())
            return "503: no ready endpoint";
        return endpointWords(cluster);
    }

    /// True when requests to the cluster are answered 503 by the gateway itself.
    [[nodiscard]] static bool answersItself(const Cluster& cluster)
    {
        return !cluster.refusal.empty() || cluster.endpoints.empty();
    }

    /// Status when every share of the rule gets the same answer from the gateway itself; 0 when a backend may be asked.
    [[nodiscard]] std::uint16_t statusOfBackends() const
    {
        if (decision_.rule->totalWeight == 0)
            return 500;
        std::uint16_t status = 0;
        for (const WeightedBackend& backend : decision_.rule->backends) {
            if (backend.weight == 0)
                continue;
            const std::uint16_t own = !backend.cluster.valid()                                   ? 500
                                      : answersItself(snapshot_.clusters[backend.cluster.value]) ? 503
                                                                                                 : 0;
            if (own == 0 || (status != 0 && status != own))
                return 0;
            status = own;
        }
        return status;
    }

    void explainAnswer()
    {
        const std::string place = decision_.rule ? result_.routeName + " rules[" + std::to_string(result_.rule) + ']' +
                                                       (result_.ruleName.empty() ? "" : " (" + result_.ruleName + ')')
                                                 : std::string();
        TextArena arena;
        if (const auto direct = directResponse(decision_, head_, arena)) {
            const std::string status = setStatus(direct->status);
            std::string why(direct->body.substr(0, direct->body.find('\n')));
            result_.summary = (place.empty() ? "" : place + ": ") + status + ", " + why;
            return;
        }
        const std::uint16_t own = statusOfBackends();
        const std::string status = setStatus(own);
        result_.summary = place + " takes it";
        if (own == 500 && decision_.rule->totalWeight == 0)
            result_.summary += ", but " + status + ": all its backendRefs have weight 0";
        else if (own != 0)
            result_.summary += ", but no backend can answer: " + status;
        else
            result_.summary += " to " + backendList();
    }

    /// Notes what the gateway answers itself; the status in words.
    std::string setStatus(std::uint16_t status)
    {
        result_.status = status;
        if (status < 400 || grpcContentType(head_).empty())
            return std::to_string(status);
        result_.status = 200;
        const GrpcStatus grpc = grpcStatusOf(status);
        result_.grpcStatus = toString(grpc);
        return "grpc-status " + std::to_string(static_cast<int>(grpc)) + " (" + result_.grpcStatus + ')';
    }

    [[nodiscard]] std::string backendList() const
    {
        std::string list;
        for (const BackendShare& share : result_.backends)
            if (share.share > 0)
                list += (list.empty() ? "" : ", ") + share.backend + " (" + share.target + ')';
        return list;
    }

    const Snapshot& snapshot_;
    const model::Graph& graph_;
    const ExplainRequest& request_;
    RequestHead head_;
    const PortTable* port_ = nullptr;
    RouteDecision decision_;
    RecordingObserver observer_;
    Explanation result_;
};

} // namespace

Explanation explain(const Snapshot& snapshot, const ExplainRequest& request)
{
    return Explainer(snapshot, request).run();
}

} // namespace gatehouse::routing
