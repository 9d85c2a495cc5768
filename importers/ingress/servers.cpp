#include "importers/ingress/servers.h"

#include "model/schema/nearest_name.h"

#include <algorithm>

namespace gatehouse::importers::ingress {
namespace {

using model::Severity;

/// An Ingress wildcard stands for exactly one label.
bool covers(const std::string& pattern, const std::string& host)
{
    if (pattern == host)
        return true;
    const std::size_t dot = host.find('.');
    return pattern.starts_with("*.") && dot != std::string::npos && host.substr(dot) == pattern.substr(1);
}

std::string shownHost(const std::string& host)
{
    return host.empty() ? "every host" : "host " + host;
}

/// Builds the servers of one class.
class ClassPlanner {
public:
    ClassPlanner(const Input& input, ClassPlan& plan, Reports& reports) : input_(input), plan_(plan), reports_(reports)
    {
    }

    void run()
    {
        findRegexHosts();
        for (const auto& each : plan_.ingresses)
            if (!each->policy.canary)
                addRules(*each);
        // A rule of any Ingress comes before the default backend of any.
        for (const auto& each : plan_.ingresses)
            if (each->ingress->defaultBackend && !each->policy.canary)
                addDefaultBackend(*each);
        for (const auto& each : plan_.ingresses)
            if (each->policy.canary)
                addCanary(*each);
        for (const auto& each : plan_.ingresses)
            if (!each->policy.canary)
                addTls(*each->ingress);
    }

private:
    void say(Severity severity, const char* code, const Ingress& ingress, const Spot& spot, std::string message,
             std::string remedy = {})
    {
        reports_.add(severity, code, ingress, spot, std::move(message), std::move(remedy));
    }

    void findRegexHosts()
    {
        for (const auto& each : plan_.ingresses) {
            const auto rewritten = [&](const Path& path) {
                return !each->policy.rewriteTarget.empty() && each->policy.rewriteTarget != path.path;
            };
            for (const Rule& rule : each->ingress->rules)
                if (!each->policy.canary &&
                    (each->policy.useRegex || std::any_of(rule.paths.begin(), rule.paths.end(), rewritten)))
                    regexHosts_.insert(rule.host);
        }
    }

    Server& server(const std::string& host, const Ingress& ingress, const Spot& spot)
    {
        const auto [it, isNew] = plan_.servers.try_emplace(host);
        it->second.host = host;
        it->second.namespaces.insert(ingress.name.namespace_);
        if (isNew && host.starts_with("*."))
            say(Severity::Warning, code::wildcard, ingress, {spot.fieldPath + ".host", spot.position},
                "host " + host + " takes names with several labels before " + host.substr(1) +
                    " as well: an Ingress means one, the Gateway API any number");
        return it->second;
    }

    void addRules(const PlannedIngress& planned)
    {
        const Ingress& ingress = *planned.ingress;
        for (const Rule& rule : ingress.rules) {
            Server& into = server(rule.host, ingress, rule.spot);
            for (const Path& path : rule.paths)
                addPath(planned, into, path);
            // Without paths everything goes to the default backend, which is added later.
        }
    }

    void addPath(const PlannedIngress& planned, Server& into, const Path& path)
    {
        const Ingress& ingress = *planned.ingress;
        const auto match = matchOf(ingress, path, planned.policy, regexHosts_.contains(into.host), reports_);
        if (!match)
            return;
        for (const ServedPath& other : into.paths)
            if (other.match.type == match->type && other.match.value == match->value) {
                say(Severity::Warning, code::duplicatePath, ingress, path.spot,
                    shownHost(into.host) + " has this path already, of Ingress " + toString(other.ingress->name) +
                        (other.ingress == &ingress ? "" : ", which is older or comes first by name") +
                        "; this one was left out");
                return;
            }
        ServedPath& served = into.paths.emplace_back();
        served.ingress = &ingress;
        served.policy = &planned.policy;
        served.path = &path;
        served.match = *match;
        served.destination = destinationOf(ingress, path.backend);
    }

