#include "importers/ingress/rules.h"

#include <algorithm>

namespace gatehouse::importers::ingress {
namespace {

using model::Value;

/// Of one rule (Gateway API, spec.rules[].matches).
constexpr std::size_t mostMatches = 64;

/// A rule before it is written: its matches, and everything else.
struct Draft {
    std::vector<Value> matches;
    Value rest;         ///< filters, backendRefs, timeouts
    bool alone = false; ///< ReplacePrefixMatch asks for one match
};

Value listOf(const std::vector<std::string>& texts)
{
    Value list = Value::array();
    for (const std::string& text : texts)
        list.push(text);
    return list;
}

Value filterOf(const char* type, const char* member, Value value)
{
    Value filter = Value::object();
    filter.set("type", type);
    filter.set(member, std::move(value));
    return filter;
}

Value replaceFullPath(const std::string& path)
{
    Value value = Value::object();
    value.set("type", "ReplaceFullPath");
    value.set("replaceFullPath", path);
    return value;
}

Value redirectFilter(const Redirect& redirect)
{
    Value value = Value::object();
    if (!redirect.scheme.empty())
        value.set("scheme", redirect.scheme);
    if (!redirect.host.empty())
        value.set("hostname", redirect.host);
    if (!redirect.path.empty())
        value.set("path", replaceFullPath(redirect.path));
    if (redirect.port != 0)
        value.set("port", static_cast<std::int64_t>(redirect.port));
    value.set("statusCode", redirect.status);
    return filterOf("RequestRedirect", "requestRedirect", std::move(value));
}

Value corsFilter(const Cors& cors)
{
    Value value = Value::object();
    value.set("allowOrigins", listOf(cors.origins));
    if (cors.credentials)
        value.set("allowCredentials", true);
    value.set("allowMethods", listOf(cors.methods));
    value.set("allowHeaders", listOf(cors.headers));
    if (!cors.exposedHeaders.empty())
        value.set("exposeHeaders", listOf(cors.exposedHeaders));
    value.set("maxAge", cors.maxAgeSeconds);
    return filterOf("CORS", "cors", std::move(value));
}

Value filtersOf(const ServedPath& path)
{
    const Policy& policy = *path.policy;
    Value filters = Value::array();
    if (policy.cors)
        filters.push(corsFilter(*policy.cors));
    if (policy.redirect) {
        filters.push(redirectFilter(*policy.redirect));
        return filters;
    }
    const bool rewrites = !path.match.replaceFullPath.empty() || !path.match.replacePrefixMatch.empty();
    if (!policy.forwardedPrefix.empty() && rewrites) {
        Value header = Value::object(), modifier = Value::object();
        header.set("name", "X-Forwarded-Prefix");
        header.set("value", policy.forwardedPrefix);
        modifier.set("set", Value(Value::Array{std::move(header)}));
        filters.push(filterOf("RequestHeaderModifier", "requestHeaderModifier", std::move(modifier)));
    }
    if (!rewrites && policy.upstreamHost.empty())
        return filters;
    Value rewrite = Value::object();
    if (!policy.upstreamHost.empty())
        rewrite.set("hostname", policy.upstreamHost);
    if (!path.match.replaceFullPath.empty())
        rewrite.set("path", replaceFullPath(path.match.replaceFullPath));
    if (!path.match.replacePrefixMatch.empty()) {
        Value prefix = Value::object();
        prefix.set("type", "ReplacePrefixMatch");
        prefix.set("replacePrefixMatch", path.match.replacePrefixMatch);
        rewrite.set("path", std::move(prefix));
    }
    filters.push(filterOf("URLRewrite", "urlRewrite", std::move(rewrite)));
    return filters;
}

void addBackend(Value& backends, const Destination& destination, std::optional<std::uint32_t> weight)
{
    if (!destination.known())
        return;
    Value& backend = backends.push(Value::object());
    backend.set("name", destination.service.name);
    backend.set("port", static_cast<std::int64_t>(destination.port));
    if (weight)
        backend.set("weight", static_cast<std::int64_t>(*weight));
}

/// Who serves: both by weight, or one of them alone.
enum class Side { Both, Main, Canary };

Value backendsOf(const ServedPath& path, Side side)
{
    Value backends = Value::array();
    const bool shared = side == Side::Both && path.canary && path.canary->canary.weight > 0;
    if (side == Side::Canary) {
        addBackend(backends, path.canary->destination, std::nullopt);
    } else if (shared) {
        const Canary& canary = path.canary->canary;
        addBackend(backends, path.destination, canary.total - canary.weight);
        addBackend(backends, path.canary->destination, canary.weight);
    } else {
        addBackend(backends, path.destination, std::nullopt);
    }
    return backends;
}

Draft draftOf(const ServedPath& path, Value match, Side side, bool grpc)
{
    Draft draft;
    draft.matches.push_back(std::move(match));
    draft.alone = !path.match.replacePrefixMatch.empty();
    draft.rest = Value::object();
    if (Value filters = grpc ? Value::array() : filtersOf(path); !filters.asArray()->empty())
        draft.rest.set("filters", std::move(filters));
    // Without one the rule answers 500: its requests must fall to no other.
    if (Value backends = backendsOf(path, side); !path.policy->redirect && !backends.asArray()->empty())
        draft.rest.set("backendRefs", std::move(backends));
    if (!path.policy->requestTimeout.empty() && !path.policy->redirect) {
        Value timeouts = Value::object();
        timeouts.set("request", path.policy->requestTimeout);
        draft.rest.set("timeouts", std::move(timeouts));
    }
    return draft;
}

Value withHeader(Value match, const std::string& name, const std::string& value)
{
    Value header = Value::object();
    header.set("name", name);
    header.set("value", value);
    match.set("headers", Value(Value::Array{std::move(header)}));
    return match;
}

void append(std::vector<Draft>& drafts, Draft draft)
{
    if (!drafts.empty() && !draft.alone && !drafts.back().alone && drafts.back().matches.size() < mostMatches &&
        drafts.back().rest == draft.rest)
        drafts.back().matches.push_back(std::move(draft.matches.front()));
    else
        drafts.push_back(std::move(draft));
}

/// A header comes before weights: a match with one more header wins.
void appendPath(std::vector<Draft>& drafts, const ServedPath& path, const Value& match, bool grpc)
{
    if (path.canary && !path.canary->canary.header.empty()) {
        const Canary& canary = path.canary->canary;
        const bool named = !canary.headerValue.empty();
        append(drafts, draftOf(path, withHeader(match, canary.header, named ? canary.headerValue : "always"),
                               Side::Canary, grpc));
        if (!named)
            append(drafts, draftOf(path, withHeader(match, canary.header, "never"), Side::Main, grpc));
    }
    append(drafts, draftOf(path, match, Side::Both, grpc));
}

std::vector<Value> written(std::vector<Draft> drafts)
{
    std::vector<Value> rules;
    for (Draft& draft : drafts) {
        Value rule = Value::object(), matches = Value::array();
        for (Value& match : draft.matches)
            matches.push(std::move(match));
        // An empty match stands for every call of a GRPCRoute, which a rule without matches says.
        const bool all = matches.asArray()->size() == 1 && matches.asArray()->front() == Value::object();
        if (!all)
            rule.set("matches", std::move(matches));
        for (model::Member& member : *draft.rest.asObject())
            rule.set(member.name, std::move(member.value));
        rules.push_back(std::move(rule));
    }
    return rules;
}

Value httpMatch(const std::string& type, const std::string& value)
{
    Value path = Value::object(), match = Value::object();
    path.set("type", type);
    path.set("value", value);
    match.set("path", std::move(path));
    return match;
}

/// "/", "/pkg.Service" or "/pkg.Service/Method" as a match of calls; nullopt when it is none of them.
std::optional<Value> grpcMatch(const PathMatch& path)
{
    if (path.type == "RegularExpression" || !path.replaceFullPath.empty() || !path.replacePrefixMatch.empty())
        return std::nullopt;
    const bool exact = path.type == "Exact";
    std::string text = path.value.substr(1);
    if (!exact && text.ends_with('/'))
        text.pop_back();
    Value match = Value::object();
    if (text.empty())
        return exact ? std::nullopt : std::optional(std::move(match));
    const std::size_t slash = text.find('/');
    const bool isDeeper = slash != std::string::npos && text.find('/', slash + 1) != std::string::npos;
    if (isDeeper || (exact && slash == std::string::npos))
        return std::nullopt;
    Value method = Value::object();
    method.set("service", text.substr(0, slash));
    if (slash != std::string::npos)
        method.set("method", text.substr(slash + 1));
    match.set("method", std::move(method));
    return match;
}

} // namespace

bool isGrpcServer(const Server& server)
{
    return !server.paths.empty() && std::all_of(server.paths.begin(), server.paths.end(), [](const ServedPath& path) {
        const Policy& policy = *path.policy;
        return policy.grpc && !policy.redirect && !policy.cors && policy.appRoot.empty() &&
               policy.upstreamHost.empty() && policy.requestTimeout.empty() && grpcMatch(path.match);
    });
}

std::vector<Value> httpRules(const std::vector<const ServedPath*>& paths)
{
    std::vector<Draft> drafts;
    const Policy& policy = *paths.front()->policy;
    if (!policy.appRoot.empty()) {
        Draft root;
        root.matches.push_back(httpMatch("Exact", "/"));
        root.rest = Value::object();
        Redirect redirect;
        redirect.path = policy.appRoot;
        root.rest.set("filters", Value(Value::Array{redirectFilter(redirect)}));
        drafts.push_back(std::move(root));
    }
    for (const ServedPath* path : paths) {
        // What "/" alone would serve is never asked for: ingress-nginx redirects first.
        const bool hidden = !policy.appRoot.empty() && path->match.type == "Exact" && path->match.value == "/";
        if (!hidden)
            appendPath(drafts, *path, httpMatch(path->match.type, path->match.value), false);
    }
    return written(std::move(drafts));
}

std::vector<Value> httpsRedirectRules(const std::vector<const ServedPath*>& paths)
{
    std::vector<Draft> drafts;
    Redirect redirect;
    redirect.scheme = "https";
    redirect.status = 308;
    for (const ServedPath* path : paths) {
        Draft draft;
        draft.matches.push_back(httpMatch(path->match.type, path->match.value));
        draft.rest = Value::object();
        draft.rest.set("filters", Value(Value::Array{redirectFilter(redirect)}));
        append(drafts, std::move(draft));
    }
    return written(std::move(drafts));
}

std::vector<Value> grpcRules(const std::vector<const ServedPath*>& paths)
{
    std::vector<Draft> drafts;
    for (const ServedPath* path : paths) {
        if (const auto match = grpcMatch(path->match)) {
            std::vector<Draft> own;
            appendPath(own, *path, *match, true);
            for (Draft& draft : own)
                // "Every call" is said by a rule without matches, so it is never put together with others.
                if (draft.matches.front() == Value::object() || drafts.empty() ||
                    drafts.back().matches.front() == Value::object())
                    drafts.push_back(std::move(draft));
                else
                    append(drafts, std::move(draft));
        }
    }
    return written(std::move(drafts));
}

} // namespace gatehouse::importers::ingress
