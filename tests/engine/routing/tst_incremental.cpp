#include <QtTest/QTest>

#include "../../model/graph/builders.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise
#include "dump.h"

#include "engine/routing/compile_memo.h"
#include "model/workloads/workloads.h"

#include <functional>
#include <random>

using namespace gatehouse;
using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int worlds = 10, edits = 60, largeEdits = 10;
#else
constexpr int worlds = 40, edits = 100, largeEdits = 60;
#endif

/// A state as the control loop derives it, from the one before or from nothing.
struct Derived {
    std::shared_ptr<const Workloads> workloads;
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const routing::Snapshot> snapshot;
    std::vector<Diagnostic> problems;
    Statuses statuses;
};

Derived derive(const std::shared_ptr<const ResourceSet>& set, const Derived* previous, const routing::BindPlan* plan,
               const Statuses* statusesBefore, int step, bool anew)
{
    const Derived* from = anew ? nullptr : previous;
    Derived made;
    made.workloads = deriveWorkloads(set, previous ? previous->workloads : nullptr);
    made.graph =
        std::make_shared<const Graph>(resolve(made.workloads->resources, {}, from ? from->graph.get() : nullptr));
    routing::CompileOptions options;
    options.version = static_cast<std::uint64_t>(step);
    options.developmentCertificates = true;
    options.backends["a/s0:80"] = {"127.0.0.1", 7777};
    options.proxyProtocol["b/s1:80"] = routing::ProxyProtocol::V1;
    const routing::BindPlan binds = routing::planBinds(*made.graph, {}, {true, 0}, plan);
    made.snapshot = routing::compile(made.graph, binds, options, made.problems, from ? from->snapshot.get() : nullptr);
    StatusClock clock{second(step)};
    clock.previous = statusesBefore;
    clock.previousGraph = from ? from->graph.get() : nullptr;
    made.statuses = statuses(*made.graph, routing::expectedProgramming(*made.graph, binds), clock);
    return made;
}

/// Makes and edits random resources of few names, so that they meet.
class RandomWorld {
public:
    explicit RandomWorld(unsigned seed) : random_(seed) {}

    ResourceSet set;

    void fill()
    {
        for (const std::string& name : namespaces)
            put(set.namespaces, makeNamespace(name));
        for (int i = 0; i < 4; ++i)
            editGateway();
        for (int i = 0; i < 30; ++i)
            editService(), editRoute(), editRoute(), editRoute();
        for (int i = 0; i < 6; ++i)
            editAnything();
    }

    void editAnything()
    {
        static const std::vector<void (RandomWorld::*)()> all = {
            &RandomWorld::editRoute,      &RandomWorld::editRoute,     &RandomWorld::editRoute,
            &RandomWorld::editRoute,      &RandomWorld::editRoute,     &RandomWorld::editRoute,
            &RandomWorld::editService,    &RandomWorld::editService,   &RandomWorld::editGateway,
            &RandomWorld::editGrant,      &RandomWorld::editNamespace, &RandomWorld::editPolicy,
            &RandomWorld::editSecret,     &RandomWorld::editConfigMap, &RandomWorld::editListenerSet,
            &RandomWorld::editDeployment, &RandomWorld::editSlice,     &RandomWorld::editOther,
            &RandomWorld::editClass};
        (this->*all[below(all.size())])();
    }

    std::size_t below(std::size_t limit) { return random_() % limit; }
    bool oneIn(std::size_t many) { return below(many) == 0; }

