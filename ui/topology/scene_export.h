#pragma once

#include "ui/topology/topology_scene.h"

#include <QString>

namespace gatehouse::ui {

/// Writes the whole scene, not the visible part, to `file`; the ending decides: .svg or .png.
/// Returns "" or what went wrong. Thread: UI.
QString exportScene(TopologyScene& scene, const QString& file);

} // namespace gatehouse::ui
