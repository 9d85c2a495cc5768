#include "engine/routing/explain_reasons.h"

#include "engine/routing/filters/filters.h"

namespace gatehouse::routing {
namespace {

std::string number(std::size_t n)
{
    return std::to_string(n);
}

std::string hostnameText(const std::optional<model::Hostname>& hostname)
{
    return hostname ? hostname->text() : "*";
}

std::string wantedValue(const ValueCondition& condition)
{
    return (condition.isRegex ? "match of " : "") + ('\'' + condition.value + '\'');
}

} // namespace

CandidateRank::CandidateRank(const Snapshot& snapshot, const HostTables& tables, std::uint32_t index)
{
    const Candidate& candidate = tables.candidates[index];
    hostname_ = &tables.hostnames[tables.hostnameOf[index]];
    source_ = candidate.source;
    origin_ = &snapshot.rules[candidate.rule.value].origin;
    route_ = (*snapshot.graph)[origin_->route].resource;
    match_ = candidate.match;
    if (candidate.conditions != Candidate::noConditions) {
        headers_ = tables.conditions[candidate.conditions].headers.size();
        queryParams_ = tables.conditions[candidate.conditions].queryParams.size();
    }
}

std::pair<std::size_t, std::size_t> CandidateRank::hostnameLengths() const
{
    if (!*hostname_)
        return {0, 0};
    const std::size_t length = (*hostname_)->text().size();
    return {(*hostname_)->isWildcard() ? 0 : length, length};
}

std::pair<CandidateRank::Step, bool> CandidateRank::compare(const CandidateRank& other) const
{
    if (hostnameLengths() != other.hostnameLengths())
        return {Step::Hostname, hostnameLengths() > other.hostnameLengths()};
    if (hostnameText(*hostname_) != hostnameText(*other.hostname_))
        return {Step::Hostname, hostnameText(*hostname_) < hostnameText(*other.hostname_)};
    const model::HTTPPathMatch &a = source_->path, &b = other.source_->path;
    if (a.type != b.type)
        return {Step::PathKind, pathRank(a.type) < pathRank(b.type)};
    if (a.type == model::PathMatchType::PathPrefix && a.value.size() != b.value.size())
        return {Step::PathLength, a.value.size() > b.value.size()};
    if (source_->method.empty() != other.source_->method.empty())
        return {Step::Method, !source_->method.empty()};
    if (headers_ != other.headers_)
        return {Step::Headers, headers_ > other.headers_};
    if (queryParams_ != other.queryParams_)
        return {Step::QueryParams, queryParams_ > other.queryParams_};
    if (route_ != other.route_)
        return {Step::Age, model::isOlder(*route_, *other.route_)};
    if (origin_->rule != other.origin_->rule)
        return {Step::Rule, origin_->rule < other.origin_->rule};
    if (match_ != other.match_)
        return {Step::Match, match_ < other.match_};
    return {Step::Same, false};
}

bool CandidateRank::precedes(const CandidateRank& other) const
{
    return compare(other).second;
}

std::string CandidateRank::lostTo(const CandidateRank& winner) const
{
    switch (compare(winner).first) {
    case Step::Hostname:
        return "lost to the more specific hostname " + hostnameText(*winner.hostname_) + " (this one serves " +
               hostnameText(*hostname_) + ')';
    case Step::PathKind:
        return winner.source_->path.type == model::PathMatchType::Exact
                   ? "lost to the Exact path " + winner.source_->path.value
                   : "lost to the RegularExpression path " + winner.source_->path.value;
    case Step::PathLength:
        return "lost to the longer prefix " + winner.source_->path.value + " (this one has " + source_->path.value +
               ')';
    case Step::Method:
        return "lost to a match that asks for method " + winner.source_->method;
    case Step::Headers:
        return "lost to more header matches (" + number(winner.headers_) + " against " + number(headers_) + ')';
    case Step::QueryParams:
        return "lost to more query parameter matches (" + number(winner.queryParams_) + " against " +
               number(queryParams_) + ')';
    case Step::Age:
        if (route_->meta.creationTimestamp != winner.route_->meta.creationTimestamp)
            return "lost to the older route " + winner.origin_->routeName;
        return "lost to route " + winner.origin_->routeName + ", which is as old and comes first by namespace/name";
    case Step::Rule:
        return "lost to an earlier rule of the same route, rules[" + number(winner.origin_->rule) + ']';
    case Step::Match:
    case Step::Same:
        break;
    }
    return "lost to an earlier match of the same rule, matches[" + number(winner.match_) + ']';
}

std::string mismatchReason(Mismatch mismatch, const HostTables& tables, const Candidate& candidate,
                           const RequestHead& head)
{
    const Conditions& conditions = tables.conditions[candidate.conditions];
    std::string got;
    switch (mismatch.kind) {
    case Mismatch::Kind::Path:
        return conditions.pathRegex
                   ? "path " + std::string(head.path) + " does not match the expression " + candidate.source->path.value
                   : "the path expression " + candidate.source->path.value + " is not valid";
    case Mismatch::Kind::Method:
        return "method is " + std::string(head.method) + ", wanted " + conditions.method;
    case Mismatch::Kind::Header: {
        const ValueCondition& wanted = conditions.headers[mismatch.index];
        if (!joinedHeader(head, wanted.name, got))
            return "header " + wanted.name + " is absent, wanted " + wantedValue(wanted);
        return "header " + wanted.name + " is '" + got + "', wanted " + wantedValue(wanted);
    }
    case Mismatch::Kind::QueryParam: {
        const ValueCondition& wanted = conditions.queryParams[mismatch.index];
        if (!decodedQueryParam(head.query, wanted.name, got))
            return "query parameter " + wanted.name + " is absent, wanted " + wantedValue(wanted);
        return "query parameter " + wanted.name + " is '" + got + "', wanted " + wantedValue(wanted);
    }
    case Mismatch::Kind::None:
        break;
    }
    return {};
}

std::string unaskedReason(const HostTables& tables, std::uint32_t index, const RequestHead& head)
{
    const std::optional<model::Hostname>& hostname = tables.hostnames[tables.hostnameOf[index]];
    const LowerHost host(hostOf(head.authority));
    if (hostname && !hostname->matches(host.view()))
        return "host " + std::string(host.view()) + " is not covered by hostname " + hostname->text();
    const model::HTTPPathMatch& path = tables.candidates[index].source->path;
    switch (path.type) {
    case model::PathMatchType::Exact:
        return "path " + std::string(head.path) + " is not exactly " + path.value;
    case model::PathMatchType::RegularExpression:
        return "path " + std::string(head.path) + " does not match the expression " + path.value;
    case model::PathMatchType::PathPrefix:
        break;
    }
    return "path " + std::string(head.path) + " is not below " + path.value;
}

namespace {

struct FilterWords {
    const RouteDecision& decision;
    const RequestHead& head;
    std::vector<std::string>& words;

