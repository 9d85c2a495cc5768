#include "importers/decode/decode_context.h"

namespace gatehouse::importers {
namespace {

using model::Value;

void fillRoute(model::Route& route, const DecodeInput& input, model::RouteKind kind)
{
    fillResource(route, input);
    route.kind = kind;
    route.parentRefs = readList(input.spec(), "parentRefs", readParentReference);
    route.hostnames = readHostnames(input.spec());
}

model::HTTPPathMatch readPath(const Value& value)
{
    model::HTTPPathMatch path;
    const std::string type = text(value, "type");
    path.type = type == "Exact"               ? model::PathMatchType::Exact
                : type == "RegularExpression" ? model::PathMatchType::RegularExpression
                                              : model::PathMatchType::PathPrefix;
    path.value = text(value, "value");
    path.position = value.position();
    return path;
}

model::HTTPRouteMatch readHTTPMatch(const Value& value)
{
    model::HTTPRouteMatch match;
    if (const Value* path = value.find("path"))
        match.path = readPath(*path);
    match.headers = readValueMatches(value, "headers");
    match.queryParams = readValueMatches(value, "queryParams");
    match.method = text(value, "method");
    match.position = value.position();
    return match;
}

model::SessionPersistence readSessionPersistence(const Value& value)
{
    model::SessionPersistence session;
    session.sessionName = text(value, "sessionName");
    session.byHeader = text(value, "type") == "Header";
    session.absoluteTimeout = optionalDuration(value, "absoluteTimeout");
    if (const Value* cookie = value.find("cookieConfig"))
        session.permanent = text(*cookie, "lifetimeType") == "Permanent";
    return session;
}

model::HTTPRouteRetry readRetry(const Value& value)
{
    model::HTTPRouteRetry retry;
    for (const Value& code : items(value, "codes"))
        retry.codes.push_back(static_cast<std::uint16_t>(code.asInt().value_or(0)));
    if (value.find("attempts"))
        retry.attempts = static_cast<std::uint32_t>(number(value, "attempts"));
    retry.backoff = optionalDuration(value, "backoff");
    return retry;
}

model::HTTPRouteRule readHTTPRule(const Value& value)
{
    model::HTTPRouteRule rule;
    rule.name = text(value, "name");
    rule.matches = readList(value, "matches", readHTTPMatch);
    rule.position = value.position();
    // `matches: []` passes the schema and means the same as the default: every path.
    if (rule.matches.empty()) {
        rule.matches.emplace_back();
        rule.matches.back().position = rule.position;
        rule.matches.back().path.position = rule.position;
    }
    rule.filters = readFilters(value);
    rule.backendRefs = readBackendRefs(value);
    if (const Value* timeouts = value.find("timeouts")) {
        rule.timeouts.request = optionalDuration(*timeouts, "request");
        rule.timeouts.backendRequest = optionalDuration(*timeouts, "backendRequest");
    }
    rule.retry = readOptional(value, "retry", readRetry);
    rule.sessionPersistence = readOptional(value, "sessionPersistence", readSessionPersistence);
    return rule;
}

model::GRPCMethodMatch readGRPCMethod(const Value& value)
{
    model::GRPCMethodMatch method;
    if (text(value, "type") == "RegularExpression")
        method.type = model::ValueMatchType::RegularExpression;
    method.service = optionalText(value, "service");
    method.method = optionalText(value, "method");
    method.position = value.position();
    return method;
}

model::GRPCRouteMatch readGRPCMatch(const Value& value)
{
    model::GRPCRouteMatch match;
    match.method = readOptional(value, "method", readGRPCMethod);
    match.headers = readValueMatches(value, "headers");
    match.position = value.position();
    return match;
}

model::GRPCRouteRule readGRPCRule(const Value& value)
{
    model::GRPCRouteRule rule;
    rule.name = text(value, "name");
    rule.matches = readList(value, "matches", readGRPCMatch);
    rule.filters = readFilters(value);
    rule.backendRefs = readBackendRefs(value);
    rule.sessionPersistence = readOptional(value, "sessionPersistence", readSessionPersistence);
    rule.position = value.position();
    return rule;
}

model::L4RouteRule readL4Rule(const Value& value)
{
    return {text(value, "name"), readBackendRefs(value), value.position()};
}

} // namespace

Decoded decodeHTTPRoute(const DecodeInput& input)
{
    auto made = std::make_shared<model::HTTPRoute>();
    fillRoute(*made, input, model::RouteKind::HTTPRoute);
    made->rules = readList(input.spec(), "rules", readHTTPRule);
    return {made};
}

Decoded decodeGRPCRoute(const DecodeInput& input)
{
    auto made = std::make_shared<model::GRPCRoute>();
    fillRoute(*made, input, model::RouteKind::GRPCRoute);
    made->rules = readList(input.spec(), "rules", readGRPCRule);
    return {made};
}

Decoded decodeL4Route(const DecodeInput& input)
{
    auto made = std::make_shared<model::L4Route>();
    const model::RouteKindInfo* row = model::findRouteKind(input.key.group, input.key.kind);
    fillRoute(*made, input, row ? row->kind : model::RouteKind::TCPRoute);
    made->rules = readList(input.spec(), "rules", readL4Rule);
    return {made};
}

} // namespace gatehouse::importers
