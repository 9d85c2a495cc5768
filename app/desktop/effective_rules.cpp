#include "app/desktop/effective_rules.h"

#include "app/desktop/rule_text.h"
#include "engine/routing/route_stream.h"
#include "engine/routing/route_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <optional>

namespace gatehouse::desktop {
namespace {

/// Nobody reads more of a table than this, and widgets cost.
constexpr std::size_t mostRules = 40;
constexpr std::size_t mostTables = 24;
constexpr std::size_t mostRulesInAll = 240;

QString tr(const char* text)
{
    return QCoreApplication::translate("rules", text);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

/// A rule of the snapshot at its place in a table.
struct Placed {
    routing::RuleIndex rule;
    std::uint32_t match = 0;
    std::optional<routing::RuleIndex> outrankedBy = {}; ///< of connections, where nothing but age decides
};

/// The order in which matches of one hostname are tried; the tables keep it only among those that can compete.
bool isTriedBefore(const routing::HostTable& tables, std::uint32_t a, std::uint32_t b)
{
    const auto key = [&](std::uint32_t candidate) {
        const routing::PathPattern& pattern = tables.patterns[tables.candidates[candidate].pattern];
        const bool prefix = pattern.type == model::PathMatchType::PathPrefix;
        return std::tuple(pattern.isGrpc ? static_cast<int>(pattern.grpcForm()) : 0,
                          pattern.isGrpc ? 0 : routing::pathRank(pattern.type), ~pattern.serviceLength(),
                          ~pattern.methodLength(), prefix && !pattern.isGrpc ? ~pattern.value.size() : 0, candidate);
    };
    return key(a) < key(b);
}

class Tables {
public:
    Tables(const Insight& insight, const model::ObjectKey& key)
        : insight_(insight), snapshot_(*insight.state().snapshot), graph_(*snapshot_.graph), key_(key)
    {
    }

    std::vector<ui::EffectiveTable> make() &&
    {
        for (const routing::PortTable& port : snapshot_.ports)
            for (const routing::ListenerTable& listener : port.listeners)
                if (mayConcern(listener))
                    addListener(listener);
        return std::move(made_);
    }

private:
    [[nodiscard]] const model::Route& routeOf(routing::RuleIndex rule) const
    {
        return *graph_[snapshot_.rules[rule.value].origin.route].resource;
    }

    [[nodiscard]] bool isRoute() const { return model::findRouteKind(key_.group, key_.kind) != nullptr; }

    [[nodiscard]] bool mayConcern(const routing::ListenerTable& table) const
    {
        if (isRoute())
            return true;
        const model::ListenerNode& listener = graph_[table.listener];
        if (listener.listenerSet && graph_[*listener.listenerSet].resource->key == key_)
            return true;
        return graph_[listener.gateway].resource->key == key_;
    }

    [[nodiscard]] bool concerns(const std::vector<Placed>& rules) const
    {
        return !isRoute() || std::any_of(rules.begin(), rules.end(),
                                         [&](const Placed& placed) { return routeOf(placed.rule).key == key_; });
    }

    void addListener(const routing::ListenerTable& listener)
    {
        if (listener.hosts)
            for (const auto& shard : listener.hosts->shards)
                addHosts(listener, *shard);
        if (listener.serverNames)
            for (const auto& entry : listener.serverNames->entries)
                addTable(listener, entry.hostname, connections(entry.rules));
        std::vector<routing::RuleIndex> streams;
        if (listener.streamRule.valid())
            streams.push_back(listener.streamRule);
        streams.insert(streams.end(), listener.outrankedRules.begin(), listener.outrankedRules.end());
        if (!streams.empty())
            addTable(listener, std::nullopt, connections(streams));
    }

    void addHosts(const routing::ListenerTable& listener, const routing::HostTable& hosts)
    {
        std::vector<std::vector<std::uint32_t>> byHost(hosts.hostnames.size());
        for (std::uint32_t c = 0; c < hosts.candidates.size(); ++c)
            byHost[hosts.hostnameOf[c]].push_back(c);
        for (std::size_t h = 0; h < byHost.size(); ++h) {
            std::sort(byHost[h].begin(), byHost[h].end(),
                      [&](std::uint32_t a, std::uint32_t b) { return isTriedBefore(hosts, a, b); });
            std::vector<Placed> rules;
            for (const std::uint32_t c : byHost[h])
                rules.push_back({hosts.candidates[c].rule, hosts.candidates[c].match});
            addTable(listener, hosts.hostnames[h], rules);
        }
    }

    static std::vector<Placed> connections(const std::vector<routing::RuleIndex>& rules)
    {
        std::vector<Placed> placed;
        for (const routing::RuleIndex rule : rules) {
            placed.push_back({rule, 0});
            if (placed.size() > 1)
                placed.back().outrankedBy = rules.front();
        }
        return placed;
    }

    void addTable(const routing::ListenerTable& listener, const std::optional<model::Hostname>& hostname,
                  const std::vector<Placed>& rules)
    {
        if (rules.empty() || !concerns(rules))
            return;
        const QString name = text(listener.gatewayName) + QStringLiteral(" \u00b7 ") + text(listener.listenerName);
        const QString host = hostname ? text(hostname->text()) : tr("any host");
        std::vector<std::pair<std::uint32_t, std::uint32_t>> identity;
        for (const Placed& placed : rules)
            identity.emplace_back(placed.rule.value, placed.match);
        const auto [same, isNew] = tables_.try_emplace({host, identity}, made_.size());
        if (!isNew) {
            if (same->second < made_.size() && !made_[same->second].listeners.contains(name))
                made_[same->second].listeners << name;
            return;
        }
        if (made_.size() == mostTables) {
            same->second = mostTables;
            return;
        }
        ui::EffectiveTable& table = made_.emplace_back();
        table.listeners << name;
        table.hostname = host;
        for (const Placed& placed : rules) {
            if (table.rules.size() == mostRules || listed_ == mostRulesInAll) {
                table.left = rules.size() - table.rules.size();
                break;
            }
            table.rules.push_back(ruleOf(placed));
            ++listed_;
        }
    }

    ui::EffectiveRule ruleOf(const Placed& placed)
    {
        const routing::RuleOrigin& origin = snapshot_.rules[placed.rule.value].origin;
        const model::Route& route = routeOf(placed.rule);
        const auto [words, isNew] = words_.try_emplace(route.key);
        if (isNew)
            words->second = rulesOf(*graph_.resources, route.key);
        const ui::RuleText& rule = words->second.at(origin.rule);
        ui::EffectiveRule effective;
        effective.rule = rule.name;
        effective.actions = rule.actions;
        effective.match = placed.match < static_cast<std::uint32_t>(rule.matches.size())
                              ? rule.matches[static_cast<qsizetype>(placed.match)]
                              : tr("every connection");
        effective.route = route.key;
        effective.index = origin.rule;
        effective.location = route.at(route.rulePosition(origin.rule));
        effective.shadow = shadowOf(placed, origin);
        return effective;
    }

    [[nodiscard]] QString placeText(const routing::RuleOrigin& origin, const model::ObjectKey& loser) const
    {
        const model::Route& route = *graph_[origin.route].resource;
        const QString rule = route.ruleName(origin.rule).empty() ? tr("rule %1").arg(origin.rule + 1)
                                                                 : tr("rule %1").arg(text(route.ruleName(origin.rule)));
        return route.key == loser ? rule : tr("%1, %2").arg(text(model::toString(route.key)), rule);
    }

    [[nodiscard]] std::optional<ui::ShadowText> shadowOf(const Placed& placed, const routing::RuleOrigin& origin) const
    {
        const model::ObjectKey& own = graph_[origin.route].resource->key;
        if (placed.outrankedBy) {
            const routing::RuleOrigin& winner = snapshot_.rules[placed.outrankedBy->value].origin;
            return ui::ShadowText{
                placeText(winner, own), tr("an older route has these connections"), graph_[winner.route].resource->key,
                graph_[winner.route].resource->at(graph_[winner.route].resource->rulePosition(winner.rule))};
        }
        const auto& losses = insight_.unreachable();
        const auto found = losses.find({origin.route.value, origin.rule, placed.match});
        if (found == losses.end())
            return std::nullopt;
        const routing::Unreachable& loss = found->second;
        if (loss.cause == routing::Unreachable::Cause::Listener)
            return ui::ShadowText{tr("another listener"), text(loss.reason), {}, {}};
        return ui::ShadowText{placeText(loss.winner, own), text(loss.reason), graph_[loss.winner.route].resource->key,
                              loss.winnerLocation};
    }

    using Identity = std::pair<QString, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

    const Insight& insight_;
    const routing::Snapshot& snapshot_;
    const model::Graph& graph_;
    const model::ObjectKey& key_;
    std::vector<ui::EffectiveTable> made_;
    std::size_t listed_ = 0;                 ///< rules in all of them
    std::map<Identity, std::size_t> tables_; ///< where the table of these rules is
    std::map<model::ObjectKey, std::vector<ui::RuleText>> words_;
};

} // namespace

std::vector<ui::EffectiveTable> effectiveRules(const Insight& insight, const model::ObjectKey& key)
{
    const bool concerned =
        key.kind == "Gateway" || key.kind == "ListenerSet" || model::findRouteKind(key.group, key.kind);
    if (!insight.state().snapshot || key.group != model::gatewayGroup || !concerned)
        return {};
    return Tables(insight, key).make();
}

} // namespace gatehouse::desktop
