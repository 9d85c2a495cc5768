/// What routing costs as the number of routes grows: nanoseconds a match, and milliseconds to import, resolve and
/// compile. Routes have the shape of the comparison with other proxies: N/10 hostnames with ten path prefixes each, ten
/// backends. Build with optimisation. Usage: bench_routing [routes...]

#include "engine/routing/match.h"
#include "importers/importer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

using namespace gatehouse;

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point from)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

std::string manifests(std::size_t routes)
{
    std::string text = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: bench}
spec:
  gatewayClassName: gatehouse
  listeners:
  - {name: http, port: 8080, protocol: HTTP}
)";
    for (int b = 0; b < 10; ++b)
        text += "---\napiVersion: v1\nkind: Service\nmetadata: {name: u" + std::to_string(b) +
                ", namespace: bench}\nspec:\n  ports:\n  - {port: 80}\n";
    const std::size_t hosts = std::max<std::size_t>(1, routes / 10), paths = std::min<std::size_t>(10, routes);
    for (std::size_t h = 0; h < hosts; ++h)
        for (std::size_t p = 0; p < paths; ++p) {
            const std::string id = std::to_string(h), path = std::to_string(p);
            text += "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r" + id + "-" +
                    path + ", namespace: bench}\nspec:\n  parentRefs:\n  - {name: gw}\n  hostnames: [h" + id +
                    ".test]\n  rules:\n  - matches:\n    - path: {type: PathPrefix, value: /s" + path +
                    "/}\n    backendRefs:\n    - {name: u" + std::to_string((h + p) % 10) + ", port: 80}\n";
        }
    return text;
}

/// Requests in random order, so that a large table pays for its cache misses. As on a worker, one head is used again
/// for every request: only the views change.
struct Requests {
    std::string text; ///< of all, so that reading them evicts no more of the cache than a receive buffer would
    std::vector<std::pair<std::string_view, std::string_view>> targets; ///< authority, path
    routing::RequestHead head;
};

Requests requestsFor(std::size_t routes)
{
    const std::size_t hosts = std::max<std::size_t>(1, routes / 10), paths = std::min<std::size_t>(10, routes);
    std::mt19937 random(1);
    Requests requests;
    std::vector<std::pair<std::size_t, std::size_t>> lengths;
    for (int i = 0; i < 4096; ++i) {
        const std::string host = "h" + std::to_string(random() % hosts) + ".test";
        const std::string path = "/s" + std::to_string(random() % paths) + "/item/" + std::to_string(i);
        lengths.emplace_back(host.size(), path.size());
        requests.text += host + path;
    }
    std::string_view rest = requests.text;
    for (const auto& [host, path] : lengths) {
        requests.targets.emplace_back(rest.substr(0, host), rest.substr(host, path));
        rest.remove_prefix(host + path);
    }
    requests.head.method = "GET";
    requests.head.scheme = "http";
    requests.head.headers.add("user-agent", "bench");
    requests.head.headers.add("accept", "*/*");
    return requests;
}

/// One set of routes, compiled, with what it cost.
struct Case {
    std::size_t routes = 0;
    double import = 0, resolve = 0, plan = 0, compile = 0, match = 1e9;
    std::shared_ptr<const routing::Snapshot> snapshot;
    Requests requests;
};

/// Matches every request once and keeps the best time so far.
void matchAll(Case& each)
{
    const routing::PortTable* port = each.snapshot->find({"127.0.0.1", 8080});
    if (!port) {
        std::fputs("the listener is missing\n", stderr);
        std::exit(1);
    }
    std::size_t served = 0;
    const auto start = Clock::now();
    for (const auto& [authority, path] : each.requests.targets) {
        each.requests.head.authority = authority;
        each.requests.head.path = path;
        served += routing::match(*each.snapshot, *port, each.requests.head).rule != nullptr;
    }
    each.match = std::min(each.match, milliseconds(start) * 1e6 / static_cast<double>(each.requests.targets.size()));
    if (served != each.requests.targets.size()) {
        std::fputs("a request found no rule\n", stderr);
        std::exit(1);
    }
}

Case makeCase(std::size_t routes)
{
    Case made;
    made.routes = routes;
    importers::ManifestImporter importer;
    auto start = Clock::now();
    const importers::ImportResult imported = importer.importTexts({{"bench.yaml", manifests(routes)}});
    made.import = milliseconds(start);
    for (const model::Diagnostic& problem : imported.diagnostics)
        if (problem.severity == model::Severity::Error) {
            std::fprintf(stderr, "%s\n", toString(problem).c_str());
            std::exit(1);
        }

    start = Clock::now();
    const auto graph = std::make_shared<const model::Graph>(model::resolve(imported.resources));
    made.resolve = milliseconds(start);

    start = Clock::now();
    const routing::BindPlan plan = routing::planBinds(*graph, {}, {});
    made.plan = milliseconds(start);

    start = Clock::now();
    std::vector<model::Diagnostic> problems;
    made.snapshot = routing::compile(graph, plan, {}, problems);
    made.compile = milliseconds(start);
    made.requests = requestsFor(routes);
    return made;
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<std::size_t> sizes = {10, 100, 1'000, 10'000};
    if (argc > 1)
        sizes.clear();
    for (int i = 1; i < argc; ++i)
        sizes.push_back(std::strtoul(argv[i], nullptr, 10));
    std::vector<Case> cases;
    for (const std::size_t size : sizes)
        cases.push_back(makeCase(size));
    // In turn, so that other work on the machine falls on all sizes alike. Twice a round: the first pass fetches what
    // the case before it has pushed out of the cache.
    for (int round = 0; round < 100; ++round)
        for (Case& each : cases) {
            matchAll(each);
            matchAll(each);
        }
    std::printf("%8s %12s %12s %12s %10s %12s\n", "routes", "match ns", "import ms", "resolve ms", "plan ms",
                "compile ms");
    for (const Case& each : cases)
        std::printf("%8zu %12.1f %12.1f %12.1f %10.2f %12.1f\n", each.routes, each.match, each.import, each.resolve,
                    each.plan, each.compile);
}
