// Folding. Every node of the whole topology finds a home: itself, a folded Gateway, a group of leaves, or a folded
// namespace. What is drawn are the homes, and the edges between different ones; edges that have become one carry a
// count.

#include "ui/topology/shown_graph.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <set>
#include <span>

namespace gatehouse::ui {

using model::EdgeKind;
using model::Health;
using model::NodeKind;
using model::ObjectKey;
using model::Topology;
using model::TopologyEdge;
using model::TopologyNode;

namespace {

constexpr const char* ownGroup = "ui.gatehouse";
/// Fewer leaves than this are not worth a card that hides them; by hand two can be folded.
constexpr std::size_t leastLeaves = 4;
/// A namespace with Gateways stays open by default while it has no more cards than this.
constexpr std::size_t mostGatewayCards = 60;

bool unwell(const TopologyNode& node)
{
    return node.health == Health::Bad || node.health == Health::Warning;
}

bool isRoute(const TopologyNode& node)
{
    return node.kind == NodeKind::Route || node.kind == NodeKind::Other;
}

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return count == 1 ? one : many.arg(count);
}

void count(NamespaceFacts& facts, const TopologyNode& node)
{
    switch (node.kind) {
    case NodeKind::Gateway:
    case NodeKind::ListenerSet:
        ++facts.gateways;
        break;
    case NodeKind::Route:
        ++facts.routes;
        break;
    case NodeKind::Backend:
        ++facts.backends;
        break;
    case NodeKind::Policy:
        ++facts.policies;
        break;
    case NodeKind::Other:
        ++facts.others;
        break;
    }
    facts.problems += unwell(node) ? 1 : 0;
}

class Folder {
public:
    Folder(const TopologyIndex& whole, const ShowOptions& options)
        : whole_(whole), topology_(whole.topology()), options_(options), home_(topology_.nodes.size(), none)
    {
        std::size_t shown = 0;
        for (std::size_t n = 0; n < topology_.nodes.size(); ++n) {
            if (visible(n)) {
                home_[n] = itself;
                ++shown;
            }
        }
        crowded_ = options_.automatic && shown > options_.comfortable;
        open_ = options_.open ? whole_.find(*options_.open) : std::nullopt;
    }

    ShownGraph fold() &&
    {
        foldGateways();
        for (const NodeKind stage : leafStages)
            foldLeaves(stage);
        foldNamespaces();
        ShownGraph shown;
        addNodes(shown);
        addEdges();
        for (std::size_t n = 0; n < topology_.nodes.size(); ++n) {
            if (home_[n] != none)
                count(shown.namespaces[topology_.nodes[n].key.name.namespace_], topology_.nodes[n]);
        }
        addOwners(shown.namespaces);
        drawn_.namespaces = topology_.namespaces;
        shown.index = TopologyIndex(std::make_shared<const Topology>(std::move(drawn_)));
        shown.shownOf = std::move(shownOf_);
        shown.shownEdges = std::move(shownEdges_);
        return shown;
    }

    /// The key of the leaves that `node` belongs to when Gateways are folded as they are.
    std::optional<ObjectKey> leavesOf(std::uint32_t node)
    {
        foldGateways();
        for (const NodeKind stage : leafStages) {
            if (isOfStage(topology_.nodes[node], stage))
                break;
            foldLeaves(stage);
        }
        if (home_[node] != itself)
            return std::nullopt;
        const auto key = signature(node);
        std::size_t alike = 0;
        for (std::uint32_t n = 0; key && n < topology_.nodes.size(); ++n)
            alike += home_[n] == itself && topology_.nodes[n].kind == topology_.nodes[node].kind && signature(n) == key;
        return alike >= 2 ? key : std::nullopt;
    }

private:
    static constexpr std::int32_t none = -2, itself = -1; ///< in home_; else an index into groups_

    struct Group {
        ShownGroup group;
        ObjectKey key;
        std::optional<std::uint32_t> self; ///< the Gateway that stands for them
    };

    bool visible(std::size_t n) const { return options_.nodes.empty() || options_.nodes[n]; }
    bool drawn(std::uint32_t e) const { return options_.edges.empty() || options_.edges[e]; }

    std::optional<bool> wish(const ObjectKey& key) const
    {
        const auto found = options_.wishes.find(key);
        return found == options_.wishes.end() ? std::nullopt : std::optional(found->second);
    }

    std::size_t addGroup(GroupRole role, ObjectKey key, std::optional<std::uint32_t> self = {})
    {
        groups_.push_back({{role, {}}, std::move(key), self});
        return groups_.size() - 1;
    }

    void put(std::uint32_t node, std::size_t group)
    {
        home_[node] = static_cast<std::int32_t>(group);
        groups_[group].group.members.push_back(node);
    }

