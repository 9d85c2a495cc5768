/// What one PUT of an HTTPRoute through the Kubernetes API costs among many, stage by stage and without sockets:
/// milliseconds (median, 99th percentile) from the state before, and from nothing. Usage: bench_edit [routes] [edits]

#include "engine/routing/snapshot.h"
#include "importers/kube_api/kube_api.h"
#include "model/graph/status.h"
#include "model/workloads/workloads.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace gatehouse;

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* gatewayApi = "/apis/gateway.networking.k8s.io/v1/namespaces/";

/// All that is derived from the objects of one moment.
struct Derived {
    std::shared_ptr<const model::Workloads> workloads;
    std::shared_ptr<const model::Graph> graph;
    std::shared_ptr<const routing::Snapshot> snapshot;
    model::Statuses statuses;
};

class Bench {
public:
    void write(const std::string& method, const std::string& target, std::string body)
    {
        importers::ApiRequest request;
        request.method = method;
        importers::splitTarget(target, request);
        request.contentType = request.accept = "application/json";
        request.userAgent = "bench";
        request.body = std::move(body);
        const auto outcome = api_.handle(request);
        if (!outcome.changed) {
            std::fprintf(stderr, "%s %s: %s\n", method.c_str(), target.c_str(), outcome.response.body.c_str());
            std::exit(1);
        }
    }

    void fill(int routes)
    {
        create("/api/v1/namespaces", R"({"metadata":{"name":"infra"}})");
        create(std::string(gatewayApi) + "infra/gateways",
               R"({"metadata":{"name":"gw"},"spec":{"gatewayClassName":"gatehouse","listeners":[{"name":"http",)"
               R"("protocol":"HTTP","port":8080,"allowedRoutes":{"namespaces":{"from":"All"}}}]}})");
        for (int n = 0; n < namespaces; ++n) {
            const std::string name = "load-" + std::to_string(n);
            create("/api/v1/namespaces", R"({"metadata":{"name":")" + name + R"("}})");
            for (const char* service : {"old", "new"})
                create("/api/v1/namespaces/" + name + "/services",
                       std::string(R"({"metadata":{"name":")") + service + R"("},"spec":{"ports":[{"port":80}]}})");
        }
        for (int r = 0; r < routes; ++r)
            create(collectionOf(r), routeBody(r, "old"));
    }

    void edit(int route, const char* backend)
    {
        write("PUT", collectionOf(route) + "/r" + std::to_string(route), routeBody(route, backend));
    }

    /// Brings everything up to date, and `times` by stage.
    void follow(bool fromBefore)
    {
        std::vector<model::Diagnostic> problems;
        lap();
        api_.syncFiles({});
        const auto set = api_.join({}, problems);
        stage("join");
        Derived next;
        next.workloads = model::deriveWorkloads(set, fromBefore ? state_.workloads : nullptr);
        next.graph = std::make_shared<const model::Graph>(
            model::resolve(next.workloads->resources, {}, fromBefore ? state_.graph.get() : nullptr));
        stage("resolve");
        const auto plan = routing::planBinds(*next.graph, {}, {}, state_.snapshot ? &state_.snapshot->plan : nullptr);
        next.snapshot = routing::compile(next.graph, plan, {}, problems, fromBefore ? state_.snapshot.get() : nullptr);
        stage("compile");
        model::StatusClock clock{model::Timestamp(std::chrono::seconds(1'700'000'000))};
        clock.previous = state_.snapshot ? &state_.statuses : nullptr;
        clock.previousGraph = fromBefore ? state_.graph.get() : nullptr;
        next.statuses = model::statuses(*next.graph, routing::expectedProgramming(*next.graph, plan), clock);
        stage("statuses");
        api_.syncDerived(model::derivedObjects(*next.workloads));
        api_.writeStatuses(next.statuses);
        stage("write back");
        state_ = std::move(next);
        stage("forget");
    }

    void admitted() { stage("admission"); }
    void lap() { last_ = Clock::now(); }
    std::map<std::string, std::vector<double>> times;

    static constexpr int namespaces = 100;

private:
    void create(const std::string& collection, std::string body) { write("POST", collection, std::move(body)); }
    static std::string collectionOf(int route)
    {
        return std::string(gatewayApi) + "load-" + std::to_string(route % namespaces) + "/httproutes";
    }
    static std::string routeBody(int route, const char* backend)
    {
        const std::string number = std::to_string(route);
        return R"({"metadata":{"name":"r)" + number +
               R"("},"spec":{"parentRefs":[{"name":"gw","namespace":"infra"}],"hostnames":["r)" + number +
               R"(.load.test"],"rules":[{"backendRefs":[{"name":")" + backend + R"(","port":80}]}]}})";
    }
    void stage(const char* name)
    {
        const auto now = Clock::now();
        times[name].push_back(std::chrono::duration<double, std::milli>(now - last_).count());
        last_ = Clock::now();
    }

    importers::KubeApi api_;
    Derived state_;
    Clock::time_point last_;
};

void print(const char* title, const Bench& bench)
{
    std::printf("%s:", title);
    double median = 0;
    for (const char* name : {"admission", "join", "resolve", "compile", "statuses", "write back", "forget"}) {
        const auto found = bench.times.find(name);
        if (found == bench.times.end() || found->second.empty())
            continue;
        std::vector<double> all = found->second;
        std::sort(all.begin(), all.end());
        median += all[all.size() / 2];
        std::printf(" %s %.2f, %.2f;", name, all[all.size() / 2], all[all.size() * 99 / 100]);
    }
    std::printf(" sum of medians %.2f ms\n", median);
}

double memoryMiB()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:"))
            return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const int routes = argc > 1 ? std::atoi(argv[1]) : 10'000, edits = argc > 2 ? std::atoi(argv[2]) : 100;
    if (edits < 2 || edits % 2 != 0 || routes < edits) {
        std::fputs("usage: bench_edit [routes] [edits]; edits are an even number, and no more than routes\n", stderr);
        return 2;
    }
    Bench bench;
    bench.fill(routes);
    bench.follow(false);
    std::printf("%d routes, %.0f MiB\n", routes, memoryMiB());
    for (const bool fromBefore : {true, false}) {
        bench.times.clear();
        for (int i = 0; i < edits; ++i) {
            bench.lap();
            bench.edit(i % (edits / 2) * (routes / edits), i < edits / 2 ? "new" : "old");
            bench.admitted();
            bench.follow(fromBefore);
        }
        print(fromBefore ? "from the state before" : "from nothing", bench);
    }
    return 0;
}
