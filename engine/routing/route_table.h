#pragma once

#include "engine/routing/conditions.h"
#include "engine/routing/host_index.h"
#include "engine/routing/snapshot.h"

#include <deque>
#include <memory>
#include <set>
#include <tuple>

namespace gatehouse::routing {

/// One match of one rule under one hostname. 16 bytes, laid out in precedence order, so that a bucket is one line of
/// cache.
struct Candidate {
    static constexpr std::uint32_t noConditions = 0xFFFFFFFFu;

    std::uint32_t pattern = 0;               ///< in HostTable::patterns
    RuleIndex rule;                          ///< in Snapshot::rules
    std::uint32_t match = 0;                 ///< index among the rule's matches
    std::uint32_t conditions = noConditions; ///< in HostTable::conditions
};

/// How the method match of a GRPCRoute stands against others of its hostname; less is first. Exact ones beat
/// expressions, and those that ask for a service beat those that do not, since characters of a service count before
/// those of a method (GRPCRouteRule.matches).
enum class GrpcForm : std::uint8_t { ExactService, ServiceExpression, ExactMethod, MethodExpression, Any };

/// What a match wants of the path, whatever kind its route is of: where it stands in the tables, and for explanations
/// and path modifiers. A gRPC call is an Exact path, a PathPrefix with the service alone, or PathPrefix "/" where
/// conditions say the rest. Cold.
struct PathPattern {
    model::PathMatchType type = model::PathMatchType::PathPrefix;
    std::string_view value;                       ///< of the graph, or of HostTable::paths
    model::Position position;                     ///< of the match in its manifest
    const model::GRPCMethodMatch* call = nullptr; ///< of a GRPCRoute's match that has one
    bool isGrpc = false;

    [[nodiscard]] GrpcForm grpcForm() const noexcept;
    /// Characters as written; 0 where the match does not ask.
    [[nodiscard]] std::uint32_t serviceLength() const noexcept;
    [[nodiscard]] std::uint32_t methodLength() const noexcept;
};

/// Orders the kinds of path: Exact beats RegularExpression (where the Gateway API leaves it open) beats PathPrefix.
constexpr int pathRank(model::PathMatchType type) noexcept
{
    return type == model::PathMatchType::Exact ? 0 : type == model::PathMatchType::RegularExpression ? 1 : 2;
}

/// Orders the matches of one hostname and one kind of path, as HTTPRouteRule.matches and GRPCRouteRule.matches say;
/// less is first. Built once. One hostname has routes of one kind only, so the two never meet.
struct Precedence {
    GrpcForm grpcForm = GrpcForm::ExactService;   ///< the same for all HTTPRoutes
    std::uint32_t pathLength = 0;                 ///< characters of a PathPrefix as written; else 0
    std::uint32_t service = 0, serviceMethod = 0; ///< characters of a gRPC call as written
    bool method = false;
    std::uint32_t headers = 0, queryParams = 0;
    std::uint32_t routeAge = 0; ///< rank among all routes: oldest, then namespace/name
    std::uint32_t rule = 0, match = 0;

    bool operator<(const Precedence& other) const noexcept
    {
        // Bigger is first for the counts, hence ~.
        const auto key = [](const Precedence& p) {
            return std::tuple(p.grpcForm, ~p.service, ~p.serviceMethod, ~p.pathLength, !p.method, ~p.headers,
                              ~p.queryParams, p.routeAge, p.rule, p.match);
        };
        return key(*this) < key(other);
    }
};

/// A run of HostTable::candidates.
struct CandidateRange {
    std::uint32_t begin = 0, count = 0;
};

/// The rules of one listener, or of a share of its hostnames: hostname to a tree of path segments.
///
///   hosts: example.com -> 0, *.example.com -> 1            every hostname owns one root: nodes[number]
///   nodes: 0 --"v1"--> 7 --""--> 5                         "/v1/" has the segments "v1" and ""
///
/// An Exact path is served by the node where the walk ends, a PathPrefix by every node passed, so one walk down and one
/// back up finds all; the walk ends where the tree does, whatever the length of the request's path.
///
/// All trees together are one open-addressed table from (parent, segment) to a node, behind the roots. A node is half a
/// cache line and holds short segments itself, so that a step of the walk costs one miss when there are many routes.
struct HostTable {
    static constexpr std::uint32_t noNode = HashSlots::none;

    struct alignas(32) Node {
        std::uint32_t parent = noNode; ///< noNode: a root, or a free slot of the table
        std::uint32_t length : 31 = 0;
        std::uint32_t hasChildren : 1 = 0; ///< most nodes have none: then the walk ends without a look-up that misses
        std::uint64_t segment = 0;         ///< packText() of at most eight characters, else the place in `text`
        CandidateRange exact, prefix;
    };

    HostIndex hosts;
    std::vector<Node> nodes; ///< roots, then the table
    std::uint32_t roots = 0;
    std::uint32_t mask = 0; ///< slots of the table less 1; there is always a free one
    std::string text;
    std::vector<Candidate> candidates;
    std::vector<Conditions> conditions;
    std::vector<PathPattern> patterns;       ///< cold
    std::deque<std::string> paths;           ///< texts that no manifest has, of gRPC calls; cold
    std::vector<CandidateRange> expressions; ///< by hostname: RegularExpression paths; empty when there are none at all
    std::vector<std::optional<model::Hostname>> hostnames; ///< by number; cold
    std::vector<std::uint32_t> hostnameOf;                 ///< by candidate; cold

