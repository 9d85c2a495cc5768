#include "engine/routing/route_table.h"

#include <algorithm>

namespace gatehouse::routing {

std::string_view prefixElements(std::string_view value) noexcept
{
    while (value.ends_with('/'))
        value.remove_suffix(1);
    return value;
}

std::uint32_t HostTablesBuilder::addConditions(Conditions conditions)
{
    tables_->conditions.push_back(std::move(conditions));
    return static_cast<std::uint32_t>(tables_->conditions.size() - 1);
}

void HostTablesBuilder::add(const std::optional<model::Hostname>& hostname, const Entry& entry)
{
    const auto fresh = static_cast<std::uint32_t>(tables_->hostnames.size());
    const std::uint32_t number = tables_->hosts.insert(hostname, fresh);
    if (number == fresh)
        tables_->hostnames.push_back(hostname);
    entries_.emplace_back(number, entry);
}

std::uint32_t HostTablesBuilder::nodeAt(std::uint32_t root, std::string_view path)
{
    HostTables& tables = *tables_;
    std::uint32_t node = root;
    for (bool more = !path.empty(); more;) {
        if (path.front() == '/')
            path.remove_prefix(1);
        const std::size_t end = path.find('/');
        const std::string_view segment = path.substr(0, end);
        std::uint32_t child = tables.child(node, segment);
        if (child == HostTables::noNode) {
            child = static_cast<std::uint32_t>(tables.nodes.size());
            HostTables::Node fresh;
            fresh.parent = node;
            fresh.segment = static_cast<std::uint32_t>(tables.text.size());
            fresh.segmentLength = static_cast<std::uint32_t>(segment.size());
            tables.text += segment;
            tables.nodes.push_back(fresh);
            tables.edges.insert(hashText(segment, node + 1), child);
        }
        node = child;
        more = end != std::string_view::npos;
        if (more)
            path.remove_prefix(end);
    }
    return node;
}

HostTablesBuilder::Placed HostTablesBuilder::placeOf(std::uint32_t hostname, const Entry& entry)
{
    const model::HTTPPathMatch& path = entry.source->path;
    Placed placed;
    placed.hostname = hostname;
    placed.precedence = entry.precedence;
    placed.candidate = {entry.source, entry.rule, entry.precedence.match, entry.conditions};
    switch (path.type) {
    case model::PathMatchType::Exact:
        placed.place = Place::Exact;
        placed.owner = nodeAt(hostname, path.value.empty() ? "/" : path.value);
        break;
    case model::PathMatchType::RegularExpression:
        placed.place = Place::Expression;
        placed.owner = hostname;
        break;
    case model::PathMatchType::PathPrefix:
        placed.place = Place::Prefix;
        placed.owner = nodeAt(hostname, prefixElements(path.value));
        placed.precedence.pathLength = static_cast<std::uint32_t>(path.value.size());
        break;
    }
    return placed;
}

std::shared_ptr<const HostTables> HostTablesBuilder::build()
{
    HostTables& tables = *tables_;
    tables.nodes.resize(tables.hostnames.size()); // the roots come first, so that a hostname's number is its root

    std::vector<Placed> all;
    all.reserve(entries_.size());
    for (const auto& [hostname, entry] : entries_)
        all.push_back(placeOf(hostname, entry));
    entries_.clear();
    // By hostname first: what one request reads lies together.
    std::sort(all.begin(), all.end(), [](const Placed& a, const Placed& b) {
        const auto ka = std::tuple(a.hostname, a.place, a.owner), kb = std::tuple(b.hostname, b.place, b.owner);
        return ka != kb ? ka < kb : a.precedence < b.precedence;
    });

    tables.candidates.reserve(all.size());
    tables.hostnameOf.reserve(all.size());
    for (const Placed& placed : all) {
        CandidateRange* range = nullptr;
        switch (placed.place) {
        case Place::Exact:
            range = &tables.nodes[placed.owner].exact;
            break;
        case Place::Prefix:
            range = &tables.nodes[placed.owner].prefix;
            break;
        case Place::Expression:
            tables.expressions.resize(tables.hostnames.size());
            range = &tables.expressions[placed.owner];
            break;
        }
        if (range->count++ == 0)
            range->begin = static_cast<std::uint32_t>(tables.candidates.size());
        tables.candidates.push_back(placed.candidate);
        tables.hostnameOf.push_back(placed.hostname);
    }
    tables.nodes.shrink_to_fit();
    tables.text.shrink_to_fit();
    return std::move(tables_);
}

} // namespace gatehouse::routing
