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

/// Requests in random order, so that a large table pays for its cache misses.
struct Requests {
    std::vector<std::pair<std::string, std::string>> texts;
    std::vector<routing::RequestHead> heads;
};

Requests requestsFor(std::size_t routes)
{
    const std::size_t hosts = std::max<std::size_t>(1, routes / 10), paths = std::min<std::size_t>(10, routes);
    std::mt19937 random(1);
    Requests requests;
    for (int i = 0; i < 4096; ++i)
        requests.texts.emplace_back("h" + std::to_string(random() % hosts) + ".test",
                                    "/s" + std::to_string(random() % paths) + "/item/" + std::to_string(i));
    for (const auto& [host, path] : requests.texts) {
        routing::RequestHead head;
        head.method = "GET";
        head.scheme = "http";
        head.authority = host;
        head.path = path;
        head.headers.add("user-agent", "bench");
        head.headers.add("accept", "*/*");
        requests.heads.push_back(std::move(head));
    }
    return requests;
}

double nanosecondsPerMatch(const routing::Snapshot& snapshot, const Requests& requests)
{
    const routing::PortTable* port = snapshot.find({"127.0.0.1", 8080});
    if (!port) {
        std::fputs("the listener is missing\n", stderr);
        std::exit(1);
    }
    double best = 1e9;
    for (int round = 0; round < 60; ++round) {
        std::size_t served = 0;
        const auto start = Clock::now();
        for (const routing::RequestHead& head : requests.heads)
            served += routing::match(snapshot, *port, head).rule != nullptr;
        best = std::min(best, milliseconds(start) * 1e6 / static_cast<double>(requests.heads.size()));
        if (served != requests.heads.size()) {
            std::fputs("a request found no rule\n", stderr);
            std::exit(1);
        }
    }
    return best;
}

void run(std::size_t routes)
{
    importers::ManifestImporter importer;
    auto start = Clock::now();
    const importers::ImportResult imported = importer.importTexts({{"bench.yaml", manifests(routes)}});
    const double import = milliseconds(start);
    for (const model::Diagnostic& problem : imported.diagnostics)
        if (problem.severity == model::Severity::Error) {
            std::fprintf(stderr, "%s\n", toString(problem).c_str());
            std::exit(1);
        }

    start = Clock::now();
    const auto graph = std::make_shared<const model::Graph>(model::resolve(imported.resources));
    const double resolve = milliseconds(start);

    start = Clock::now();
    const routing::BindPlan plan = routing::planBinds(*graph, {}, {});
    const double planned = milliseconds(start);

    start = Clock::now();
    std::vector<model::Diagnostic> problems;
    const auto snapshot = routing::compile(graph, plan, {}, problems);
    const double compile = milliseconds(start);

    std::printf("%8zu %12.1f %12.1f %12.1f %10.2f %12.1f\n", routes,
                nanosecondsPerMatch(*snapshot, requestsFor(routes)), import, resolve, planned, compile);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<std::size_t> sizes = {10, 100, 1'000, 10'000};
    if (argc > 1)
        sizes.clear();
    for (int i = 1; i < argc; ++i)
        sizes.push_back(std::strtoul(argv[i], nullptr, 10));
    std::printf("%8s %12s %12s %12s %10s %12s\n", "routes", "match ns", "import ms", "resolve ms", "plan ms",
                "compile ms");
    for (const std::size_t size : sizes)
        run(size);
}