    void editRoute()
    {
        static const std::vector<RouteKind> kinds = {RouteKind::HTTPRoute, RouteKind::HTTPRoute, RouteKind::HTTPRoute,
                                                     RouteKind::GRPCRoute, RouteKind::TLSRoute,  RouteKind::TCPRoute,
                                                     RouteKind::UDPRoute};
        const RouteKind kind = kinds[below(kinds.size())];
        const std::string ns = oneOf(namespaces), name = "r" + std::to_string(below(12));
        switch (kind) {
        case RouteKind::HTTPRoute:
            return change(set.httpRoutes, {ns, name}, [&] { return makeHttp(ns, name); });
        case RouteKind::GRPCRoute:
            return change(set.grpcRoutes, {ns, name}, [&] { return makeGrpc(ns, name); });
        case RouteKind::TLSRoute:
            return change(set.tlsRoutes, {ns, name}, [&] { return makeL4(kind, ns, name); });
        case RouteKind::TCPRoute:
            return change(set.tcpRoutes, {ns, name}, [&] { return makeL4(kind, ns, name); });
        case RouteKind::UDPRoute:
            return change(set.udpRoutes, {ns, name}, [&] { return makeL4(kind, ns, name); });
        }
    }

private:
    const std::vector<std::string> namespaces = {"a", "b", "c"};
    const std::vector<std::string> hostTexts = {"a.test", "b.a.test", "*.test", "*.a.test", "c.test", "x.org"};

    const std::string& oneOf(const std::vector<std::string>& all) { return all[below(all.size())]; }

    template <class T>
    void put(ResourceMap<T>& map, T resource)
    {
        const ObjectName name = resource.key.name;
        resource.source.file = std::make_shared<const std::string>(toString(resource.key));
        resource.source.position = {static_cast<std::uint32_t>(1 + below(3)), 1};
        if (oneIn(2))
            resource.meta.creationTimestamp = second(static_cast<int>(below(4)));
        resource.meta.generation = static_cast<std::int64_t>(1 + below(3));
        map.insert_or_assign(name, std::make_shared<const T>(std::move(resource)));
    }

    /// Adds, changes or removes.
    template <class T, class Make>
    void change(ResourceMap<T>& map, const ObjectName& name, Make&& make)
    {
        const auto known = map.find(name);
        if (known != map.end() && oneIn(4)) {
            map.erase(name);
        } else if (known != map.end() && oneIn(2)) {
            T edited = make(); // of the same age, as an edit of one object is
            edited.meta.creationTimestamp = known->second->meta.creationTimestamp;
            edited.meta.generation = known->second->meta.generation + 1;
            edited.source = known->second->source;
            map.insert_or_assign(name, std::make_shared<const T>(std::move(edited)));
        } else {
            put(map, make());
        }
    }

    std::vector<Hostname> someHosts()
    {
        std::vector<Hostname> some;
        for (std::size_t i = below(3); i > 0; --i)
            some.push_back(host(oneOf(hostTexts)));
        return some;
    }

    NamespaceSelection selection()
    {
        NamespaceSelection made;
        made.from = static_cast<FromNamespaces>(below(4));
        if (oneIn(2))
            made.from = FromNamespaces::All;
        made.selector.emplace();
        made.selector->matchLabels = {{"team", oneIn(2) ? "x" : "y"}};
        return made;
    }

    std::vector<Listener> someListeners()
    {
        static const std::vector<std::pair<std::string, std::uint16_t>> kinds = {
            {"HTTP", 80}, {"HTTP", 80}, {"HTTP", 8080}, {"HTTPS", 443}, {"TLS", 443}, {"TCP", 90}, {"UDP", 91}};
        std::vector<Listener> made;
        for (std::size_t i = 1 + below(4); i > 0; --i) {
            const auto& [protocol, port] = kinds[below(kinds.size())];
            Listener next =
                listener("l" + std::to_string(made.size()), protocol, port, oneIn(2) ? oneOf(hostTexts) : "");
            if (next.protocol == Protocol::TLS && oneIn(2))
                next.tls = ListenerTls{TlsMode::Passthrough, {}, {}, {}};
            if (next.tls && oneIn(4) && !next.tls->certificateRefs.empty())
                next.tls->certificateRefs[0].namespace_ = oneOf(namespaces);
            next.allowedNamespaces = selection();
            made.push_back(std::move(next));
        }
        return made;
    }

    std::vector<ParentReference> someParents()
    {
        std::vector<ParentReference> parents;
        for (std::size_t i = 1 + below(2); i > 0; --i) {
            ParentReference ref = parentTo("g" + std::to_string(below(3)), oneOf(namespaces));
            if (oneIn(6))
                ref.kind = "ListenerSet";
            if (oneIn(4))
                ref.sectionName = "l" + std::to_string(below(3));
            if (oneIn(8))
                ref.port = 80;
            parents.push_back(std::move(ref));
        }
        return parents;
    }

