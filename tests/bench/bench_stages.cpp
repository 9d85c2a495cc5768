/// Milliseconds that each stage from text to snapshot takes for the manifests below a directory, as one line of JSON:
/// the best of several rounds, each with a fresh importer; `edit` is all of them but import for one changed HTTPRoute,
/// from the state before. Usage: bench_stages DIR [rounds]

#include "engine/routing/redirect_loops.h"
#include "engine/routing/snapshot.h"
#include "importers/importer.h"
#include "model/graph/status.h"
#include "model/lint/lint.h"
#include "model/topology/topology.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <vector>

using namespace gatehouse;

namespace {

using Clock = std::chrono::steady_clock;

struct Stages {
    double import = std::numeric_limits<double>::max();
    double again = import, resolve = import, compile = import, status = import, project = import, lint = import,
           edit = import;
};

/// The set with another weight of one route's first backend.
std::shared_ptr<const model::ResourceSet> edited(const model::ResourceSet& before, int round)
{
    auto set = std::make_shared<model::ResourceSet>(before);
    if (before.httpRoutes.empty())
        return set;
    auto at = before.httpRoutes.begin();
    for (int i = round * 37 % static_cast<int>(before.httpRoutes.size()); i > 0; --i)
        ++at;
    auto route = std::make_shared<model::HTTPRoute>(*at->second);
    for (model::BackendRef& backend : route->rules.at(0).backendRefs)
        ++backend.weight;
    set->httpRoutes.insert_or_assign(at->first, std::move(route));
    return set;
}

/// Runs `work`, keeps the best time in `best`, and returns what it made.
template <class Work>
auto timed(double& best, Work work)
{
    const auto start = Clock::now();
    auto result = work();
    best = std::min(best, std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    return result;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_stages DIR [rounds]\n", stderr);
        return 2;
    }
    Stages best;
    std::size_t objects = 0, routes = 0;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
    for (int round = 0; round < rounds; ++round) {
        importers::ManifestImporter importer;
        const auto imported = timed(best.import, [&] { return importer.import({argv[1]}); });
        if (model::hasErrors(imported.diagnostics)) {
            std::fprintf(stderr, "%s\n", toString(imported.diagnostics.front()).c_str());
            return 1;
        }
        objects = imported.objects;
        routes = imported.resources->httpRoutes.size();
        timed(best.again, [&] { return importer.import({argv[1]}); });
        const auto graph = timed(
            best.resolve, [&] { return std::make_shared<const model::Graph>(model::resolve(imported.resources)); });
        std::vector<model::Diagnostic> problems;
        const auto snapshot = timed(
            best.compile, [&] { return routing::compile(graph, routing::planBinds(*graph, {}, {}), {}, problems); });
        const auto programming = routing::expectedProgramming(*graph, snapshot->plan);
        const auto statuses = timed(best.status, [&] { return model::statuses(*graph, programming, {}); });
        const auto changed = edited(*imported.resources, round);
        timed(best.edit, [&] {
            const auto next = std::make_shared<const model::Graph>(model::resolve(changed, {}, graph.get()));
            const auto tables = routing::compile(next, routing::planBinds(*next, {}, {}, &snapshot->plan), {}, problems,
                                                 snapshot.get());
            model::StatusClock clock;
            clock.previous = &statuses;
            clock.previousGraph = graph.get();
            return model::statuses(*next, routing::expectedProgramming(*next, tables->plan), clock).size();
        });
        timed(best.project, [&] { return model::project(*graph, &programming); });
        timed(best.lint, [&] { return model::lint(*graph).size() + routing::findRedirectLoops(*snapshot).size(); });
    }
    std::printf("{\"objects\": %zu, \"routes\": %zu, \"import\": %.2f, \"import_again\": %.2f, \"resolve\": %.2f, "
                "\"compile\": %.2f, \"status\": %.2f, \"project\": %.2f, \"lint\": %.2f, \"edit\": %.2f}\n",
                objects, routes, best.import, best.again, best.resolve, best.compile, best.status, best.project,
                best.lint, best.edit);
    return 0;
}