    /// What no path of the Ingress's hosts takes, and what asks for a host that has no server.
    void addDefaultBackend(const PlannedIngress& planned)
    {
        const Ingress& ingress = *planned.ingress;
        std::set<std::string> hosts{""};
        for (const Rule& rule : ingress.rules)
            hosts.insert(rule.host);
        auto& path = plan_.defaultPaths.emplace_back(std::make_unique<Path>());
        path->backend = *ingress.defaultBackend;
        path->spot = ingress.defaultBackend->spot;
        const Destination destination = destinationOf(ingress, path->backend);
        for (const std::string& host : hosts) {
            Server& into = server(host, ingress, path->spot);
            const auto other = std::find_if(into.paths.begin(), into.paths.end(), [](const ServedPath& served) {
                return served.match.type == "PathPrefix" && served.match.value == "/";
            });
            if (other != into.paths.end()) {
                const bool isDefault = !other->path->spot.fieldPath.starts_with("spec.rules");
                if (isDefault)
                    say(Severity::Warning, code::duplicatePath, ingress, path->spot,
                        shownHost(host) + " has a default backend already, of Ingress " +
                            toString(other->ingress->name) + "; this one was left out");
                continue;
            }
            ServedPath& served = into.paths.emplace_back();
            served.ingress = &ingress;
            served.policy = &planned.policy;
            served.path = path.get();
            served.match = {"PathPrefix", "/", {}, {}};
            if (const std::string& target = planned.policy.rewriteTarget;
                target.size() > 1 && target[0] == '/' && target.find('$') == std::string::npos)
                served.match.replaceFullPath = target;
            served.destination = destination;
        }
    }

    void addCanary(const PlannedIngress& planned)
    {
        const Ingress& ingress = *planned.ingress;
        for (const Rule& rule : ingress.rules) {
            const auto server = plan_.servers.find(rule.host);
            for (const Path& path : rule.paths) {
                ServedPath* main = nullptr;
                if (server != plan_.servers.end())
                    for (ServedPath& served : server->second.paths)
                        if (served.path->path == path.path && served.path->type == path.type)
                            main = &served;
                if (!main || main->canary) {
                    say(Severity::Warning, code::annotation, ingress, path.spot,
                        main ? "the path has a canary already; this one was left out"
                             : "no Ingress has this host and path, so there is nothing that the canary is of");
                    continue;
                }
                if (main->ingress->name.namespace_ != ingress.name.namespace_) {
                    say(Severity::Error, code::annotationRouting, ingress, path.spot,
                        "the canary was not carried over: Ingress " + toString(main->ingress->name) +
                            " is of another namespace",
                        "add the Service to its HTTPRoute, and a ReferenceGrant that allows it");
                    continue;
                }
                Destination destination = destinationOf(ingress, path.backend);
                if (destination.known())
                    main->canary = CanaryShare{*planned.policy.canary, std::move(destination)};
            }
        }
    }

    Destination destinationOf(const Ingress& ingress, const Backend& backend)
    {
        Destination destination;
        destination.service = {ingress.name.namespace_, backend.service};
        if (!backend.resource.empty()) {
            say(Severity::Error, code::backend, ingress, backend.spot,
                "the backend is " + backend.resource + ", no Service; its requests are answered with 500",
                "name a Service");
            return destination;
        }
        if (backend.service.empty())
            return destination; // reported when it was read
        const auto service = input_.services.find(destination.service);
        const std::vector<ServicePort>* ports = service == input_.services.end() ? nullptr : &service->second;
        destination.port = backend.port;
        std::vector<std::string_view> names;
        static const std::vector<ServicePort> none;
        for (const ServicePort& port : ports ? *ports : none) {
            names.push_back(port.name);
            const bool isIt = backend.port != 0 ? port.port == backend.port : port.name == backend.portName;
            if (isIt) {
                destination.port = port.port;
                destination.appProtocol = port.appProtocol;
            }
        }
        if (destination.known())
            return destination;
        const std::string what = "port '" + backend.portName + "' of Service " + toString(destination.service);
        const std::string_view near = model::nearestName(backend.portName, names);
        if (!ports)
            say(Severity::Error, code::backend, ingress, backend.spot,
                what + " has no number here, since the Service is not in the input; its requests are answered with 500",
                "add the Service to the input, or write service.port.number");
        else
            say(Severity::Error, code::backend, ingress, backend.spot,
                what + " does not exist; its requests are answered with 500",
                near.empty() ? "" : "did you mean '" + std::string(near) + "'?");
        return destination;
    }

