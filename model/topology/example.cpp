#include "model/topology/example.h"

#include <algorithm>

namespace gatehouse::model {
namespace {

bool allExact(const std::vector<ValueMatch>& matches)
{
    return std::all_of(matches.begin(), matches.end(),
                       [](const ValueMatch& match) { return match.type == ValueMatchType::Exact; });
}

void put(const std::vector<ValueMatch>& matches, std::vector<std::pair<std::string, std::string>>& fields)
{
    for (const ValueMatch& match : matches)
        fields.emplace_back(match.name, match.value);
}

std::optional<ExampleRequest> exampleOf(const HTTPRouteMatch& match)
{
    if (match.path.type == PathMatchType::RegularExpression || !allExact(match.headers) || !allExact(match.queryParams))
        return std::nullopt;
    ExampleRequest request;
    request.method = match.method.empty() ? "GET" : match.method;
    request.path = match.path.value;
    put(match.queryParams, request.query);
    put(match.headers, request.headers);
    return request;
}

std::optional<ExampleRequest> exampleOf(const GRPCRouteMatch& match)
{
    if (!allExact(match.headers))
        return std::nullopt;
    ExampleRequest request;
    put(match.headers, request.headers);
    if (!match.method)
        return request;
    // A match of a service or a method alone leaves open which the other is.
    if (match.method->type != ValueMatchType::Exact || !match.method->service || !match.method->method)
        return std::nullopt;
    request.path = *match.method->service + '/' + *match.method->method;
    return request;
}

template <class Rules>
std::optional<ExampleRequest> firstOf(const Rules& rules)
{
    for (const auto& rule : rules) {
        for (const auto& match : rule.matches)
            if (auto request = exampleOf(match))
                return request;
        if (rule.matches.empty())
            return ExampleRequest();
    }
    return std::nullopt;
}

} // namespace

std::optional<ExampleRequest> exampleOf(const Route& route)
{
    switch (route.kind) {
    case RouteKind::HTTPRoute:
        return firstOf(static_cast<const HTTPRoute&>(route).rules);
    case RouteKind::GRPCRoute:
        return firstOf(static_cast<const GRPCRoute&>(route).rules);
    case RouteKind::TLSRoute:
    case RouteKind::TCPRoute:
    case RouteKind::UDPRoute:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace gatehouse::model
