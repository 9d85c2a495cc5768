#include "importers/ingress/objects.h"

#include <algorithm>

namespace gatehouse::importers::ingress {
namespace {

using model::Severity;
using model::Value;

constexpr const char* gatewayApi = "gateway.networking.k8s.io/v1";
/// Of a Gateway as of a ListenerSet (Gateway API, spec.listeners).
constexpr std::size_t mostListeners = 64;

struct ListenerPlan {
    std::string server; ///< host of the server whose routes attach
    std::string host;
    const Certificate* certificate = nullptr; ///< null: plain HTTP
    std::string section;
};

bool wantsHttp(const Server& server)
{
    return std::any_of(server.paths.begin(), server.paths.end(),
                       [](const ServedPath& path) { return path.policy->httpAllowed; });
}

std::vector<ListenerPlan> planListeners(const ClassPlan& plan)
{
    std::vector<ListenerPlan> listeners;
    Names names;
    for (const auto& [host, server] : plan.servers) {
        if (server.paths.empty())
            continue;
        const auto section = [&](const char* protocol, const std::string& of) {
            return names.unique(of.empty() ? std::string(protocol) : std::string(protocol) + '-' + slugOf(of));
        };
        if (wantsHttp(server))
            listeners.push_back({host, host, nullptr, section("http", host)});
        for (const Certificate& certificate : server.certificates)
            listeners.push_back({host, certificate.host, &certificate, section("https", certificate.host)});
    }
    return listeners;
}

Value secretRef(const model::ObjectName& secret, const std::string& from)
{
    Value ref = Value::object();
    ref.set("name", secret.name);
    if (secret.namespace_ != from)
        ref.set("namespace", secret.namespace_);
    return ref;
}

/// Only the namespaces whose Ingresses were served here may attach routes.
Value allowedRoutes(const std::set<std::string>& namespaces)
{
    Value values = Value::array();
    for (const std::string& each : namespaces)
        values.push(each);
    Value expression = Value::object();
    expression.set("key", "kubernetes.io/metadata.name");
    expression.set("operator", "In");
    expression.set("values", std::move(values));
    Value selector = Value::object();
    selector.set("matchExpressions", Value(Value::Array{std::move(expression)}));
    Value from = Value::object();
    from.set("from", "Selector");
    from.set("selector", std::move(selector));
    Value allowed = Value::object();
    allowed.set("namespaces", std::move(from));
    return allowed;
}

Value listenerValue(const ListenerPlan& listener, const Server& server, const std::string& gatewayNamespace)
{
    Value value = Value::object();
    value.set("name", listener.section);
    value.set("protocol", listener.certificate ? "HTTPS" : "HTTP");
    value.set("port", listener.certificate ? 443 : 80);
    if (!listener.host.empty())
        value.set("hostname", listener.host);
    if (listener.certificate) {
        Value tls = Value::object();
        tls.set("mode", "Terminate");
        tls.set("certificateRefs", Value(Value::Array{secretRef(listener.certificate->secret, gatewayNamespace)}));
        value.set("tls", std::move(tls));
    }
    if (server.namespaces != std::set<std::string>{gatewayNamespace})
        value.set("allowedRoutes", allowedRoutes(server.namespaces));
    return value;
}

/// What lets the owner of listeners use Secrets of another namespace.
Value grantFor(const std::string& namespace_, const std::set<std::string>& secrets, const BuiltGateway& gateway,
               bool withSets)
{
    Value grant =
        objectOf("gateway.networking.k8s.io/v1", "ReferenceGrant", {namespace_, gateway.name.name + "-certificates"});
    Value from = Value::array(), to = Value::array();
    for (const char* kind : {"Gateway", "ListenerSet"}) {
        if (std::string_view(kind) == "ListenerSet" && !withSets)
            continue;
        Value& each = from.push(Value::object());
        each.set("group", "gateway.networking.k8s.io");
        each.set("kind", kind);
        each.set("namespace", gateway.name.namespace_);
    }
    for (const std::string& secret : secrets) {
        Value& each = to.push(Value::object());
        each.set("group", "");
        each.set("kind", "Secret");
        each.set("name", secret);
    }
    Value spec = Value::object();
    spec.set("from", std::move(from));
    spec.set("to", std::move(to));
    grant.set("spec", std::move(spec));
    return grant;
}

std::string namespaceOf(const ClassPlan& plan, const IngressOptions& options, const std::string& gateway,
                        Reports& reports)
{
    if (!options.gatewayNamespace.empty())
        return options.gatewayNamespace;
    std::set<std::string> namespaces;
    for (const auto& each : plan.ingresses)
        namespaces.insert(each->ingress->name.namespace_);
    if (namespaces.size() == 1)
        return *namespaces.begin();
    reports.add(Severity::Info, code::placed, *plan.ingresses.front()->ingress, {},
                "Gateway " + gateway + " serves Ingresses of " + std::to_string(namespaces.size()) +
                    " namespaces and was put into namespace default",
                "--gateway-namespace names another");
    return "default";
}

Value listenerSet(const std::string& name, const BuiltGateway& gateway, Value listeners)
{
    Value set = objectOf(gatewayApi, "ListenerSet", {gateway.name.namespace_, name});
    Value parent = Value::object();
    parent.set("name", gateway.name.name);
    Value spec = Value::object();
    spec.set("parentRef", std::move(parent));
    spec.set("listeners", std::move(listeners));
    set.set("spec", std::move(spec));
    return set;
}

} // namespace

std::string Names::unique(const std::string& wanted)
{
    std::string name = wanted;
    for (int i = 2; !taken_.insert(name).second; ++i)
        name = wanted + '-' + std::to_string(i);
    return name;
}

std::string slugOf(const std::string& host)
{
    if (host.empty())
        return "all-hosts";
    std::string slug = host.starts_with('*') ? "wildcard" + host.substr(1) : host;
    std::replace(slug.begin(), slug.end(), '.', '-');
    return slug;
}

Value objectOf(const char* apiVersion, const char* kind, const model::ObjectName& name)
{
    Value metadata = Value::object();
    metadata.set("name", name.name);
    metadata.set("namespace", name.namespace_);
    Value object = Value::object();
    object.set("apiVersion", apiVersion);
    object.set("kind", kind);
    object.set("metadata", std::move(metadata));
    return object;
}

BuiltGateway buildGateway(const ClassPlan& plan, const IngressOptions& options, Reports& reports)
{
    BuiltGateway built;
    built.name.name = plan.className.empty() ? "ingress" : plan.className;
    const std::vector<ListenerPlan> listeners = planListeners(plan);
    if (listeners.empty())
        return built;
    built.name.namespace_ = namespaceOf(plan, options, built.name.name, reports);
    // A Gateway holds so many listeners; the others come in ListenerSets beside it.
    std::vector<Value> chunks;
    std::map<std::string, std::set<std::string>> foreignSecrets;
    for (std::size_t i = 0; i < listeners.size(); ++i) {
        const ListenerPlan& listener = listeners[i];
        const std::size_t chunk = i / mostListeners;
        if (chunk == chunks.size())
            chunks.push_back(Value::array());
        chunks.back().push(listenerValue(listener, plan.servers.at(listener.server), built.name.namespace_));
        ListenerRef ref{chunk == 0 ? "Gateway" : "ListenerSet",
                        chunk == 0 ? built.name.name : built.name.name + '-' + std::to_string(chunk + 1),
                        listener.section};
        ServerListeners& of = built.listeners[listener.server];
        (listener.certificate ? of.https : of.http).push_back(std::move(ref));
        if (listener.certificate && listener.certificate->secret.namespace_ != built.name.namespace_)
            foreignSecrets[listener.certificate->secret.namespace_].insert(listener.certificate->secret.name);
    }
    Value gateway = objectOf(gatewayApi, "Gateway", built.name);
    Value spec = Value::object();
    spec.set("gatewayClassName", options.gatewayClass.empty() ? built.name.name : options.gatewayClass);
    if (chunks.size() > 1) {
        Value from = Value::object(), allowed = Value::object();
        from.set("from", "Same");
        allowed.set("namespaces", std::move(from));
        spec.set("allowedListeners", std::move(allowed));
    }
    spec.set("listeners", std::move(chunks.front()));
    gateway.set("spec", std::move(spec));
    built.objects.push_back(std::move(gateway));
    for (std::size_t i = 1; i < chunks.size(); ++i)
        built.objects.push_back(
            listenerSet(built.name.name + '-' + std::to_string(i + 1), built, std::move(chunks[i])));
    for (const auto& [namespace_, secrets] : foreignSecrets)
        built.objects.push_back(grantFor(namespace_, secrets, built, chunks.size() > 1));
    return built;
}

} // namespace gatehouse::importers::ingress
