#pragma once

#include "engine/engine.h"
#include "engine/routing/bind_plan.h"
#include "engine/routing/snapshot.h"
#include "importers/importer.h"
#include "model/graph/graph.h"
#include "model/workloads/workloads.h"
#include "sockets.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/// Manifests to a Snapshot by the same way as the programs.
namespace gatehouse::test {

struct ClusterText {
    std::string yaml;
    std::map<std::string, routing::BackendMapping> backends = {};
    std::uint64_t version = 1;
    bool echoUnmapped = true;
    std::map<std::string, std::string> addresses = {}; ///< of Gateways, given by hand
};

inline std::shared_ptr<const routing::Snapshot> snapshotOf(const ClusterText& text)
{
    importers::ManifestImporter importer;
    const importers::ImportResult imported = importer.importTexts({{"test.yaml", text.yaml}});
    for (const model::Diagnostic& problem : imported.diagnostics) {
        if (problem.severity == model::Severity::Error)
            throw std::invalid_argument(toString(problem));
    }
    auto graph =
        std::make_shared<const model::Graph>(model::resolve(model::deriveWorkloads(imported.resources)->resources));
    routing::BindWishes wishes;
    wishes.addresses = text.addresses;
    wishes.allowNonLoopback = !text.addresses.empty();
    const routing::BindPlan plan = routing::planBinds(*graph, wishes, {});
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
    explicit Running(engine::EngineOptions options = workers(1), ClusterText text = {})
        : port(freePort()), engine(options), text_(std::move(text))
    {
        engine.onEvents([this] {
            const std::lock_guard lock(mutex_);
            woken_ = true;
            changed_.notify_all();
        });
        if (text_.yaml.empty())
            text_.yaml = service() + route();
        apply();
    }
    ~Running() { engine.stop(); } // nothing wakes us any more
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
    void apply(ClusterText text)
    {
        text_ = std::move(text);
        apply();
    }
    Wire connect(int receiveBuffer = 0) const { return Wire::connect(port, receiveBuffer); }

    /// The next finished request, in order; one without status when none comes.
    model::AccessEvent nextEvent()
    {
        const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patienceMs);
        while (events_.empty()) {
            std::vector<model::AccessEvent> taken;
            engine.takeEvents(taken);
            events_.insert(events_.end(), taken.begin(), taken.end());
            if (!events_.empty())
                break;
            std::unique_lock lock(mutex_);
            if (!changed_.wait_until(lock, until, [this] { return woken_; }))
                return {};
            woken_ = false;
        }
        model::AccessEvent event = events_.front();
        events_.pop_front();
        return event;
    }

    const std::uint16_t port;
    engine::Engine engine;
    engine::ApplyReport report;

private:
    ClusterText text_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    std::deque<model::AccessEvent> events_;
};

/// A backend that does, on one thread, what the test says with one connection after another.
class Backend {
public:
    explicit Backend(std::function<void(Backend&)> script)
        : thread_([this, script = std::move(script)] { script(*this); })
    {
    }
    ~Backend()
    {
        listening_.refuse();
        thread_.join();
    }
    [[nodiscard]] std::uint16_t port() const { return listening_.port(); }
    Wire accept() { return listening_.accept(); }
    /// Stops listening: later connections are refused.
    void refuse() { listening_.refuse(); }
    /// From the script to the test: hands something over; takes the next, "" when nothing comes.
    void tell(std::string text) { told_.put(std::move(text)); }
    std::string told() { return told_.take(); }
    /// From the test to the script.
    void order(std::string text) { ordered_.put(std::move(text)); }
    std::string ordered() { return ordered_.take(); }

private:
    class Post {
    public:
        void put(std::string text)
        {
            const std::lock_guard lock(mutex_);
            texts_.push_back(std::move(text));
            changed_.notify_all();
        }
        std::string take()
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait_for(lock, std::chrono::milliseconds(patienceMs), [this] { return !texts_.empty(); }))
                return {};
            std::string text = std::move(texts_.front());
            texts_.pop_front();
            return text;
        }

    private:
        std::mutex mutex_;
        std::condition_variable changed_;
        std::deque<std::string> texts_;
    };

    Listening listening_;
    Post told_, ordered_;
    std::thread thread_;
};

} // namespace gatehouse::test
