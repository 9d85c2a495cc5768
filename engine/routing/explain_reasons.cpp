#include "engine/routing/explain_reasons.h"

#include "engine/routing/filters/filters.h"
#include "engine/routing/grpc.h"

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

/// "shop.Cart/Add", "shop.Cart/*", "*"
std::string callText(const PathPattern& pattern)
{
    if (!pattern.call)
        return "*";
    return (pattern.serviceLength() > 0 ? *pattern.call->service : "*") + '/' +
           (pattern.methodLength() > 0 ? *pattern.call->method : "*");
}

std::string notGrpcReason(const RequestHead& head)
{
    if (head.method != "POST")
        return "the request is not gRPC: its method is " + std::string(head.method) + ", wanted POST";
    if (!grpcContentType(head).empty())
        return "the request is not gRPC: the path " + std::string(head.path) + " is no /service/method";
    const HeaderField* const type = head.headers.find("content-type");
    return "the request is not gRPC: its content-type is " +
           (type ? '\'' + std::string(type->value) + '\'' : std::string("absent")) + ", wanted application/grpc";
}

/// Why the tables did not lead a call to an Exact match; expressions are always asked.
std::string callReason(const PathPattern& pattern, const RequestHead& head)
{
    const GrpcCall call = grpcCall(head.path);
    if (call.service != *pattern.call->service)
        return "gRPC service is " + std::string(call.service) + ", wanted '" + *pattern.call->service + '\'';
    return "gRPC method is " + std::string(call.method) + ", wanted '" + pattern.call->method.value_or("") + '\'';
}

} // namespace

