#include "model/schema/schema_builders.h"

namespace gatehouse::model::schema {
namespace {

Node backendRefs(Node filters, Length count)
{
    std::vector<SchemaField> fields = backendReferenceFields();
    fields.push_back(
        byDefault("weight", integer(0, 1'000'000), 1, "The backend's share against the sum of all weights."));
    if (filters)
        fields.push_back(field("filters", filters, "Filters for requests to this backend only."));
    return list(object(std::move(fields)), count);
}

SchemaField parentRefs()
{
    return field("parentRefs", list(parentReference(), {0, 32}), "The Gateways and listeners that the route asks for.");
}

SchemaField hostnames(std::size_t most = 16)
{
    return field("hostnames", list(hostname(), {0, most}), "Hostnames that the route is for; the listener's if empty.");
}

SchemaField ruleName()
{
    return field("name", sectionName(), "The rule's name, unique in the route.");
}

Value anyPath()
{
    return objectValue({{"type", "PathPrefix"}, {"value", "/"}});
}

/// The default of `matches`: one match of every path.
Value anyMatch()
{
    Value matches = Value::array();
    matches.push(objectValue({{"path", anyPath()}}));
    return matches;
}

Node httpRouteMatch()
{
    static const Node path = object({
        byDefault("type", oneOf({"Exact", "PathPrefix", "RegularExpression"}), "PathPrefix",
                  "How the path is compared."),
        byDefault("value", string({0, 1024}), "/", "The path, its prefix, or the pattern."),
    });
    static const Node node = object({
        byDefault("path", path, anyPath(), "What the path must be."),
        field("headers", valueMatches(headerValue(), "The header's name, in any case."),
              "Headers that must be present."),
        field("queryParams", valueMatches(string({1, 1024}), "The parameter's name, in this case."),
              "Query parameters that must be present."),
        field("method", oneOf({"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}),
              "What the method must be."),
    });
    return node;
}

Node httpRouteRule()
{
    static const Node timeouts = object({
        field("request", duration(), "How long the whole answer may take; 0s is for ever."),
        field("backendRequest", duration(), "How long one try of a backend may take; 0s is for ever."),
    });
    static const Node retry = object({
        field("codes", listSet(integer(400, 599)), "Statuses that are tried again."),
        field("attempts", integerAtLeast(1), "How often it is tried again."),
        field("backoff", duration(), "How long to wait between tries."),
    });
    static const Node node = object({
        ruleName(),
        byDefault("matches", list(httpRouteMatch(), {0, 64}), anyMatch(), "The rule serves what any of these matches."),
        field("filters", httpRouteFilters(), "What is done with requests and responses, in this order."),
        field("backendRefs", backendRefs(httpRouteFilters(), {0, 16}), "Where requests go, by weight."),
        field("timeouts", timeouts, "How long answers may take."),
        experimental(field("retry", retry, "When a failed request is tried again.")),
        experimental(field("sessionPersistence", sessionPersistence(), "Keeps a client at one backend.")),
    });
    return node;
}

Node grpcRouteRule()
{
    static const Node method = object({
        byDefault("type", oneOf({"Exact", "RegularExpression"}), "Exact", "How service and method are compared."),
        field("service", string({0, 1024}), "The gRPC service, package included."),
        field("method", string({0, 1024}), "The gRPC method."),
    });
    static const Node match = object({
        field("method", method, "Which call; every one if absent."),
        field("headers", valueMatches(string({1, 4096}), "The header's name, in any case."),
              "Headers that must be present."),
    });
    static const Node node = object({
        ruleName(),
        field("matches", list(match, {0, 64}), "The rule serves what any of these matches; every call if empty."),
        field("filters", grpcRouteFilters(), "What is done with requests and responses, in this order."),
        field("backendRefs", backendRefs(grpcRouteFilters(), {0, 16}), "Where calls go, by weight."),
        experimental(field("sessionPersistence", sessionPersistence(), "Keeps a client at one backend.")),
    });
    return node;
}

/// TLSRoute, TCPRoute and UDPRoute: rules with nothing but backends. The alpha versions allowed several rules.
SchemaField l4Rules(std::size_t most)
{
    static const Node rule = object({
        ruleName(),
        required("backendRefs", backendRefs(nullptr, {1, 16}), "Where connections go, by weight."),
    });
    return required("rules", list(rule, {1, most}), "Where the traffic goes.");
}

} // namespace

Node httpRouteRoot()
{
    Value everything = Value::array();
    everything.push(objectValue({{"matches", anyMatch()}}));
    return customResource(object({
        parentRefs(),
        hostnames(),
        byDefault("rules", list(httpRouteRule(), {1, 16}), std::move(everything), "What is served, and by whom."),
        useDefaultGateways(),
    }));
}

Node grpcRouteRoot()
{
    return customResource(object({
        parentRefs(),
        hostnames(),
        field("rules", list(grpcRouteRule(), {0, 16}), "Which calls are served, and by whom."),
        useDefaultGateways(),
    }));
}

Node tlsRouteRoot()
{
    return customResource(object({
        parentRefs(),
        required("hostnames", list(hostname(), {1, 1024}), "Server names (SNI) that the route is for."),
        l4Rules(1),
        useDefaultGateways(),
    }));
}

Node oldTlsRouteRoot()
{
    return customResource(object({parentRefs(), hostnames(1024), l4Rules(16), useDefaultGateways()}));
}

Node tcpOrUdpRouteRoot()
{
    static const Node node = customResource(object({parentRefs(), l4Rules(1), useDefaultGateways()}));
    return node;
}

Node oldTcpOrUdpRouteRoot()
{
    static const Node node = customResource(object({parentRefs(), l4Rules(16), useDefaultGateways()}));
    return node;
}

} // namespace gatehouse::model::schema
