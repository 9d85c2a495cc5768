#include "model/schema/schema_builders.h"

namespace gatehouse::model::schema {
namespace {

Node headerModifier()
{
    static const Node header = object({
        required("name", headerName(), "The header's name."),
        required("value", headerValue(), "The header's value."),
    });
    static const Node node = object({
        field("set", listMap(header, {"name"}, {0, 16}), "Headers to overwrite."),
        field("add", listMap(header, {"name"}, {0, 16}), "Headers to add to what is there."),
        field("remove", listSet(string(), {0, 16}), "Names of headers to take away."),
    });
    return node;
}

Node requestMirror()
{
    static const Node fraction = object({
        required("numerator", integer(0, 2147483647), "How many requests of each `denominator`."),
        byDefault("denominator", integer(1, 2147483647), 100, "Out of how many requests."),
    });
    static const Node node = object({
        required("backendRef", backendObjectReference(), "Who gets the copies."),
        field("percent", integer(0, 100), "The share of requests to copy, in per cent."),
        field("fraction", fraction, "The share of requests to copy, as a fraction."),
    });
    return node;
}

Node pathModifier()
{
    static const Node node = object({
        required("type", oneOf({"ReplaceFullPath", "ReplacePrefixMatch"}), "What of the path is replaced."),
        field("replaceFullPath", string({0, 1024}), "Takes the place of the whole path."),
        field("replacePrefixMatch", string({0, 1024}), "Takes the place of the matched prefix."),
    });
    return node;
}

Node requestRedirect()
{
    static const Node node = object({
        field("scheme", oneOf({"http", "https"}), "The scheme of the new location."),
        field("hostname", preciseHostname(), "The hostname of the new location."),
        field("path", pathModifier(), "How the new path is made."),
        field("port", portNumber(), "The port of the new location."),
        byDefault("statusCode", integerOneOf({"301", "302", "303", "307", "308"}), 302, "The status of the answer."),
    });
    return node;
}

Node urlRewrite()
{
    static const Node node = object({
        field("hostname", preciseHostname(), "The Host that the backend sees."),
        field("path", pathModifier(), "How the backend's path is made."),
    });
    return node;
}

Node cors()
{
    const auto headers = [] { return listSet(headerName(), {0, 64}); };
    static const Node node = object({
        field("allowOrigins", listSet(string({1, 253}, Format::CorsOrigin), {0, 64}), "Origins that may ask."),
        field("allowCredentials", boolean(), "Whether cookies and credentials may come along."),
        field("allowMethods",
              listSet(oneOf({"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*"}),
                      {0, 9}),
              "Methods that may be used."),
        field("allowHeaders", headers(), "Request headers that may be sent."),
        field("exposeHeaders", headers(), "Response headers that scripts may read."),
        byDefault("maxAge", integer(1, 2147483647), 5, "For how many seconds the answer may be kept."),
    });
    return node;
}

Node externalAuth()
{
    const auto names = [] { return listSet(string(), {0, 64}); };
    static const Node grpc = object({field("allowedHeaders", names(), "Request headers that are passed on.")});
    static const Node http = object({
        field("path", string({0, 1024}, Format::PathValue), "Prefix of the path that is asked."),
        field("allowedHeaders", names(), "Request headers that are passed on."),
        field("allowedResponseHeaders", names(), "Headers of the answer that reach the backend."),
    });
    static const Node body =
        object({field("maxSize", integerAtLeast(0), "How much of the body is passed on, in bytes.")});
    static const Node node = object({
        required("protocol", oneOf({"HTTP", "GRPC"}), "How the authorisation server is asked."),
        required("backendRef", backendObjectReference(), "The authorisation server."),
        field("grpc", grpc, "Settings for GRPC."),
        field("http", http, "Settings for HTTP."),
        field("forwardBody", body, "Whether and how much of the body is passed on."),
    });
    return node;
}

std::vector<SchemaField> sharedFilterFields(std::vector<std::string_view> types)
{
    return {
        required("type", oneOf(std::move(types)), "What the filter does; the member of that name must be set."),
        field("requestHeaderModifier", headerModifier(), "Changes request headers."),
        field("responseHeaderModifier", headerModifier(), "Changes response headers."),
        field("requestMirror", requestMirror(), "Copies requests to a second backend."),
        field("extensionRef", localObjectReference(), "A filter of one implementation."),
    };
}

} // namespace

Node httpRouteFilters()
{
    static const Node node = [] {
        std::vector<SchemaField> fields =
            sharedFilterFields({"RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect",
                                "URLRewrite", "ExtensionRef", "CORS", "ExternalAuth"});
        fields.push_back(field("requestRedirect", requestRedirect(), "Answers with a redirection."));
        fields.push_back(field("urlRewrite", urlRewrite(), "Changes host and path before forwarding."));
        fields.push_back(field("cors", cors(), "Answers preflights and marks cross-origin responses."));
        fields.push_back(experimental(field("externalAuth", externalAuth(), "Asks another server first.")));
        return list(object(std::move(fields)), {0, 16});
    }();
    return node;
}

Node grpcRouteFilters()
{
    static const Node node = list(object(sharedFilterFields({"ResponseHeaderModifier", "RequestHeaderModifier",
                                                             "RequestMirror", "ExtensionRef"})),
                                  {0, 16});
    return node;
}

} // namespace gatehouse::model::schema