    BackendRef someBackend()
    {
        BackendRef ref = model::test::backend("s" + std::to_string(below(5)), oneIn(8) ? 81 : 80);
        if (oneIn(3))
            ref.ref.namespace_ = oneOf(namespaces);
        if (oneIn(12))
            ref.ref.kind = "Other";
        ref.weight = static_cast<std::uint32_t>(below(3));
        return ref;
    }

    std::vector<BackendRef> someBackends()
    {
        std::vector<BackendRef> some;
        for (std::size_t i = below(3); i > 0; --i)
            some.push_back(someBackend());
        return some;
    }

    std::vector<HTTPRouteFilter> someFilters()
    {
        std::vector<HTTPRouteFilter> filters;
        switch (below(9)) {
        case 0:
            filters.emplace_back(RequestMirror{someBackend().ref, 1, 2, {}});
            break;
        case 1:
            filters.emplace_back(ExternalAuth{"HTTP", someBackend().ref});
            break;
        case 2:
            filters.emplace_back(ExtensionRef{{"x.test", "Thing", std::nullopt, "t", {}}, {}});
            break;
        case 3:
            filters.emplace_back(URLRewrite{"other.test", ReplacePrefixMatch{"/new"}, {}});
            break;
        case 4:
            filters.emplace_back(URLRewrite{});
            filters.emplace_back(RequestRedirect{});
            break;
        case 5:
            filters.emplace_back(RequestHeaderModifier{{{{"x", "1"}}, {}, {}}, {}});
            break;
        default:
            break;
        }
        return filters;
    }

    HTTPRoute makeHttp(const std::string& ns, const std::string& name)
    {
        HTTPRoute route = httpRoute(ns, name, someParents(), someHosts());
        route.rules.clear();
        for (std::size_t r = 1 + below(2); r > 0; --r) {
            HTTPRouteRule& rule = route.rules.emplace_back();
            for (std::size_t m = 1 + below(2); m > 0; --m) {
                static const std::vector<std::string> paths = {"/", "/x", "/x/y", "/z", "/(", "/a.*"};
                HTTPRouteMatch& match = rule.matches.emplace_back();
                match.path.type = static_cast<PathMatchType>(below(3));
                match.path.value = oneOf(paths);
                match.position = {static_cast<std::uint32_t>(below(20)), 1};
                if (oneIn(3))
                    match.method = "GET";
                if (oneIn(4))
                    match.headers.push_back({ValueMatchType::RegularExpression, "h", oneIn(3) ? "(" : "v", {}});
            }
            rule.backendRefs = someBackends();
            rule.filters = someFilters();
            if (!rule.backendRefs.empty() && oneIn(4))
                rule.backendRefs[0].filters = someFilters();
        }
        return route;
    }

    GRPCRoute makeGrpc(const std::string& ns, const std::string& name)
    {
        GRPCRoute route = grpcRoute(ns, name, someParents(), someHosts(), someBackends());
        if (oneIn(2)) {
            GRPCMethodMatch method;
            method.service = oneIn(2) ? "shop.Cart" : "shop.Till";
            if (oneIn(2))
                method.method = "Add";
            GRPCRouteMatch match;
            match.method = method;
            route.rules[0].matches.push_back(match);
        }
        return route;
    }

    L4Route makeL4(RouteKind kind, const std::string& ns, const std::string& name)
    {
        return l4Route(kind, ns, name, someParents(),
                       kind == RouteKind::TLSRoute ? someHosts() : std::vector<Hostname>(), someBackends());
    }

    Namespace makeNamespace(const std::string& name)
    {
        return model::test::namespace_(name, {{"team", oneIn(2) ? "x" : "y"}});
    }

    void editNamespace()
    {
        const std::string name = oneOf(namespaces);
        change(set.namespaces, {"", name}, [&] { return makeNamespace(name); });
    }