    void operator()(const RequestHeaders& filter) const { modifier("request", filter.modifier); }
    void operator()(const ResponseHeaders& filter) const { modifier("response", filter.modifier); }
    void operator()(const CompiledRedirect& filter) const
    {
        TextArena arena;
        words.push_back("redirect with " + std::to_string(filter.statusCode) + " to " +
                        std::string(redirectLocation(filter, decision, head, arena)));
    }
    void operator()(const CompiledRewrite& filter) const
    {
        TextArena arena;
        RequestHead rewritten = head;
        rewriteUrl(filter, decision, rewritten, arena);
        if (filter.hostname)
            words.push_back("rewrite host " + std::string(head.authority) + " to " + std::string(rewritten.authority));
        if (filter.path)
            words.push_back("rewrite path " + std::string(head.path) + " to " + std::string(rewritten.path));
    }

private:
    void modifier(const std::string& side, const CompiledHeaderModifier& modifier) const
    {
        for (const auto& [name, value] : modifier.set)
            words.push_back("set " + side + " header " + name + ": " + value);
        for (const auto& [name, value] : modifier.add)
            words.push_back("add " + side + " header " + name + ": " + value);
        for (const std::string& name : modifier.remove)
            words.push_back("remove " + side + " header " + name);
    }
};

} // namespace

std::vector<std::string> filterWords(const std::vector<CompiledFilter>& filters, const RouteDecision& decision,
                                     const RequestHead& head)
{
    std::vector<std::string> words;
    for (const CompiledFilter& filter : filters)
        std::visit(FilterWords{decision, head, words}, filter);
    return words;
}

} // namespace gatehouse::routing