    void addTls(const Ingress& ingress)
    {
        std::set<std::string> hosts;
        for (const Rule& rule : ingress.rules)
            hosts.insert(rule.host);
        if (ingress.defaultBackend)
            hosts.insert("");
        for (const Tls& tls : ingress.tls) {
            if (tls.secret.empty()) {
                say(Severity::Error, code::tls, ingress, tls.spot,
                    "tls without a secretName was not carried over: the controller's own certificate is not known here",
                    "name a Secret with the certificate");
                continue;
            }
            for (const std::string& host : hosts)
                if (tls.hosts.empty() || std::any_of(tls.hosts.begin(), tls.hosts.end(),
                                                     [&](const auto& each) { return covers(each, host); }))
                    certify(ingress, tls, host, host);
            for (const std::string& host : tls.hosts)
                if (std::none_of(hosts.begin(), hosts.end(), [&](const auto& each) { return covers(host, each); }))
                    addForeignHost(ingress, tls, host, hosts.contains(""));
        }
    }

    /// A host of TLS that the Ingress has no rules for: those of every host serve it, if it has such.
    void addForeignHost(const Ingress& ingress, const Tls& tls, const std::string& host, bool servesAllHosts)
    {
        if (servesAllHosts && !plan_.servers.contains(host)) {
            certify(ingress, tls, "", host);
            return;
        }
        say(Severity::Warning, code::tls, ingress, tls.spot,
            "the certificate for " + host + " was not carried over: the Ingress has no rule for that host");
    }

    void certify(const Ingress& ingress, const Tls& tls, const std::string& serverHost, const std::string& listenerHost)
    {
        const auto server = plan_.servers.find(serverHost);
        if (server == plan_.servers.end())
            return;
        const model::ObjectName secret{ingress.name.namespace_, tls.secret};
        for (const Certificate& other : server->second.certificates)
            if (other.host == listenerHost) {
                if (other.secret != secret)
                    say(Severity::Warning, code::tls, ingress, tls.spot,
                        shownHost(listenerHost) + " has the certificate of Secret " + toString(other.secret) +
                            " already; this one was left out");
                return;
            }
        server->second.certificates.push_back({secret, listenerHost});
    }

    const Input& input_;
    ClassPlan& plan_;
    Reports& reports_;
    std::set<std::string> regexHosts_;
};

/// The class of an Ingress that names none: the default one.
std::string classOf(const Ingress& ingress, const Input& input)
{
    if (!ingress.className.empty())
        return ingress.className;
    for (const auto& [name, each] : input.classes)
        if (each.isDefault)
            return name;
    return {};
}

} // namespace

std::vector<ClassPlan> planServers(const Input& input, const IngressOptions& options, Reports& reports)
{
    std::map<std::string, ClassPlan> plans;
    for (const Ingress& ingress : input.ingresses) {
        const std::string name = classOf(ingress, input);
        if (!options.classes.empty() &&
            std::find(options.classes.begin(), options.classes.end(), name) == options.classes.end())
            continue;
        ClassPlan& plan = plans[name];
        plan.className = name;
        const auto found = input.classes.find(name);
        const std::string controller = found == input.classes.end() ? "" : found->second.controller;
        if (name.empty())
            reports.add(Severity::Warning, code::ingressClass, ingress, {"spec.ingressClassName", ingress.position},
                        "it names no class, and no IngressClass of the input is the default one",
                        "name the GatewayClass by --gateway-class");
        auto planned = std::make_unique<PlannedIngress>();
        planned->ingress = &ingress;
        planned->policy = readPolicy(ingress, controller, reports);
        plan.ingresses.push_back(std::move(planned));
    }
    std::vector<ClassPlan> result;
    for (auto& [name, plan] : plans) {
        ClassPlanner(input, plan, reports).run();
        if (const auto found = input.classes.find(name); found != input.classes.end() && found->second.parameters)
            reports.add(Severity::Warning, code::ingressClass, found->second, *found->second.parameters,
                        "the class's parameters were not carried over", "set them at the GatewayClass or the Gateway");
        result.push_back(std::move(plan));
    }
    return result;
}

} // namespace gatehouse::importers::ingress