    void editService()
    {
        const std::string ns = oneOf(namespaces), name = "s" + std::to_string(below(5));
        change(set.services, {ns, name}, [&] {
            static const std::vector<std::string> protocols = {"", "", "kubernetes.io/h2c", "kubernetes.io/ws",
                                                               "kubernetes.io/wss"};
            Service made = service(ns, name, oneIn(6) ? 81 : 80, oneOf(protocols), oneIn(5) ? "UDP" : "TCP");
            if (oneIn(8))
                made.type = "ExternalName";
            if (oneIn(3))
                made.selector = {{"app", "x"}};
            return made;
        });
    }

    void editGateway()
    {
        const std::string ns = oneOf(namespaces), name = "g" + std::to_string(below(3));
        change(set.gateways, {ns, name}, [&] {
            Gateway made = gateway(ns, name, someListeners());
            if (oneIn(8))
                made.gatewayClassName = "foreign";
            made.allowedListeners = selection();
            if (oneIn(4))
                made.backendClientCertificateRef = ObjectReference{"", "Secret", std::nullopt, "cert", {}};
            return made;
        });
    }

    void editListenerSet()
    {
        const std::string ns = oneOf(namespaces), name = "g" + std::to_string(below(3));
        change(set.listenerSets, {ns, name},
               [&] { return listenerSet(ns, name, "g" + std::to_string(below(3)), someListeners()); });
    }

    void editGrant()
    {
        const std::string ns = oneOf(namespaces);
        change(set.referenceGrants, {ns, "grant"}, [&] {
            static const std::vector<std::string> kinds = {"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "Gateway"};
            ReferenceGrant made = grant(ns, {std::string(gatewayGroup), oneOf(kinds), oneOf(namespaces)},
                                        {"", oneIn(4) ? "Secret" : "Service", std::nullopt});
            if (oneIn(2))
                made.to[0].name = "s1";
            return made;
        });
    }

    void editPolicy()
    {
        const std::string ns = oneOf(namespaces), name = "p" + std::to_string(below(2));
        change(set.backendTLSPolicies, {ns, name}, [&] {
            BackendTLSPolicy made = tlsPolicy(ns, name, "s" + std::to_string(below(5)));
            if (oneIn(3)) {
                made.wellKnownCACertificates.clear();
                made.caCertificateRefs.push_back({"", "ConfigMap", std::nullopt, "ca", {}});
            }
            return made;
        });
    }

    void editSecret()
    {
        const std::string ns = oneOf(namespaces), name = oneIn(3) ? "unused" : "cert";
        change(set.secrets, {ns, name}, [&] { return tlsSecret(ns, name); });
    }

    void editConfigMap()
    {
        const std::string ns = oneOf(namespaces), name = oneIn(3) ? "unused" : "ca";
        change(set.configMaps, {ns, name}, [&] { return caBundle(ns, name); });
    }

    void editDeployment()
    {
        const std::string ns = oneOf(namespaces);
        change(set.deployments, {ns, "d"}, [&] {
            auto made = named<Deployment>("apps", "Deployment", ns, "d");
            made.replicas = static_cast<std::int32_t>(oneIn(5) ? 60 : below(3));
            made.podLabels = {{"app", "x"}};
            made.containers.push_back({"c", "image", {{"", 80, "TCP"}}, {}, {}});
            return made;
        });
    }

    void editSlice()
    {
        const std::string ns = oneOf(namespaces), name = "s" + std::to_string(below(5));
        change(set.endpointSlices, {ns, name}, [&] {
            auto made = named<EndpointSlice>("discovery.k8s.io", "EndpointSlice", ns, name);
            made.serviceName = name;
            made.endpoints.push_back({{oneIn(2) ? "127.0.0.1" : "10.1.2.3"}, !oneIn(3), "", {}});
            made.ports.push_back({"p80", "TCP", 9000, ""});
            return made;
        });
    }

    void editOther()
    {
        const ObjectKey key{"x.test", "Thing", {oneOf(namespaces), "t"}};
        if (!set.others.erase(key)) {
            auto other = std::make_shared<OtherResource>();
            other->key = key;
            set.others[key] = other;
        }
    }

    void editClass()
    {
        if (set.gatewayClasses.erase({"", "foreign"}) == 0) {
            auto made = named<GatewayClass>(gatewayGroup, "GatewayClass", "", "foreign");
            made.controllerName = "x.test/other";
            put(set.gatewayClasses, made);
        }
    }

    std::mt19937 random_;
};

/// What requests of a small alphabet meet, by host, path and method.
std::string decisions(const routing::Snapshot& snapshot, const std::vector<std::string>& hostTexts)
{
    std::string text;
    for (const routing::PortTable& port : snapshot.ports)
        for (const std::string& hostText : hostTexts)
            for (const char* path : {"/", "/x", "/x/y", "/abc", "/shop.Cart/Add", "/shop.Till/Add"})
                for (const char* method : {"GET", "POST"}) {
                    routing::RequestHead head;
                    head.method = method;
                    head.authority = hostText;
                    head.path = path;
                    if (head.method == "POST")
                        head.headers.add("content-type", "application/grpc");
                    head.headers.add("h", "v");
                    const routing::RouteDecision decision = routing::match(snapshot, port, head);
                    if (decision.rule)
                        text += decision.rule->origin.routeName + ' ' + std::to_string(decision.rule->origin.rule) +
                                ' ' + std::to_string(decision.candidate->match) +
                                std::string(decision.table->patterns[decision.candidate->pattern].value);
                    text += decision.listener ? ';' : '.';
                }
    return text;
}

/// The first line that differs, for the message.
QByteArray firstDifference(const std::string& a, const std::string& b)
{
    std::istringstream left(a), right(b);
    std::string x, y;
    do {
        x.clear(), y.clear();
        std::getline(left, x), std::getline(right, y);
    } while (x == y && (left || right));
    return QByteArray::fromStdString("incremental: " + x + "\nfrom nothing: " + y);
}

#define SAME(a, b)                                                                                                     \
    do {                                                                                                               \
        const std::string left_ = (a), right_ = (b);                                                                   \
        QVERIFY2(left_ == right_, firstDifference(left_, right_).constData());                                         \
    } while (false)

} // namespace

