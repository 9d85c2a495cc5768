#include "engine/routing/compile_parts.h"
#include "engine/routing/filters/filters.h"

#include <algorithm>

namespace gatehouse::routing {
namespace {

std::string lowered(std::string text)
{
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + ('a' - 'A'));
    return text;
}

CompiledHeaderModifier compileModifier(const model::HeaderModifier& modifier)
{
    CompiledHeaderModifier compiled;
    for (const model::HTTPHeader& header : modifier.set)
        compiled.set.emplace_back(lowered(header.name), header.value);
    for (const model::HTTPHeader& header : modifier.add)
        compiled.add.emplace_back(lowered(header.name), header.value);
    for (const std::string& name : modifier.remove)
        compiled.remove.push_back(lowered(name));
    return compiled;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

bool isAny(const std::vector<std::string>& names)
{
    return names.size() == 1 && names.front() == "*";
}

CompiledCors compileCors(const model::CORS& filter)
{
    CompiledCors compiled;
    compiled.anyOrigin = isAny(filter.allowOrigins);
    for (const std::string& origin : filter.allowOrigins)
        if (auto pattern = originPattern(origin))
            compiled.origins.push_back(std::move(*pattern));
    compiled.anyMethod = isAny(filter.allowMethods);
    compiled.anyHeader = isAny(filter.allowHeaders);
    compiled.methods = joined(filter.allowMethods);
    compiled.headers = joined(filter.allowHeaders);
    compiled.credentials = filter.allowCredentials;
    // With credentials browsers take * for the name of a header (Fetch standard).
    for (const std::string& name : filter.exposeHeaders)
        if (name != "*" || !filter.allowCredentials)
            compiled.exposedHeaders.append(compiled.exposedHeaders.empty() ? "" : ", ").append(name);
    compiled.maxAge = std::to_string(filter.maxAgeSeconds);
    return compiled;
}

CompiledMirror compileMirror(const FilterCompilation& with, const model::RequestMirror& filter)
{
    CompiledMirror compiled;
    compiled.numerator = filter.numerator;
    compiled.denominator = filter.denominator;
    compiled.number = with.compilation.snapshot.mirrors++;
    const model::BackendObjectReference& ref = filter.backendRef;
    compiled.backend = (ref.namespace_ ? *ref.namespace_ + '/' : "") + ref.name;
    const auto resolved = std::find_if(with.rule.mirrors.begin(), with.rule.mirrors.end(),
                                       [&](const model::ResolvedMirror& each) { return each.mirror == &filter; });
    if (resolved == with.rule.mirrors.end()) {
        compiled.problem = "the reference was not resolved";
    } else if (resolved->backend.outcome != model::BackendOutcome::Ok) {
        compiled.problem = std::string(toString(resolved->backend.outcome)) + ": " + resolved->backend.message;
    } else {
        compiled.cluster = with.clusters.of(resolved->backend, with.use);
        compiled.backend = with.compilation.snapshot.clusters[compiled.cluster.value].name;
    }
    return compiled;
}

std::vector<std::string> lowered(const std::vector<std::string>& names)
{
    std::vector<std::string> all;
    for (const std::string& name : names)
        all.push_back(lowered(name));
    return all;
}

/// nullopt: its server did not resolve, and whoever asks for it is refused.
std::optional<CompiledAuth> compileAuth(const FilterCompilation& with, const model::ExternalAuth& filter)
{
    const auto resolved = std::find_if(with.rule.auths.begin(), with.rule.auths.end(),
                                       [&](const model::ResolvedAuth& each) { return each.auth == &filter; });
    if (resolved == with.rule.auths.end() || resolved->backend.outcome != model::BackendOutcome::Ok)
        return std::nullopt;
    CompiledAuth compiled;
    compiled.grpc = filter.protocol == "GRPC";
    compiled.cluster = with.clusters.of(resolved->backend, compiled.grpc ? ClusterUse::Grpc : with.use);
    compiled.backend = with.compilation.snapshot.clusters[compiled.cluster.value].name;
    compiled.pathPrefix = filter.pathPrefix;
    while (compiled.pathPrefix.ends_with('/'))
        compiled.pathPrefix.pop_back();
    compiled.requestHeaders = lowered(filter.allowedHeaders);
    compiled.responseHeaders = lowered(filter.allowedResponseHeaders);
    compiled.maxBodyBytes = filter.maxBodyBytes;
    return compiled;
}

/// One overload a filter type: a new type in the variant does not compile until it has one.
struct FilterCompiler {
    const FilterCompilation& with;
    CompiledFilters& out;

    void operator()(const model::RequestHeaderModifier& filter) const
    {
        out.filters.emplace_back(RequestHeaders{compileModifier(filter.headers)});
    }
    void operator()(const model::ResponseHeaderModifier& filter) const
    {
        out.filters.emplace_back(ResponseHeaders{compileModifier(filter.headers)});
    }
    void operator()(const model::RequestRedirect& filter) const
    {
        out.filters.emplace_back(
            CompiledRedirect{filter.scheme, filter.hostname, path(filter.path), filter.port, filter.statusCode});
    }
    void operator()(const model::URLRewrite& filter) const
    {
        out.filters.emplace_back(CompiledRewrite{filter.hostname, path(filter.path)});
    }
    void operator()(const model::RequestMirror& filter) const { out.filters.emplace_back(compileMirror(with, filter)); }
    void operator()(const model::CORS& filter) const { out.filters.emplace_back(compileCors(filter)); }
    void operator()(const model::ExternalAuth& filter) const
    {
        if (auto compiled = compileAuth(with, filter))
            out.filters.emplace_back(std::move(*compiled));
        else
            refuse("filter ExternalAuth has no server to ask");
    }
    void operator()(const model::ExtensionRef& filter) const
    {
        unsupported("ExtensionRef to " + filter.ref.kind + ' ' + filter.ref.name);
    }

private:
    // A filter that cannot run is never skipped: its requests get an error (HTTPRouteRule.filters).
    void unsupported(const std::string& what) const { refuse("this build does not run " + what + " filters yet"); }
    void refuse(std::string reason) const
    {
        if (out.unsupported.empty())
            out.unsupported = std::move(reason);
    }

    [[nodiscard]] std::optional<CompiledPathModifier> path(const std::optional<model::PathModifier>& modifier) const
    {
        if (!modifier)
            return std::nullopt;
        if (const auto* full = std::get_if<model::ReplaceFullPath>(&*modifier))
            return CompiledPathModifier{true, full->value};
        if (!with.prefixMatch)
            refuse("ReplacePrefixMatch needs a rule with exactly one match, which is a PathPrefix");
        return CompiledPathModifier{false, std::get<model::ReplacePrefixMatch>(*modifier).value};
    }
};

} // namespace

CompiledFilters compileFilters(const FilterCompilation& with, const std::vector<model::HTTPRouteFilter>& filters)
{
    CompiledFilters compiled;
    for (const model::HTTPRouteFilter& filter : filters)
        std::visit(FilterCompiler{with, compiled}, filter);
    return compiled;
}

} // namespace gatehouse::routing
