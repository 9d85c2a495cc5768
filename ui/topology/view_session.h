#pragma once

#include "model/base/object_key.h"
#include "ui/topology/canvas_filter.h"
#include "ui/topology/placement.h"

#include <QByteArray>
#include <QPointF>

#include <array>
#include <cstdint>
#include <map>
#include <optional>

namespace gatehouse::ui {

/// How somebody looks at a topology: what is kept between two runs of the program.
struct ViewSession {
    std::optional<model::ObjectKey> selected, focus;
    std::optional<std::uint32_t> hops;
    CanvasFilter filter;
    bool topDown = false;
    bool automatic = true; ///< many cards fold by themselves
    std::map<model::ObjectKey, bool> folds;
    std::array<HandPlaces, 2> moved; ///< by direction
    std::optional<double> zoom;      ///< nothing: everything is in view
    QPointF center;
    bool operator==(const ViewSession&) const = default;
};

/// As a settings file keeps it: JSON, at most some thousand places moved by hand. Pure.
QByteArray toJson(const ViewSession& session);
/// Nothing when it is none. What is not understood in it is left out.
std::optional<ViewSession> viewSession(const QByteArray& json);

} // namespace gatehouse::ui