/// What is derived from the state before is what is derived from nothing, whatever was edited.
class TstIncremental : public QObject {
    Q_OBJECT
private slots:
    void randomEdits();
    void largeTables();
    void nothingChanged();
};

void TstIncremental::randomEdits()
{
    int resolvedAgain = 0, compiledAgain = 0;
    const std::vector<std::string> hostTexts = {"a.test", "b.a.test", "c.test", "x.org", "z.a.test", "y.c.test"};
    for (int w = 0; w < worlds; ++w) {
        RandomWorld world(static_cast<unsigned>(w));
        world.fill();
        Derived state = derive(std::make_shared<const ResourceSet>(world.set), nullptr, nullptr, nullptr, 0, false);
        Statuses anewStatuses = state.statuses;
        for (int e = 1; e <= edits; ++e) {
            for (std::size_t i = 1 + (world.oneIn(4) ? world.below(3) : 0); i > 0; --i)
                world.editAnything();
            const auto set = std::make_shared<const ResourceSet>(world.set);
            const routing::BindPlan plan = state.snapshot->plan;
            Derived next = derive(set, &state, &plan, &state.statuses, e, false);
            const Derived anew = derive(set, &state, &plan, &anewStatuses, e, true);
            resolvedAgain += sharesGateways(*state.graph, *next.graph);
            compiledAgain += state.snapshot->memo->firstRule == next.snapshot->memo->firstRule;
            state = std::move(next); // and the state before is gone, with all that nothing else holds
            anewStatuses = anew.statuses;
            SAME(gatehouse::test::Dump::of(*state.graph), gatehouse::test::Dump::of(*anew.graph));
            SAME(gatehouse::test::Dump::of(*state.snapshot, state.problems),
                 gatehouse::test::Dump::of(*anew.snapshot, anew.problems));
            SAME(decisions(*state.snapshot, hostTexts), decisions(*anew.snapshot, hostTexts));
            SAME(gatehouse::test::Dump::of(state.statuses), gatehouse::test::Dump::of(anew.statuses));
        }
    }
    qInfo("%d edits: %d resolved and %d compiled from the state before", worlds * edits, resolvedAgain, compiledAgain);
    QVERIFY(resolvedAgain > worlds * edits / 4);
    QVERIFY(compiledAgain > worlds * edits / 50);
}

