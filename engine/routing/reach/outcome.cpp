#include "engine/routing/reach/outcome.h"

#include "engine/routing/explain_edits.h"
#include "engine/routing/explain_reasons.h"

#include <cstdio>
#include <map>
#include <set>

namespace gatehouse::routing {
namespace {

std::string number(std::uint64_t n)
{
    return std::to_string(n);
}

std::string pathText(const CompiledPathModifier& path)
{
    return path.fullPath ? path.replacement : "the matched prefix replaced by '" + path.replacement + '\'';
}

std::string redirectText(const CompiledRedirect& redirect)
{
    std::string text = number(redirect.statusCode) + " to ";
    text += redirect.scheme.value_or("the same scheme") + "://" + redirect.hostname.value_or("the same host");
    if (redirect.port)
        text += ':' + number(*redirect.port);
    return text + (redirect.path ? ", path " + pathText(*redirect.path) : "");
}

std::string originText(const OriginPattern& origin)
{
    return std::string(origin.https ? "https" : "http") + "://" + (origin.wildcard ? "*" : "") + origin.host + ':' +
           number(origin.port);
}

/// One line for each thing that a filter does.
struct FilterLines {
    std::vector<std::string>& lines;

    void operator()(const RequestHeaders& filter) const { addModifierWords("request", filter.modifier, lines); }
    void operator()(const ResponseHeaders& filter) const { addModifierWords("response", filter.modifier, lines); }
    void operator()(const CompiledRedirect& filter) const { lines.push_back("redirect: " + redirectText(filter)); }
    void operator()(const CompiledRewrite& filter) const
    {
        if (filter.hostname)
            lines.push_back("rewrite host to " + *filter.hostname);
        if (filter.path)
            lines.push_back("rewrite path: " + pathText(*filter.path));
    }
    void operator()(const CompiledMirror& filter) const
    {
        lines.push_back("copy " + number(filter.numerator) + " of " + number(filter.denominator) + " to " +
                        filter.backend + (filter.problem.empty() ? "" : " (fails: " + filter.problem + ')'));
    }
    void operator()(const CompiledAuth& filter) const
    {
        std::string line = "ask " + filter.backend + filter.pathPrefix + " first" + (filter.grpc ? ", over gRPC" : "");
        for (const std::string& header : filter.requestHeaders)
            line += ", with " + header;
        for (const std::string& header : filter.responseHeaders)
            line += ", taking " + header;
        lines.push_back(line + (filter.maxBodyBytes == 0 ? "" : ", body up to " + number(filter.maxBodyBytes)));
    }
    void operator()(const CompiledCors& filter) const
    {
        std::string line = "CORS: origins";
        for (const OriginPattern& origin : filter.origins)
            line += ' ' + originText(origin);
        line += std::string(filter.anyOrigin ? " *" : "") + ", methods " + (filter.anyMethod ? "*" : filter.methods) +
                ", headers " + (filter.anyHeader ? "*" : filter.headers) + ", exposed " + filter.exposedHeaders;
        lines.push_back(line + (filter.credentials ? ", with credentials" : "") + ", for " + filter.maxAge + " s");
    }
};

std::vector<std::string> linesOf(const std::vector<CompiledFilter>& filters)
{
    std::vector<std::string> lines;
    for (const CompiledFilter& filter : filters)
        std::visit(FilterLines{lines}, filter);
    return lines;
}

const CompiledRedirect* redirectOf(const std::vector<CompiledFilter>& filters)
{
    for (const CompiledFilter& filter : filters)
        if (const auto* redirect = std::get_if<CompiledRedirect>(&filter))
            return redirect;
    return nullptr;
}

/// What one backend of a rule is, with what its own filters do.
std::string backendText(const Snapshot& snapshot, const WeightedBackend& backend)
{
    std::string text;
    if (!backend.cluster.valid()) {
        text = "500 (" + backend.problem.substr(0, backend.problem.find("; ")) + ')'; // without the advice
    } else {
        const Cluster& cluster = snapshot.clusters[backend.cluster.value];
        text = cluster.name;
        if (!cluster.refusal.empty())
            text += " (503: " + cluster.refusal + ')';
        else if (cluster.endpoints.empty())
            text += " (503: no ready endpoint)";
        else if (cluster.tls)
            text += " over TLS as " + cluster.tls->hostname;
    }
    std::string filters;
    for (const std::string& line : linesOf(backend.filters))
        filters += (filters.empty() ? "" : "; ") + line;
    return filters.empty() ? text : text + " [" + filters + ']';
}

std::string percent(std::uint64_t weight, std::uint64_t total)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.4g %%", 100.0 * static_cast<double>(weight) / static_cast<double>(total));
    return text;
}

std::string backendsText(const Snapshot& snapshot, const CompiledRule& rule)
{
    std::map<std::string, std::uint64_t> weights; // by text: equal ones are one
    for (const WeightedBackend& backend : rule.backends)
        if (backend.weight > 0)
            weights[backendText(snapshot, backend)] += backend.weight;
    if (weights.size() == 1)
        return weights.begin()->first;
    std::string text;
    for (const auto& [backend, weight] : weights)
        text += (text.empty() ? "" : ", ") + backend + ' ' + percent(weight, rule.totalWeight);
    return text;
}

/// How the backends are spoken to, where that is not plain HTTP/1.1 or bytes.
std::vector<std::string> connectionLines(const Snapshot& snapshot, const CompiledRule& rule)
{
    std::set<std::string> lines; // several backends may be one Service
    for (const WeightedBackend& backend : rule.backends) {
        if (backend.weight == 0 || !backend.cluster.valid())
            continue;
        const Cluster& cluster = snapshot.clusters[backend.cluster.value];
        if (cluster.protocol == BackendProtocol::H2c)
            lines.insert("speak HTTP/2 to " + cluster.name);
        if (cluster.proxyProtocol != ProxyProtocol::None)
            lines.insert("tell " + cluster.name + " of clients by PROXY protocol " +
                         (cluster.proxyProtocol == ProxyProtocol::V1 ? "v1" : "v2"));
        if (!cluster.tls)
            continue;
        for (const model::SubjectAltName& name : cluster.tls->subjectAltNames)
            lines.insert("take a certificate of " + cluster.name + " for " + name.value);
        if (cluster.tls->clientCertificate)
            lines.insert("show " + cluster.name + " Secret " + toString(cluster.tls->clientCertificate->key.name));
    }
    return {lines.begin(), lines.end()};
}

} // namespace

