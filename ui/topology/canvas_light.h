#pragma once

#include "model/base/object_key.h"

#include <QString>

#include <map>
#include <vector>

namespace gatehouse::ui {

struct ProbeResult;

/// The part that a card plays in the request that is explained.
enum class Light : std::uint8_t { None, Path, Lost };

/// The way of one request over the canvas, and who lost it with his reason.
struct CanvasLight {
    std::vector<model::ObjectKey> path;         ///< Gateway, route, backends
    std::map<model::ObjectKey, QString> losers; ///< the first reason of each
    [[nodiscard]] bool empty() const { return path.empty() && losers.empty(); }
};

CanvasLight lightOf(const ProbeResult& result);

} // namespace gatehouse::ui
