#pragma once

#include "app/control/cluster_source.h"
#include "app/control/lint/severities.h"
#include "app/kube_api/settings.h"
#include "engine/engine.h"
#include "engine/routing/bind_plan.h"
#include "engine/routing/snapshot.h"
#include "model/api/meta.h"
#include "model/base/diagnostic.h"
#include "model/base/value.h"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::control {

/// Where the admin endpoint listens; port 0 picks a free one.
struct AdminAddress {
    std::string address;
    std::uint16_t port = 0;
};

/// Everything a user may set, merged: built-in defaults, then gatehouse.yaml, then flags (contract section 3).
struct Config {
    std::vector<std::string> paths;
    std::string configFile; ///< the file really read; "" if none
    std::string controller;
    routing::BindWishes binds;
    std::map<std::string, routing::BackendMapping> backends;
    std::map<std::string, routing::ProxyProtocol> proxyProtocol; ///< what TCP and TLS sessions tell a Service port
    bool echoUnmapped = true;
    bool developmentCertificates = false; ///< the local CA signs for listeners without a usable certificate
    unsigned workers = 0;
    bool tracing = false; ///< W3C Trace Context; see engine::EngineOptions
    engine::EngineLimits limits;
    std::string logFormat = "text"; ///< text, json or none
    LintLevels lintLevels;          ///< what `check` makes of codes; serving pays no heed to it
    std::chrono::milliseconds drainTimeout{10'000};
    /// Where each value came from: "workers" to "gatehouse.yaml:3:1", "--workers" or "default".
    std::map<std::string, std::string> origins;

    // What the caller needs, never in a file.
    bool explainEvents = false;              ///< each request's event has what explain says of it
    std::optional<ClusterQuery> cluster;     ///< read beside the paths, at the first import and when applied again
    std::optional<AdminAddress> admin;       ///< serve the admin endpoint while the engine runs
    std::optional<kube::Settings> kubeApi;   ///< serve the Kubernetes API while the engine runs
    std::optional<routing::HostFacts> host;  ///< what the machine allows; nullopt: ask it
    bool projectTopology = true;             ///< fill State::topology; `run` without admin has no use for it
    bool keepStatuses = false;               ///< fill State::statuses
    std::function<model::Timestamp()> clock; ///< stamps lastTransitionTime and certificates; not set: the system\'s
    std::string caDirectory;                 ///< of the local CA; "": defaultCaDirectory()
    /// How often certificates of the local CA are looked at; a clock that was set, or a sleep, moves their end.
    std::chrono::milliseconds certificateCheck{std::chrono::hours(1)};
};

/// Finds gatehouse.yaml beside the first path or in the working directory (or takes `explicitFile`), reads it over
/// `config`. Unknown keys and bad values are Errors with file:line:column. Flags are applied by the caller afterwards.
void readConfigFile(Config& config, const std::string& explicitFile, std::vector<model::Diagnostic>& problems);

/// The content of a gatehouse.yaml over `config`; `file` names it in problems and origins.
void applyConfig(Config& config, const model::Value& root, const std::string& file,
                 std::vector<model::Diagnostic>& problems);

/// "ns/service:port=host:port"; the error says what was expected.
model::Result<std::pair<std::string, routing::BackendMapping>, std::string>
parseBackendMapping(const std::string& text);

/// "ns/gateway=IP" of --address; a name without namespace means default. Sets BindWishes::allowNonLoopback where
/// needed. The error says what was expected; "" when it was applied.
std::string addAddressWish(Config& config, const std::string& gateway, const std::string& address);

/// "ns/gateway/listener" to a local port; the error says what was expected, "" when it was applied.
std::string addPortWish(Config& config, const std::string& listener, std::int64_t port);

/// "host:port", "[v6]:port" or ":port" (loopback) of --admin; only IP literals and localhost.
model::Result<AdminAddress, std::string> parseAdminAddress(const std::string& text);

/// The effective configuration with each value's origin, for `gatehouse config`.
model::Value toValue(const Config& config);

} // namespace gatehouse::control
