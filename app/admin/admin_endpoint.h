#pragma once

#include "app/admin/event_stream.h"
#include "engine/engine.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::control {
struct State;
}

namespace gatehouse::admin {

/// What the endpoint shows. All may be called on any thread and must not block.
struct Sources {
    std::function<std::shared_ptr<const control::State>()> current;
    std::function<engine::EngineStats()> stats;
    std::function<std::vector<engine::RuleStats>()> ruleStats;
    std::function<std::vector<engine::SessionStats>()> sessionStats;
    std::shared_ptr<EventStream> events;
};

/// The admin endpoint (contract section 5): /livez, /readyz, /metrics, /config, /events and /explain. A request whose
/// Host is a name, or that comes from a page of another origin, is refused with 403, so that no web page can drive it.
/// Lifetime: of `sources`. Thread: any.
engine::LocalHandler handler(Sources sources);

/// "address:port" as Host and URLs write it.
std::string authority(const std::string& address, std::uint16_t port);

} // namespace gatehouse::admin