Outcome outcomeOf(const Snapshot& snapshot, RuleIndex index, Carrier carrier)
{
    const bool http = carrier == Carrier::Http;
    Outcome outcome;
    if (!index.valid()) {
        outcome.destination = http ? "404" : carrier == Carrier::Udp ? "dropped" : "closed";
        return outcome;
    }
    const CompiledRule& rule = snapshot.rules[index.value];
    if (!rule.broken.empty())
        outcome.destination = "500 (" + rule.broken + ')';
    else if (const CompiledRedirect* redirect = redirectOf(rule.filters))
        outcome.destination = redirectText(*redirect);
    else if (rule.totalWeight == 0)
        outcome.destination = http ? "500 (no backend)" : carrier == Carrier::Udp ? "dropped" : "closed";
    else
        outcome.destination = backendsText(snapshot, rule);
    outcome.treatment = linesOf(rule.filters);
    std::erase_if(outcome.treatment, [](const std::string& line) { return line.starts_with("redirect: "); });
    const auto add = [&](std::vector<std::string> lines) {
        outcome.treatment.insert(outcome.treatment.end(), lines.begin(), lines.end());
    };
    add(timeoutWords(rule));
    if (rule.retry)
        add({retryWords(*rule.retry)});
    if (rule.session)
        add({sessionWords(*rule.session)});
    add(connectionLines(snapshot, rule));
    return outcome;
}

} // namespace gatehouse::routing