CandidateRank::CandidateRank(const Snapshot& snapshot, const HostTable& tables, std::uint32_t index)
{
    const Candidate& candidate = tables.candidates[index];
    hostname_ = &tables.hostnames[tables.hostnameOf[index]];
    pattern_ = &tables.patterns[candidate.pattern];
    origin_ = &snapshot.rules[candidate.rule.value].origin;
    route_ = (*snapshot.graph)[origin_->route].resource;
    match_ = candidate.match;
    if (candidate.conditions != Candidate::noConditions) {
        const Conditions& conditions = tables.conditions[candidate.conditions];
        method_ = conditions.method;
        headers_ = conditions.headers.size();
        queryParams_ = conditions.queryParams.size();
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
    const PathPattern &a = *pattern_, &b = *other.pattern_;
    if (a.isGrpc && b.isGrpc) {
        if (a.grpcForm() != b.grpcForm())
            return {Step::GrpcForm, a.grpcForm() < b.grpcForm()};
        if (a.serviceLength() != b.serviceLength())
            return {Step::GrpcService, a.serviceLength() > b.serviceLength()};
        if (a.methodLength() != b.methodLength())
            return {Step::GrpcMethod, a.methodLength() > b.methodLength()};
    } else if (a.type != b.type) {
        return {Step::PathKind, pathRank(a.type) < pathRank(b.type)};
    } else if (a.type == model::PathMatchType::PathPrefix && a.value.size() != b.value.size()) {
        return {Step::PathLength, a.value.size() > b.value.size()};
    }
    if (method_.empty() != other.method_.empty())
        return {Step::Method, !method_.empty()};
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
        return winner.pattern_->type == model::PathMatchType::Exact
                   ? "lost to the Exact path " + std::string(winner.pattern_->value)
                   : "lost to the RegularExpression path " + std::string(winner.pattern_->value);
    case Step::PathLength:
        return "lost to the longer prefix " + std::string(winner.pattern_->value) + " (this one has " +
               std::string(pattern_->value) + ')';
    case Step::GrpcForm:
        return "lost to the closer gRPC method match " + callText(*winner.pattern_) + " (this one has " +
               callText(*pattern_) + ')';
    case Step::GrpcService:
        return "lost to more characters of the gRPC service, " + callText(*winner.pattern_) + " (this one has " +
               callText(*pattern_) + ')';
    case Step::GrpcMethod:
        return "lost to more characters of the gRPC method, " + callText(*winner.pattern_) + " (this one has " +
               callText(*pattern_) + ')';
    case Step::Method:
        return "lost to a match that asks for method " + std::string(winner.method_);
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

std::string mismatchReason(Mismatch mismatch, const HostTable& tables, const Candidate& candidate,
                           const RequestHead& head)
{
    const Conditions& conditions = tables.conditions[candidate.conditions];
    const std::string pattern(tables.patterns[candidate.pattern].value);
    std::string got;
    switch (mismatch.kind) {
    case Mismatch::Kind::NotGrpc:
        return notGrpcReason(head);
    case Mismatch::Kind::GrpcService:
        return "gRPC service is " + std::string(grpcCall(head.path).service) + ", wanted " +
               wantedValue(conditions.grpc->service);
    case Mismatch::Kind::GrpcMethod:
        return "gRPC method is " + std::string(grpcCall(head.path).method) + ", wanted " +
               wantedValue(conditions.grpc->method);
    case Mismatch::Kind::Path:
        return conditions.pathRegex ? "path " + std::string(head.path) + " does not match the expression " + pattern
                                    : "the path expression " + pattern + " is not valid";
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

std::string unaskedReason(const HostTable& tables, std::uint32_t index, const RequestHead& head)
{
    const std::optional<model::Hostname>& hostname = tables.hostnames[tables.hostnameOf[index]];
    const LowerHost host(hostOf(head.authority));
    if (hostname && !hostname->matches(host.view()))
        return "host " + std::string(host.view()) + " is not covered by hostname " + hostname->text();
    const PathPattern& path = tables.patterns[tables.candidates[index].pattern];
    if (path.isGrpc)
        return isGrpcRequest(head) ? callReason(path, head) : notGrpcReason(head);
    const std::string value(path.value);
    switch (path.type) {
    case model::PathMatchType::Exact:
        return "path " + std::string(head.path) + " is not exactly " + value;
    case model::PathMatchType::RegularExpression:
        return "path " + std::string(head.path) + " does not match the expression " + value;
    case model::PathMatchType::PathPrefix:
        break;
    }
    return "path " + std::string(head.path) + " is not below " + value;
}

namespace {

struct FilterWords {
    const RouteDecision& decision;
    const RequestHead& head;
    std::vector<std::string>& words;

    void operator()(const RequestHeaders& filter) const { addModifierWords("request", filter.modifier, words); }
    void operator()(const ResponseHeaders& filter) const { addModifierWords("response", filter.modifier, words); }
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

    void operator()(const CompiledMirror& filter) const
    {
        if (!filter.problem.empty())
            words.push_back("no copy to " + filter.backend + ": " + filter.problem);
        else if (filter.numerator == filter.denominator)
            words.push_back("copy to " + filter.backend + ", whose answer is ignored");
        else
            words.push_back("copy " + number(filter.numerator) + " of " + number(filter.denominator) + " requests to " +
                            filter.backend + ", whose answers are ignored");
    }
    void operator()(const CompiledAuth& filter) const
    {
        if (filter.grpc)
            words.push_back("ask " + filter.backend + " by gRPC first: only its OK lets the request through");
        else
            words.push_back("ask " + filter.backend + " for " + filter.pathPrefix + std::string(head.path) +
                            " first: only its 200 lets the request through");
    }
    void operator()(const CompiledCors& filter) const
    {
        const std::string origin(originOf(head));
        if (origin.empty())
            words.push_back("CORS: no Origin, so this is no cross-origin request");
        else if (!allowsOrigin(filter, origin))
            words.push_back("CORS: origin " + origin + " is not allowed, the answer has no access-control headers");
        else
            words.push_back("CORS: origin " + origin + " is allowed" +
                            (filter.credentials ? ", with credentials" : ", without credentials"));
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

void addModifierWords(const std::string& side, const CompiledHeaderModifier& modifier, std::vector<std::string>& words)
{
    for (const auto& [name, value] : modifier.set)
        words.push_back("set " + side + " header " + name + ": " + value);
    for (const auto& [name, value] : modifier.add)
        words.push_back("add " + side + " header " + name + ": " + value);
    for (const std::string& name : modifier.remove)
        words.push_back("remove " + side + " header " + name);
}

std::string sessionWords(const CompiledSession& session)
{
    std::string words = std::string("keep a client at one endpoint by the ") +
                        (session.byHeader ? "header " : "cookie ") + session.name;
    if (session.absoluteTimeout)
        words += ", for " + std::to_string(session.absoluteTimeout->count()) + " s";
    return words + (session.permanent ? ", also when the browser ends" : "");
}

std::string retryWords(const CompiledRetry& retry)
{
    std::string words = "retry up to " + number(retry.attempts) + (retry.attempts == 1 ? " time" : " times") + ", " +
                        std::to_string(retry.backoff.count()) + " ms apart at least, after a failed connection";
    for (const std::uint16_t code : retry.codes)
        words += (code == retry.codes.front() ? " or status " : ", ") + std::to_string(code);
    return words;
}

} // namespace gatehouse::routing
