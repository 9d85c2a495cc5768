#include "importers/decode/decode_context.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Value;

std::vector<model::HTTPHeader> readHeaders(const Value& modifier, std::string_view name)
{
    return readList(modifier, name, [](const Value& item) {
        return model::HTTPHeader{text(item, "name"), text(item, "value")};
    });
}

model::HeaderModifier readHeaderModifier(const Value& value)
{
    return {readHeaders(value, "set"), readHeaders(value, "add"), textList(value, "remove")};
}

std::optional<model::PathModifier> readPathModifier(const Value& owner)
{
    const Value* path = owner.find("path");
    if (!path)
        return std::nullopt;
    if (text(*path, "type") == "ReplaceFullPath")
        return model::ReplaceFullPath{text(*path, "replaceFullPath")};
    return model::ReplacePrefixMatch{text(*path, "replacePrefixMatch")};
}

model::RequestRedirect readRedirect(const Value& value)
{
    model::RequestRedirect redirect;
    redirect.scheme = optionalText(value, "scheme");
    redirect.hostname = optionalText(value, "hostname");
    redirect.path = readPathModifier(value);
    redirect.port = optionalPort(value, "port");
    redirect.statusCode = static_cast<std::uint16_t>(number(value, "statusCode", redirect.statusCode));
    return redirect;
}

model::RequestMirror readMirror(const Value& value)
{
    model::RequestMirror mirror;
    if (const Value* backend = value.find("backendRef"))
        mirror.backendRef = readBackendObjectReference(*backend);
    if (const Value* fraction = value.find("fraction")) {
        mirror.numerator = static_cast<std::uint32_t>(number(*fraction, "numerator"));
        mirror.denominator = static_cast<std::uint32_t>(number(*fraction, "denominator", 100));
    } else {
        mirror.numerator = static_cast<std::uint32_t>(number(value, "percent", 100));
    }
    return mirror;
}

model::CORS readCors(const Value& value)
{
    model::CORS cors;
    cors.allowOrigins = textList(value, "allowOrigins");
    const Value* credentials = value.find("allowCredentials");
    cors.allowCredentials = credentials && credentials->asBool().value_or(false);
    cors.allowMethods = textList(value, "allowMethods");
    cors.allowHeaders = textList(value, "allowHeaders");
    cors.exposeHeaders = textList(value, "exposeHeaders");
    cors.maxAgeSeconds = static_cast<std::int32_t>(number(value, "maxAge", cors.maxAgeSeconds));
    return cors;
}

model::ExternalAuth readExternalAuth(const Value& value)
{
    model::ExternalAuth auth;
    auth.protocol = text(value, "protocol");
    if (const Value* backend = value.find("backendRef"))
        auth.backendRef = readBackendObjectReference(*backend);
    const Value* http = value.find("http");
    if (http) {
        auth.pathPrefix = text(*http, "path");
        auth.allowedResponseHeaders = textList(*http, "allowedResponseHeaders");
    }
    if (const Value* settings = http ? http : value.find("grpc"))
        auth.allowedHeaders = textList(*settings, "allowedHeaders");
    if (const Value* body = value.find("forwardBody"))
        auth.maxBodyBytes = static_cast<std::uint32_t>(number(*body, "maxSize", 0));
    return auth;
}

/// One row a filter type: the member that holds its settings, and how they are read.
struct FilterReader {
    std::string_view type;
    std::string_view member;
    model::HTTPRouteFilter (*read)(const Value& settings);
};

constexpr FilterReader readers[] = {
    {"RequestHeaderModifier", "requestHeaderModifier",
     [](const Value& v) -> model::HTTPRouteFilter {
         return model::RequestHeaderModifier{readHeaderModifier(v), {}};
     }},
    {"ResponseHeaderModifier", "responseHeaderModifier",
     [](const Value& v) -> model::HTTPRouteFilter {
         return model::ResponseHeaderModifier{readHeaderModifier(v), {}};
     }},
    {"RequestRedirect", "requestRedirect", [](const Value& v) -> model::HTTPRouteFilter { return readRedirect(v); }},
    {"URLRewrite", "urlRewrite",
     [](const Value& v) -> model::HTTPRouteFilter {
         return model::URLRewrite{optionalText(v, "hostname"), readPathModifier(v), {}};
     }},
    {"RequestMirror", "requestMirror", [](const Value& v) -> model::HTTPRouteFilter { return readMirror(v); }},
    {"CORS", "cors", [](const Value& v) -> model::HTTPRouteFilter { return readCors(v); }},
    {"ExternalAuth", "externalAuth", [](const Value& v) -> model::HTTPRouteFilter { return readExternalAuth(v); }},
    {"ExtensionRef", "extensionRef",
     [](const Value& v) -> model::HTTPRouteFilter {
         return model::ExtensionRef{readObjectReference(v), {}};
     }},
};

} // namespace

std::vector<model::HTTPRouteFilter> readFilters(const Value& owner)
{
    std::vector<model::HTTPRouteFilter> all;
    for (const Value& item : items(owner, "filters")) {
        const std::string type = text(item, "type");
        const auto* reader =
            std::find_if(std::begin(readers), std::end(readers), [&](const FilterReader& r) { return r.type == type; });
        const Value* settings = reader == std::end(readers) ? nullptr : item.find(reader->member);
        if (!settings)
            continue; // the rules on filter unions refused such an object
        model::HTTPRouteFilter filter = reader->read(*settings);
        std::visit([&](auto& any) { any.position = item.position(); }, filter);
        all.push_back(std::move(filter));
    }
    return all;
}

} // namespace gatehouse::importers
