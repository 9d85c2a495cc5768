#pragma once

#include "engine/engine.h"
#include "engine/routing/bind_plan.h"
#include "engine/routing/snapshot.h"
#include "importers/importer.h"
#include "model/graph/graph.h"
#include "sockets.h"

#include <memory>
#include <stdexcept>
#include <string>

/// Manifests to a Snapshot by the same way as the programs.
namespace gatehouse::test {

struct ClusterText {
    std::string yaml;
    std::map<std::string, routing::BackendMapping> backends = {};
    std::uint64_t version = 1;
    bool echoUnmapped = true;
};

inline std::shared_ptr<const routing::Snapshot> snapshotOf(const ClusterText& text)
{
    importers::ManifestImporter importer;
    const importers::ImportResult imported = importer.importTexts({{"test.yaml", text.yaml}});
    for (const model::Diagnostic& problem : imported.diagnostics) {
        if (problem.severity == model::Severity::Error)
            throw std::invalid_argument(toString(problem));
    }
    auto graph = std::make_shared<const model::Graph>(model::resolve(imported.resources));
    const routing::BindPlan plan = routing::planBinds(*graph, {}, {});
    routing::CompileOptions options;
    options.backends = text.backends;
    options.version = text.version;
    options.echoUnmapped = text.echoUnmapped;
    std::vector<model::Diagnostic> problems;
    return routing::compile(graph, plan, options, problems);
}

inline std::string gateway(std::uint16_t port, const std::string& name = "gate")
{
    return R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: )" +
           name + R"(}
spec:
  gatewayClassName: local
  listeners:
  - {name: http, protocol: HTTP, port: )" +
           std::to_string(port) + R"(}
---)";
}

inline std::string service(const std::string& name = "app")
{
    return R"(
apiVersion: v1
kind: Service
metadata: {name: )" +
           name + R"(}
spec:
  selector: {app: )" +
           name + R"(}
  ports:
  - {port: 80}
---)";
}

/// A route for every path of every Gateway named, to Service "app"; `extra` is more of the rule, indented by four.
inline std::string route(const std::string& extra = "", const std::string& gatewayName = "gate")
{
    return R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: all}
spec:
  parentRefs: [{name: )" +
           gatewayName + R"(}]
  rules:
  - backendRefs: [{name: app, port: 80}]
)" + extra +
           "\n---";
}

inline engine::EngineOptions workers(unsigned count)
{
    engine::EngineOptions options;
    options.workers = count;
    return options;
}

/// An engine of one listener and one Service.
class Running {
public:
    explicit Running(engine::EngineOptions options = {}, ClusterText text = {})
        : port(freePort()), engine(options), text_(std::move(text))
    {
        if (text_.yaml.empty())
            text_.yaml = service() + route();
        apply();
    }
    /// Service "app" is at this port of 127.0.0.1.
    static ClusterText backendAt(std::uint16_t backend, const std::string& extra = "")
    {
        return {service() + route(extra), {{"default/app:80", {"127.0.0.1", backend}}}};
    }
    void apply()
    {
        ClusterText text = text_;
        text.yaml = gateway(port) + text.yaml;
        report = engine.apply(snapshotOf(text));
    }
    Wire connect() const { return Wire::connect(port); }

    const std::uint16_t port;
    engine::Engine engine;
    engine::ApplyReport report;

private:
    ClusterText text_;
};

} // namespace gatehouse::test