    /// The one home of all ends of the edges of `kind` at a node; nothing when there are several, or none.
    std::optional<std::size_t> onlyHome(std::span<const std::uint32_t> edges, EdgeKind kind, bool from) const
    {
        std::optional<std::size_t> only;
        for (const std::uint32_t e : edges) {
            const TopologyEdge& edge = topology_.edges[e];
            const std::uint32_t end = from ? edge.from : edge.to;
            if (edge.kind != kind || !drawn(e) || home_[end] == none)
                continue;
            if (home_[end] < 0 || (only && *only != static_cast<std::size_t>(home_[end])))
                return std::nullopt;
            only = static_cast<std::size_t>(home_[end]);
        }
        return only;
    }

    /// A folded Gateway takes the routes that hang on it alone, their backends, and the policies of these.
    void foldGateways()
    {
        std::map<std::uint32_t, std::size_t> folded;
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
            if (topology_.nodes[n].kind == NodeKind::Gateway && home_[n] == itself &&
                wish(topology_.nodes[n].key).value_or(false)) {
                folded[n] = addGroup(GroupRole::Gateway, topology_.nodes[n].key, n);
                home_[n] = static_cast<std::int32_t>(folded[n]);
            }
        }
        if (folded.empty())
            return;
        const auto take = [&](auto&& fits, EdgeKind kind, bool incoming) {
            for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
                if (home_[n] != itself || n == open_ || !fits(topology_.nodes[n]))
                    continue;
                if (const auto home = onlyHome(incoming ? whole_.incoming(n) : whole_.outgoing(n), kind, incoming))
                    put(n, *home);
            }
        };
        const auto is = [](NodeKind kind) { return [kind](const TopologyNode& node) { return node.kind == kind; }; };
        take(is(NodeKind::ListenerSet), EdgeKind::Attachment, true);
        take(isRoute, EdgeKind::Attachment, true);
        take(is(NodeKind::Backend), EdgeKind::Backend, true);
        take(is(NodeKind::Policy), EdgeKind::Policy, false);
    }

    /// What leaves have in common: kind, namespace, health, and what they are connected with.
    std::optional<ObjectKey> signature(std::uint32_t n) const
    {
        const TopologyNode& node = topology_.nodes[n];
        const bool policy = node.kind == NodeKind::Policy;
        if (node.kind == NodeKind::Gateway || node.kind == NodeKind::ListenerSet)
            return std::nullopt;
        std::set<std::string> ends;
        for (const std::uint32_t e : policy ? whole_.outgoing(n) : whole_.incoming(n)) {
            const TopologyEdge& edge = topology_.edges[e];
            const std::uint32_t end = policy ? edge.to : edge.from;
            if (!drawn(e) || home_[end] == none || (edge.kind == EdgeKind::Policy) != policy)
                continue;
            const ObjectKey& key =
                home_[end] >= 0 ? groups_[static_cast<std::size_t>(home_[end])].key : topology_.nodes[end].key;
            ends.insert((edge.rejected ? "!" : "") + model::toString(key));
        }
        std::string name = unwell(node) ? "unwell" : "well";
        for (const std::string& end : ends)
            name += "; " + end;
        return ObjectKey{ownGroup, node.key.kind, {node.key.name.namespace_, name}};
    }

    /// Routes first: what backends are connected with are then the groups of routes.
    static constexpr NodeKind leafStages[] = {NodeKind::Route, NodeKind::Backend, NodeKind::Policy};

    static bool isOfStage(const TopologyNode& node, NodeKind stage)
    {
        return stage == NodeKind::Route ? isRoute(node) : node.kind == stage;
    }

    void foldLeaves(NodeKind stage)
    {
        std::map<ObjectKey, std::vector<std::uint32_t>> alike;
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
            if (home_[n] != itself || n == open_ || !isOfStage(topology_.nodes[n], stage))
                continue;
            if (auto key = signature(n))
                alike[*std::move(key)].push_back(n);
        }
        for (const auto& [key, members] : alike) {
            const bool folded = wish(key).value_or(crowded_ && members.size() >= leastLeaves);
            if (!folded || members.size() < 2)
                continue;
            const std::size_t group = addGroup(GroupRole::Leaves, key);
            for (const std::uint32_t n : members)
                put(n, group);
        }
    }

    struct NamespaceSize {
        std::size_t cards = 0;
        bool hasGateway = false, hasOpen = false;
        std::set<std::int32_t> groups;
    };

    std::map<std::string, NamespaceSize> measureNamespaces() const
    {
        std::map<std::string, NamespaceSize> sizes;
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
            const TopologyNode& node = topology_.nodes[n];
            if (home_[n] == none || node.key.name.namespace_.empty())
                continue;
            NamespaceSize& size = sizes[node.key.name.namespace_];
            size.hasGateway = size.hasGateway || node.kind == NodeKind::Gateway;
            size.hasOpen = size.hasOpen || n == open_;
            if (home_[n] == itself)
                ++size.cards;
            else if (size.groups.insert(home_[n]).second)
                ++size.cards;
        }
        return sizes;
    }

    void foldNamespaces()
    {
        const auto sizes = measureNamespaces();
        std::size_t cards = 0;
        for (const auto& [name, size] : sizes)
            cards += size.cards;
        const bool tooMany = crowded_ && cards > options_.comfortable;
        std::map<std::string, std::size_t> folded;
        for (const auto& [name, size] : sizes) {
            const bool byDefault =
                tooMany && !size.hasOpen && size.cards > 1 && (!size.hasGateway || size.cards > mostGatewayCards);
            if (wish(namespaceKey(name)).value_or(byDefault))
                folded[name] = addGroup(GroupRole::Namespace, namespaceKey(name));
        }
        if (folded.empty())
            return;
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
            const auto found = folded.find(topology_.nodes[n].key.name.namespace_);
            if (found == folded.end() || home_[n] == none)
                continue;
            // What a folded Gateway of another namespace took stays with it.
            if (home_[n] >= 0) {
                const auto& self = groups_[static_cast<std::size_t>(home_[n])].self;
                if (self && topology_.nodes[*self].key.name.namespace_ != found->first)
                    continue;
            }
            put(n, found->second);
        }
        // A folded Gateway whose namespace is folded takes its own along, wherever they live.
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
            if (home_[n] < 0)
                continue;
            const auto& self = groups_[static_cast<std::size_t>(home_[n])].self;
            if (self && home_[*self] != home_[n])
                put(n, static_cast<std::size_t>(home_[*self]));
        }
        for (Group& group : groups_) {
            const auto self = static_cast<std::int32_t>(&group - groups_.data());
            std::erase_if(group.group.members, [&](std::uint32_t n) { return home_[n] != self; });
        }
    }

    void addOwners(std::map<std::string, NamespaceFacts>& spaces) const
    {
        for (auto& [name, facts] : spaces)
            if (const auto owner = topology_.owners.find(name); owner != topology_.owners.end())
                facts.owner = owner->second;
        for (const model::TopologyGrant& grant : topology_.grants)
            if (const auto space = spaces.find(grant.key.name.namespace_); space != spaces.end())
                ++space->second.grants;
    }

    void judge(TopologyNode& node, const std::vector<std::uint32_t>& members) const
    {
        std::size_t bad = 0, warning = 0, good = 0;
        for (const std::uint32_t n : members) {
            bad += topology_.nodes[n].health == Health::Bad;
            warning += topology_.nodes[n].health == Health::Warning;
            good += topology_.nodes[n].health == Health::Good;
        }
        node.health = bad > 0 ? Health::Bad : warning > 0 ? Health::Warning : good > 0 ? Health::Good : Health::Unknown;
        QStringList parts;
        if (bad > 0)
            parts << QCoreApplication::translate("fold", "%1 failing").arg(bad);
        if (warning > 0)
            parts << counted(warning, QCoreApplication::translate("fold", "1 warning"),
                             QCoreApplication::translate("fold", "%1 warnings"));
        node.healthText = parts.join(QStringLiteral(", ")).toStdString();
    }

    std::string contents(const std::vector<std::uint32_t>& members) const
    {
        std::map<std::pair<NodeKind, std::string>, std::size_t> kinds;
        for (const std::uint32_t n : members)
            ++kinds[{topology_.nodes[n].kind, topology_.nodes[n].key.kind}];
        QStringList parts;
        for (const auto& [kind, number] : kinds)
            parts << QStringLiteral("%1 %2%3").arg(number).arg(QString::fromStdString(kind.second),
                                                               number == 1 ? QString() : QStringLiteral("s"));
        return parts.join(QStringLiteral(" \u00b7 ")).toStdString();
    }

    TopologyNode cardOf(const Group& group) const
    {
        TopologyNode node;
        node.key = group.key;
        const auto& members = group.group.members;
        switch (group.group.role) {
        case GroupRole::Namespace:
            node.kind = NodeKind::Other;
            node.title = group.key.name.name;
            node.subtitle = contents(members);
            judge(node, members);
            break;
        case GroupRole::Gateway: {
            node = topology_.nodes[*group.self];
            node.ports.clear();
            node.subtitle += (node.subtitle.empty() ? "" : " \u00b7 ") + contents(members);
            TopologyNode folded;
            judge(folded, members);
            if (!unwell(node) && unwell(folded)) {
                node.health = folded.health;
                node.healthText = folded.healthText;
            }
            break;
        }
        case GroupRole::Leaves:
            node.kind = topology_.nodes[members.front()].kind;
            node.title = std::to_string(members.size()) + " " + group.key.kind + "s";
            node.subtitle = topology_.nodes[members.front()].title + " \u2026 " + topology_.nodes[members.back()].title;
            judge(node, members);
            break;
        }
        return node;
    }

    void addNodes(ShownGraph& shown)
    {
        shownOf_.assign(topology_.nodes.size(), -1);
        std::vector<std::int32_t> cardOfGroup(groups_.size(), -1);
        for (std::uint32_t n = 0; n < topology_.nodes.size(); ++n) {
            if (home_[n] == none)
                continue;
            const auto next = static_cast<std::int32_t>(drawn_.nodes.size());
            if (home_[n] == itself) {
                shownOf_[n] = next;
                drawn_.nodes.push_back(topology_.nodes[n]);
                shown.groups.emplace_back();
                continue;
            }
            const auto g = static_cast<std::size_t>(home_[n]);
            if (cardOfGroup[g] < 0) {
                cardOfGroup[g] = next;
                drawn_.nodes.push_back(cardOf(groups_[g]));
                shown.groups.emplace_back(groups_[g].group);
            }
            shownOf_[n] = cardOfGroup[g];
        }
        isGroup_.reserve(shown.groups.size());
        for (const auto& group : shown.groups)
            isGroup_.push_back(group.has_value());
    }

    void addEdges()
    {
        struct Place {
            EdgeKind kind;
            std::int32_t from, to;
            bool rejected;
            auto operator<=>(const Place&) const = default;
        };
        std::map<Place, std::pair<std::size_t, std::size_t>> merged; ///< index of the drawn edge, and how many it is
        shownEdges_.assign(topology_.edges.size(), -1);
        for (std::uint32_t e = 0; e < topology_.edges.size(); ++e) {
            const TopologyEdge& edge = topology_.edges[e];
            const std::int32_t from = shownOf_[edge.from], to = shownOf_[edge.to];
            if (!drawn(e) || from < 0 || to < 0 || (from == to && edge.from != edge.to))
                continue;
            TopologyEdge copy = edge;
            copy.from = static_cast<std::uint32_t>(from);
            copy.to = static_cast<std::uint32_t>(to);
            shownEdges_[e] = static_cast<std::int32_t>(drawn_.edges.size());
            if (!isGroup_[copy.from] && !isGroup_[copy.to]) {
                drawn_.edges.push_back(std::move(copy));
                continue;
            }
            const auto [place, isNew] =
                merged.try_emplace({edge.kind, from, to, edge.rejected}, drawn_.edges.size(), 1);
            if (isNew) {
                drawn_.edges.push_back(std::move(copy));
                continue;
            }
            shownEdges_[e] = static_cast<std::int32_t>(place->second.first);
            ++place->second.second;
            join(drawn_.edges[place->second.first], edge);
        }
        for (const auto& [place, merge] : merged) {
            if (merge.second < 2)
                continue;
            TopologyEdge& edge = drawn_.edges[merge.first];
            edge.relation.reset();
            edge.label = "\u00d7 " + std::to_string(merge.second);
            if (edge.rejected)
                edge.reason = (edge.reason.empty() ? std::string("refused") : edge.reason) + " " + edge.label;
        }
    }

    static void join(TopologyEdge& into, const TopologyEdge& edge)
    {
        into.crossNamespace = into.crossNamespace || edge.crossNamespace;
        for (const std::string& listener : edge.listeners) {
            if (std::find(into.listeners.begin(), into.listeners.end(), listener) == into.listeners.end())
                into.listeners.push_back(listener);
        }
        if (into.reason != edge.reason)
            into.reason.clear();
        into.rules.clear();
    }

    const TopologyIndex& whole_;
    const Topology& topology_;
    const ShowOptions& options_;
    std::vector<std::int32_t> home_;
    std::vector<Group> groups_;
    std::optional<std::uint32_t> open_;
    bool crowded_ = false;
    Topology drawn_;
    std::vector<std::int32_t> shownOf_, shownEdges_;
    std::vector<bool> isGroup_;
};

} // namespace

ShownGraph fold(const TopologyIndex& whole, const ShowOptions& options)
{
    return Folder(whole, options).fold();
}

ObjectKey namespaceKey(const std::string& name)
{
    return {ownGroup, "Namespace", {"", name}};
}

bool isGroupKey(const ObjectKey& key)
{
    return key.group == ownGroup;
}

std::optional<ObjectKey> leavesKey(const TopologyIndex& whole, const ShowOptions& options, const ObjectKey& node)
{
    const auto n = whole.find(node);
    return n ? Folder(whole, options).leavesOf(*n) : std::nullopt;
}

} // namespace gatehouse::ui
