#pragma once

#include "../runtime/cluster.h"
#include "certificates.h"
#include "tls_client.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A Gateway with HTTPS listeners in a running engine.
namespace gatehouse::test {

inline bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// One HTTPS listener: a name, a hostname ("" for all) and its Secrets.
struct ListenerText {
    std::string name, hostname;
    std::vector<std::string> secrets;
};

inline std::string secureGateway(std::uint16_t port, const std::vector<ListenerText>& listeners,
                                 const std::string& tls = "")
{
    std::string text = "\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gate}\nspec:\n"
                       "  gatewayClassName: local\n" +
                       tls + "  listeners:\n";
    for (const ListenerText& listener : listeners) {
        text += "  - name: " + listener.name + "\n    protocol: HTTPS\n    port: " + std::to_string(port) + "\n";
        if (!listener.hostname.empty())
            text += "    hostname: \"" + listener.hostname + "\"\n";
        text += "    tls:\n      certificateRefs:\n";
        for (const std::string& secret : listener.secrets)
            text += "      - {name: " + secret + "}\n";
    }
    return text + "---";
}

/// An engine whose Gateway "gate" has the listeners given, and a route for everything to Service "app".
class Secure {
public:
    Secure(std::vector<ListenerText> listeners, std::string secrets, engine::EngineOptions options = workers(1))
        : port(freePort()), engine(options), listeners_(std::move(listeners))
    {
        apply(std::move(secrets));
    }
    ~Secure() { engine.stop(); }
    void apply(std::string secrets)
    {
        ClusterText text{secureGateway(port, listeners_, tls) + std::move(secrets) + service() + route(extra),
                         backends};
        snapshot = snapshotOf(text);
        report = engine.apply(snapshot);
    }

    std::map<std::string, routing::BackendMapping> backends;
    std::string extra;
    std::string tls; ///< the Gateway's spec.tls, if any
    const std::uint16_t port;
    engine::Engine engine;
    std::shared_ptr<const routing::Snapshot> snapshot;
    engine::ApplyReport report;

private:
    std::vector<ListenerText> listeners_;
};

/// One listener for all hosts with one certificate.
inline std::unique_ptr<Secure> simple(engine::EngineOptions options = workers(1))
{
    return std::make_unique<Secure>(std::vector<ListenerText>{{"https", "", {"cert"}}},
                                    secret("cert", certificate({"app.test"})), options);
}

} // namespace gatehouse::test
