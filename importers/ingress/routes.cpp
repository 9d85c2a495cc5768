#include "importers/ingress/objects.h"
#include "importers/ingress/rules.h"

#include <algorithm>

namespace gatehouse::importers::ingress {
namespace {

using model::Value;

constexpr const char* gatewayApi = "gateway.networking.k8s.io/v1";
/// Of a route, and of all its rules together (Gateway API, spec.rules).
constexpr std::size_t mostRules = 16, mostMatches = 128;

Value parentRefs(const std::vector<const ListenerRef*>& listeners, const BuiltGateway& gateway, const std::string& from)
{
    Value refs = Value::array();
    for (const ListenerRef* listener : listeners) {
        Value& ref = refs.push(Value::object());
        if (listener->ownerKind != "Gateway") {
            ref.set("group", "gateway.networking.k8s.io");
            ref.set("kind", listener->ownerKind);
        }
        ref.set("name", listener->ownerName);
        if (gateway.name.namespace_ != from)
            ref.set("namespace", gateway.name.namespace_);
        ref.set("sectionName", listener->section);
    }
    return refs;
}

/// Writes the routes of one class.
class RouteBuilder {
public:
    RouteBuilder(const BuiltGateway& gateway, Names& names) : gateway_(gateway), names_(names) {}

    void addServer(const Server& server, Reports& reports)
    {
        const auto found = gateway_.listeners.find(server.host);
        if (found == gateway_.listeners.end())
            return;
        const bool grpc = isGrpcServer(server);
        std::vector<const Ingress*> ingresses;
        for (const ServedPath& path : server.paths)
            if (std::find(ingresses.begin(), ingresses.end(), path.ingress) == ingresses.end())
                ingresses.push_back(path.ingress);
        for (const Ingress* ingress : ingresses) {
            std::vector<const ServedPath*> paths;
            for (const ServedPath& path : server.paths)
                if (path.ingress == ingress)
                    paths.push_back(&path);
            if (!grpc)
                for (const ServedPath* path : paths)
                    reportHttp2(*path, reports);
            addIngress(server, found->second, paths, grpc);
        }
    }

    std::vector<Value> take() { return std::move(routes_); }

private:
    void addIngress(const Server& server, const ServerListeners& listeners, const std::vector<const ServedPath*>& paths,
                    bool grpc)
    {
        const Policy& policy = *paths.front()->policy;
        const bool redirects = policy.redirectToHttps && !listeners.https.empty();
        std::vector<const ListenerRef*> plain, served;
        for (const ListenerRef& listener : listeners.http)
            if (policy.httpAllowed)
                (redirects ? plain : served).push_back(&listener);
        for (const ListenerRef& listener : listeners.https)
            served.push_back(&listener);
        const std::string name = paths.front()->ingress->name.name + '-' + slugOf(server.host);
        if (!served.empty())
            addRoutes(grpc ? "GRPCRoute" : "HTTPRoute", name, server, paths, served,
                      grpc ? grpcRules(paths) : httpRules(paths));
        if (!plain.empty())
            addRoutes("HTTPRoute", name + "-to-https", server, paths, plain, httpsRedirectRules(paths));
    }

    /// As many routes as the limits of one ask for. Which rule wins does not depend on the route that it is in: no two
    /// have the same match.
    void addRoutes(const char* kind, const std::string& name, const Server& server,
                   const std::vector<const ServedPath*>& paths, const std::vector<const ListenerRef*>& listeners,
                   std::vector<Value> rules)
    {
        const std::string& namespace_ = paths.front()->ingress->name.namespace_;
        std::size_t next = 0;
        while (next < rules.size()) {
            Value chunk = Value::array();
            for (std::size_t matches = 0, count = 0; next < rules.size() && count < mostRules; ++next, ++count) {
                const Value* of = rules[next].find("matches");
                matches += of ? of->asArray()->size() : 1;
                if (count > 0 && matches > mostMatches)
                    break;
                chunk.push(std::move(rules[next]));
            }
            const std::string unique = names_.unique(namespace_ + '/' + name).substr(namespace_.size() + 1);
            Value route = objectOf(gatewayApi, kind, {namespace_, unique});
            Value spec = Value::object();
            spec.set("parentRefs", parentRefs(listeners, gateway_, namespace_));
            if (!server.host.empty())
                spec.set("hostnames", Value(Value::Array{Value(server.host)}));
            spec.set("rules", std::move(chunk));
            route.set("spec", std::move(spec));
            routes_.push_back(std::move(route));
        }
    }

    static void reportHttp2(const ServedPath& path, Reports& reports)
    {
        if (!path.policy->grpc || path.destination.appProtocol == "kubernetes.io/h2c" || !path.destination.known())
            return;
        reports.add(model::Severity::Error, code::annotationRouting, *path.ingress, path.policy->grpcSpot,
                    "backend-protocol 'GRPC' was not carried over for path " + path.path->path +
                        ": no GRPCRoute can serve its host, and an HTTPRoute asks the Service how it speaks",
                    "set appProtocol: kubernetes.io/h2c at port " + std::to_string(path.destination.port) +
                        " of Service " + toString(path.destination.service));
    }

    const BuiltGateway& gateway_;
    Names& names_;
    std::vector<Value> routes_;
};

} // namespace

std::vector<Value> buildRoutes(const ClassPlan& plan, const BuiltGateway& gateway, Names& names, Reports& reports)
{
    RouteBuilder builder(gateway, names);
    for (const auto& [host, server] : plan.servers)
        builder.addServer(server, reports);
    return builder.take();
}

} // namespace gatehouse::importers::ingress
