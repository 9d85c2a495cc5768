#include "ui/topology/canvas_light.h"

#include "ui/document/probe.h"

#include <algorithm>

namespace gatehouse::ui {

CanvasLight lightOf(const ProbeResult& result)
{
    CanvasLight light;
    for (const auto& key : {result.gateway, result.route}) {
        if (key)
            light.path.push_back(*key);
    }
    for (const ProbeBackend& backend : result.backends) {
        if (backend.key)
            light.path.push_back(*backend.key);
    }
    for (const auto* reasons : {&result.losers, &result.outsiders, &result.listeners}) {
        for (const ProbeReason& reason : *reasons) {
            // Another rule of the route that won, or another listener of its Gateway, is no loser on the canvas.
            if (reason.key && std::find(light.path.begin(), light.path.end(), *reason.key) == light.path.end())
                light.losers.try_emplace(*reason.key, reason.why);
        }
    }
    return light;
}

} // namespace gatehouse::ui