    /// The child of a node for a segment; noNode if there is none.
    [[nodiscard]] std::uint32_t child(std::uint32_t parent, std::string_view segment) const noexcept
    {
        const bool isShort = segment.size() <= 8;
        const std::uint64_t packed = isShort ? packText(segment.data(), segment.size()) : 0;
        auto slot = static_cast<std::uint32_t>(hashText(segment, parent + 1)) & mask;
        for (;; slot = (slot + 1) & mask) {
            const Node& node = nodes[roots + slot];
            if (node.parent == noNode)
                return noNode;
            if (node.parent == parent && node.length == segment.size() &&
                (isShort ? node.segment == packed
                         : std::string_view(text.data() + node.segment, node.length) == segment))
                return roots + slot;
        }
    }
};

/// The rules of one listener. Hostnames are spread over shards, so that a changed route makes only those of its
/// hostnames anew; most listeners have one. Lifetime: the shards are shared by the tables before and after such a
/// change.
struct HostTables {
    std::vector<std::shared_ptr<const HostTable>> shards; ///< a power of two, at least one
    std::size_t wildcardLabels = 0;                       ///< of the longest wildcard

    /// Which shard has a hostname; all hosts are in the first.
    static std::size_t shardOf(std::uint64_t hash, std::size_t shards) noexcept { return (hash >> 32) & (shards - 1); }
    static std::size_t shardOf(const std::optional<model::Hostname>& hostname, std::size_t shards) noexcept
    {
        return hostname ? shardOf(hashText(hostname->suffix()), shards) : 0;
    }

    /// Calls visit(const HostTable&, number) for every hostname that covers `host`, as HostIndex::visit().
    template <class Visit>
    bool visit(std::string_view host, Visit&& visit) const
    {
        const HostTable& first = *shards.front();
        if (shards.size() == 1)
            return first.hosts.visit(host, [&](std::uint32_t number) { return visit(first, number); });
        const auto ask = [&](std::string_view key) {
            const std::uint64_t hash = hashText(key);
            const HostTable& table = *shards[shardOf(hash, shards.size())];
            const std::uint32_t number = table.hosts.find(key, hash);
            return number != HashSlots::none && visit(table, number);
        };
        if (!host.empty()) {
            // A hostname's key begins with a dot when it is a wildcard; such a host is no name.
            if (host[0] != '.' && ask(host))
                return true;
            if (wildcardLabels != 0)
                for (std::size_t dot = HostIndex::firstSuffix(host, wildcardLabels); dot < host.size();
                     dot = host.find('.', dot + 1))
                    if (ask(host.substr(dot)))
                        return true;
        }
        return first.hosts.allHosts() != HashSlots::none && visit(first, first.hosts.allHosts());
    }
};

/// Makes a HostTable. Thread: one; use once.
class HostTableBuilder {
public:
    struct Entry {
        std::uint32_t pattern = 0;
        RuleIndex rule;
        Precedence precedence;
        std::uint32_t conditions = Candidate::noConditions;
    };

    /// Stores what all hostnames of an entry share; the number for Entry::pattern or Entry::conditions.
    std::uint32_t addPattern(const PathPattern& pattern);
    std::uint32_t addConditions(Conditions conditions);
    /// Keeps a text for a pattern; valid as long as the table.
    std::string_view keep(std::string text) { return tables_->paths.emplace_back(std::move(text)); }
    /// Adds a match under a hostname (nullopt: all hosts).
    void add(const std::optional<model::Hostname>& hostname, const Entry& entry);
    /// The table; the builder is spent.
    [[nodiscard]] std::shared_ptr<const HostTable> build();

private:
    enum class Place : std::uint8_t { Exact, Expression, Prefix };
    struct Placed {
        Place place = Place::Exact;
        std::uint32_t owner = 0; ///< the branch; the hostname for expressions
        std::uint32_t hostname = 0;
        Precedence precedence;
        Candidate candidate;
    };

    /// A node of the trees while they grow; views are of the manifests' paths.
    struct Branch {
        std::uint32_t parent = HostTable::noNode;
        std::string_view segment;
    };

    std::uint32_t branchAt(std::uint32_t root, std::string_view path);
    Placed placeOf(std::uint32_t hostname, const Entry& entry);
    void layOutNodes();
    CandidateRange& rangeOf(const Placed& placed);

    std::shared_ptr<HostTable> tables_ = std::make_shared<HostTable>();
    std::vector<Branch> branches_;                         ///< roots first, parents before children
    HashSlots edges_;                                      ///< (parent, segment) to branch
    std::vector<std::uint32_t> nodeOf_;                    ///< by branch
    std::vector<std::pair<std::uint32_t, Entry>> entries_; ///< with the hostname's number
};

/// Makes the HostTables of a listener: all shards, or some of those that there are. Thread: one; use once.
class HostTablesBuilder {
public:
    /// All shards, as many as so many routes need.
    explicit HostTablesBuilder(std::size_t routes);
    /// The tables before with some shards made anew.
    HostTablesBuilder(const HostTables& before, const std::set<std::size_t>& anew);

    [[nodiscard]] std::size_t shardOf(const std::optional<model::Hostname>& hostname) const noexcept
    {
        return HostTables::shardOf(hostname, builders_.size());
    }
    /// Null for a shard that is kept.
    [[nodiscard]] HostTableBuilder* shard(std::size_t number) noexcept { return builders_[number].get(); }
    /// The tables; the builder is spent.
    [[nodiscard]] std::shared_ptr<const HostTables> build();

private:
    std::vector<std::unique_ptr<HostTableBuilder>> builders_;
    HostTables tables_;
};

/// A PathPrefix value without the trailing slashes that play no part in matching; "" for "/".
std::string_view prefixElements(std::string_view value) noexcept;

} // namespace gatehouse::routing
