#pragma once

#include "../runtime/cluster.h"

#include <deque>
#include <string>
#include <vector>

/// Gateways whose listeners speak no HTTP, and an engine that serves them.
namespace gatehouse::test {

/// A Gateway "gate" with these listeners, each a YAML flow mapping.
inline std::string gatewayOf(const std::vector<std::string>& listeners)
{
    std::string text = "\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gate}\nspec:\n"
                       "  gatewayClassName: local\n  listeners:\n";
    for (const std::string& listener : listeners)
        text += "  - " + listener + '\n';
    return text + "---";
}

inline std::string tcpListener(std::uint16_t port, const std::string& name = "tcp")
{
    return "{name: " + name + ", protocol: TCP, port: " + std::to_string(port) + "}";
}

inline std::string tlsListener(std::uint16_t port, const std::string& name, const std::string& hostname,
                               const std::string& tls)
{
    return "{name: " + name + ", protocol: TLS, port: " + std::to_string(port) +
           (hostname.empty() ? "" : ", hostname: '" + hostname + "'") + ", tls: " + tls + "}";
}

struct StreamRouteText {
    std::string kind = "TCPRoute";
    std::string name = "r";
    std::string section = {};                       ///< of Gateway "gate"
    std::string hostnames = {};                     ///< "a.test, b.test"
    std::string backends = "{name: app, port: 80}"; ///< flow mappings, joined by commas
};

inline std::string streamRoute(const StreamRouteText& text)
{
    return "\napiVersion: gateway.networking.k8s.io/v1\nkind: " + text.kind + "\nmetadata: {name: " + text.name +
           "}\nspec:\n  parentRefs: [{name: gate" + (text.section.empty() ? "" : ", sectionName: " + text.section) +
           "}]\n" + (text.hostnames.empty() ? "" : "  hostnames: [" + text.hostnames + "]\n") +
           "  rules: [{backendRefs: [" + text.backends + "]}]\n---";
}

/// A Service without a selector, with an endpoint of 127.0.0.1 for each port.
inline std::string serviceAt(const std::string& name, const std::vector<std::uint16_t>& ports)
{
    std::string text =
        "\napiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec:\n  ports: [{port: 80}]\n---";
    for (const std::uint16_t port : ports)
        text += "\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: " + name + '-' +
                std::to_string(port) + ", labels: {kubernetes.io/service-name: " + name +
                "}}\naddressType: IPv4\nports: [{port: " + std::to_string(port) +
                "}]\nendpoints: [{addresses: [127.0.0.1], conditions: {ready: true}}]\n---";
    return text;
}

/// An engine without anything of its own, and its events.
class Streams {
public:
    explicit Streams(const std::string& yaml, engine::EngineOptions options = workers(1)) : engine(options)
    {
        engine.onEvents([this] {
            const std::lock_guard lock(mutex_);
            woken_ = true;
            changed_.notify_all();
        });
        apply(yaml);
    }
    ~Streams() { engine.stop(); } // nothing wakes us any more

    void apply(const std::string& yaml) { report = engine.apply(snapshotOf({yaml, {}, ++version_, false})); }

    /// The next session that ended, in order; one without protocol when none comes.
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

    engine::Engine engine;
    engine::ApplyReport report;

private:
    std::uint64_t version_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    std::deque<model::AccessEvent> events_;
};

} // namespace gatehouse::test