/// Tables of several shards, where routes move from one hostname to another.
void TstIncremental::largeTables()
{
    constexpr std::size_t routes = 1500;
    std::mt19937 random(7);
    ResourceSet set;
    const auto put = [](auto& map, auto resource) {
        const ObjectName name = resource.key.name;
        map.insert_or_assign(name, std::make_shared<const decltype(resource)>(std::move(resource)));
    };
    put(set.gateways, gateway("a", "g0", {fromAll(listener("http", "HTTP", 80))}));
    for (const char* name : {"old", "new"})
        put(set.services, service("a", name));
    std::vector<std::string> hostTexts;
    for (std::size_t i = 0; i < routes; ++i)
        hostTexts.push_back("h" + std::to_string(i) + ".test");
    const auto makeRoute = [&](std::size_t i) {
        const std::string text = hostTexts[random() % 8 == 0 ? random() % routes : i];
        HTTPRoute route = httpRoute("a", "r" + std::to_string(i), {parentTo("g0")}, {host(text)},
                                    {model::test::backend(random() % 2 ? "old" : "new")});
        if (random() % 8 == 0)
            route.hostnames.push_back(host("*.h" + std::to_string(random() % 3) + ".test"));
        if (random() % 32 == 0)
            route.hostnames.clear();
        route.rules[0].matches[0].path.value = random() % 2 ? "/" : "/x";
        return route;
    };
    for (std::size_t i = 0; i < routes; ++i)
        put(set.httpRoutes, makeRoute(i));
    hostTexts.push_back("any.h1.test");
    hostTexts.push_back("nobody.test");
    Derived state = derive(std::make_shared<const ResourceSet>(set), nullptr, nullptr, nullptr, 0, false);
    QVERIFY(state.snapshot->ports[0].listeners[0].hosts->shards.size() > 1);
    for (int e = 1; e <= largeEdits; ++e) {
        for (std::size_t i = 1 + random() % 3; i > 0; --i)
            put(set.httpRoutes, makeRoute(random() % routes));
        const auto shared = std::make_shared<const ResourceSet>(set);
        const routing::BindPlan plan = state.snapshot->plan;
        Derived next = derive(shared, &state, &plan, &state.statuses, e, false);
        QVERIFY(state.snapshot->memo->firstRule == next.snapshot->memo->firstRule);
        state = std::move(next);
        const Derived anew = derive(shared, &state, &plan, &state.statuses, e, true);
        SAME(gatehouse::test::Dump::of(*state.graph), gatehouse::test::Dump::of(*anew.graph));
        SAME(gatehouse::test::Dump::of(*state.snapshot, state.problems),
             gatehouse::test::Dump::of(*anew.snapshot, anew.problems));
        SAME(decisions(*state.snapshot, hostTexts), decisions(*anew.snapshot, hostTexts));
        SAME(gatehouse::test::Dump::of(state.statuses), gatehouse::test::Dump::of(anew.statuses));
    }
}

void TstIncremental::nothingChanged()
{
    RandomWorld world(1);
    world.fill();
    const auto set = std::make_shared<const ResourceSet>(world.set);
    const Derived first = derive(set, nullptr, nullptr, nullptr, 1, false);
    const auto same = std::make_shared<ResourceSet>(world.set);
    const Derived second = derive(same, &first, &first.snapshot->plan, &first.statuses, 2, false);
    QVERIFY(first.graph->routes.pointers().sharesAllWith(second.graph->routes.pointers()));
    QVERIFY(first.snapshot->rules.sharesAllWith(second.snapshot->rules));
    for (std::size_t p = 0; p < first.snapshot->ports.size(); ++p)
        for (std::size_t l = 0; l < first.snapshot->ports[p].listeners.size(); ++l)
            QCOMPARE(second.snapshot->ports[p].listeners[l].hosts, first.snapshot->ports[p].listeners[l].hosts);
    for (const auto& [key, status] : first.statuses)
        if (key.kind.ends_with("Route"))
            QCOMPARE(second.statuses.at(key), status);
}

QTEST_APPLESS_MAIN(TstIncremental)
#include "tst_incremental.moc"
