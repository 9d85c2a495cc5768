#include "engine/routing/route_table.h"

#include <algorithm>
#include <bit>

namespace gatehouse::routing {

std::string_view prefixElements(std::string_view value) noexcept
{
    while (value.ends_with('/'))
        value.remove_suffix(1);
    return value;
}

GrpcForm PathPattern::grpcForm() const noexcept
{
    if (!call)
        return isGrpc ? GrpcForm::Any : GrpcForm::ExactService;
    const bool exact = call->type == model::ValueMatchType::Exact;
    if (serviceLength() > 0)
        return exact ? GrpcForm::ExactService : GrpcForm::ServiceExpression;
    if (methodLength() > 0)
        return exact ? GrpcForm::ExactMethod : GrpcForm::MethodExpression;
    return GrpcForm::Any;
}

std::uint32_t PathPattern::serviceLength() const noexcept
{
    return call && call->service ? static_cast<std::uint32_t>(call->service->size()) : 0;
}

std::uint32_t PathPattern::methodLength() const noexcept
{
    return call && call->method ? static_cast<std::uint32_t>(call->method->size()) : 0;
}

std::uint32_t HostTableBuilder::addPattern(const PathPattern& pattern)
{
    tables_->patterns.push_back(pattern);
    return static_cast<std::uint32_t>(tables_->patterns.size() - 1);
}

std::uint32_t HostTableBuilder::addConditions(Conditions conditions)
{
    tables_->conditions.push_back(std::move(conditions));
    return static_cast<std::uint32_t>(tables_->conditions.size() - 1);
}

void HostTableBuilder::add(const std::optional<model::Hostname>& hostname, const Entry& entry)
{
    const auto fresh = static_cast<std::uint32_t>(tables_->hostnames.size());
    const std::uint32_t number = tables_->hosts.insert(hostname, fresh);
    if (number == fresh)
        tables_->hostnames.push_back(hostname);
    entries_.emplace_back(number, entry);
}

std::uint32_t HostTableBuilder::branchAt(std::uint32_t root, std::string_view path)
{
    std::uint32_t branch = root;
    for (bool more = !path.empty(); more;) {
        if (path.front() == '/')
            path.remove_prefix(1);
        const std::size_t end = path.find('/');
        const std::string_view segment = path.substr(0, end);
        const std::uint64_t hash = hashText(segment, branch + 1);
        std::uint32_t child = edges_.find(
            hash, [&](std::uint32_t i) { return branches_[i].parent == branch && branches_[i].segment == segment; });
        if (child == HashSlots::none) {
            child = static_cast<std::uint32_t>(branches_.size());
            branches_.push_back({branch, segment});
            edges_.insert(hash, child);
        }
        branch = child;
        more = end != std::string_view::npos;
        if (more)
            path.remove_prefix(end);
    }
    return branch;
}

HostTableBuilder::Placed HostTableBuilder::placeOf(std::uint32_t hostname, const Entry& entry)
{
    const PathPattern& path = tables_->patterns[entry.pattern];
    Placed placed;
    placed.hostname = hostname;
    placed.precedence = entry.precedence;
    placed.candidate = {entry.pattern, entry.rule, entry.precedence.match, entry.conditions};
    switch (path.type) {
    case model::PathMatchType::Exact:
        placed.place = Place::Exact;
        placed.owner = branchAt(hostname, path.value.empty() ? std::string_view("/") : path.value);
        break;
    case model::PathMatchType::RegularExpression:
        placed.place = Place::Expression;
        placed.owner = hostname;
        break;
    case model::PathMatchType::PathPrefix:
        placed.place = Place::Prefix;
        placed.owner = branchAt(hostname, prefixElements(path.value));
        break;
    }
    return placed;
}

/// Puts every branch into its slot. Parents come first, since a slot depends on the parent's.
void HostTableBuilder::layOutNodes()
{
    HostTable& tables = *tables_;
    tables.roots = static_cast<std::uint32_t>(tables.hostnames.size());
    std::size_t slots = 2;
    while (slots < branches_.size() * 2) // at most half full
        slots *= 2;
    tables.mask = static_cast<std::uint32_t>(slots - 1);
    tables.nodes.resize(tables.roots + slots);
    nodeOf_.resize(branches_.size());
    for (std::uint32_t i = 0; i < branches_.size(); ++i) {
        if (i < tables.roots) {
            nodeOf_[i] = i;
            continue;
        }
        const std::string_view segment = branches_[i].segment;
        const std::uint32_t parent = nodeOf_[branches_[i].parent];
        auto slot = static_cast<std::uint32_t>(hashText(segment, parent + 1)) & tables.mask;
        while (tables.nodes[tables.roots + slot].parent != HostTable::noNode)
            slot = (slot + 1) & tables.mask;
        HostTable::Node& node = tables.nodes[tables.roots + slot];
        node.parent = parent;
        node.length = static_cast<std::uint32_t>(segment.size()) & 0x7FFFFFFFu;
        tables.nodes[parent].hasChildren = 1;
        node.segment = tables.text.size();
        if (segment.size() <= 8)
            node.segment = packText(segment.data(), segment.size());
        else
            tables.text += segment;
        nodeOf_[i] = tables.roots + slot;
    }
}

CandidateRange& HostTableBuilder::rangeOf(const Placed& placed)
{
    switch (placed.place) {
    case Place::Exact:
        return tables_->nodes[nodeOf_[placed.owner]].exact;
    case Place::Prefix:
        return tables_->nodes[nodeOf_[placed.owner]].prefix;
    case Place::Expression:
        break;
    }
    tables_->expressions.resize(tables_->hostnames.size());
    return tables_->expressions[placed.owner];
}

std::shared_ptr<const HostTable> HostTableBuilder::build()
{
    HostTable& tables = *tables_;
    branches_.resize(tables.hostnames.size()); // the roots come first, so that a hostname's number is its root
    std::vector<Placed> all;
    all.reserve(entries_.size());
    for (const auto& [hostname, entry] : entries_)
        all.push_back(placeOf(hostname, entry));
    layOutNodes();
    // By hostname first: what one request reads lies together.
    std::sort(all.begin(), all.end(), [](const Placed& a, const Placed& b) {
        const auto ka = std::tuple(a.hostname, a.place, a.owner), kb = std::tuple(b.hostname, b.place, b.owner);
        return ka != kb ? ka < kb : a.precedence < b.precedence;
    });

    tables.candidates.reserve(all.size());
    tables.hostnameOf.reserve(all.size());
    for (const Placed& placed : all) {
        CandidateRange& range = rangeOf(placed);
        if (range.count++ == 0)
            range.begin = static_cast<std::uint32_t>(tables.candidates.size());
        tables.candidates.push_back(placed.candidate);
        tables.hostnameOf.push_back(placed.hostname);
    }
    return std::move(tables_);
}

namespace {

/// A shard has about so many routes: making it anew takes some hundred microseconds, and there are few enough of them
/// that finding one costs requests nothing.
constexpr std::size_t routesOfShard = 256;

} // namespace

HostTablesBuilder::HostTablesBuilder(std::size_t routes)
{
    const std::size_t shards = std::bit_ceil(std::max<std::size_t>(1, routes / routesOfShard));
    tables_.shards.resize(shards);
    builders_.resize(shards);
    for (auto& builder : builders_)
        builder = std::make_unique<HostTableBuilder>();
}

HostTablesBuilder::HostTablesBuilder(const HostTables& before, const std::set<std::size_t>& anew)
    : builders_(before.shards.size()), tables_(before)
{
    for (const std::size_t shard : anew)
        builders_[shard] = std::make_unique<HostTableBuilder>();
}

std::shared_ptr<const HostTables> HostTablesBuilder::build()
{
    tables_.wildcardLabels = 0;
    for (std::size_t i = 0; i < builders_.size(); ++i) {
        if (builders_[i])
            tables_.shards[i] = builders_[i]->build();
        tables_.wildcardLabels = std::max(tables_.wildcardLabels, tables_.shards[i]->hosts.wildcardLabels());
    }
    return std::make_shared<const HostTables>(std::move(tables_));
}

} // namespace gatehouse::routing
