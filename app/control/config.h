#pragma once

#include "engine/engine.h"
#include "engine/routing/bind_plan.h"
#include "engine/routing/snapshot.h"
#include "model/base/diagnostic.h"
#include "model/base/value.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace gatehouse::control {

/// Everything a user may set, merged: built-in defaults, then gatehouse.yaml, then flags (contract section 3).
struct Config {
    std::vector<std::string> paths;
    std::string configFile; ///< the file really read; "" if none
    std::string controller;
    routing::BindWishes binds;
    std::map<std::string, routing::BackendMapping> backends;
    bool echoUnmapped = true;
    unsigned workers = 0;
    engine::EngineLimits limits;
    std::string logFormat = "text"; ///< text, json or none
    std::chrono::milliseconds drainTimeout{10'000};
    /// Where each value came from: "workers" to "gatehouse.yaml:3:1", "--workers" or "default".
    std::map<std::string, std::string> origins;
};

/// Finds gatehouse.yaml beside the first path or in the working directory (or takes `explicitFile`), reads it over
/// `config`. Unknown keys and bad values are Errors with file:line:column. Flags are applied by the caller afterwards.
void readConfigFile(Config& config, const std::string& explicitFile, std::vector<model::Diagnostic>& problems);

/// "ns/service:port=host:port"; the error says what was expected.
model::Result<std::pair<std::string, routing::BackendMapping>, std::string> parseBackendMapping(const std::string& text);

/// The effective configuration with each value's origin, for `gatehouse config`.
model::Value toValue(const Config& config);

} // namespace gatehouse::control
