#pragma once

#include "ui/topology/topology_scene.h"

#include <QString>

class QPrinter;

namespace gatehouse::ui {

/// Writes the whole scene, not the visible part, to `file`; the ending decides: .svg, .png, .pdf. Of .dot and .mmd
/// (Mermaid) it is the whole topology, as `gatehouse graph` prints it. Returns "" or what went wrong. Thread: UI.
QString exportScene(TopologyScene& scene, const QString& file);

/// Prints the whole scene on one page, in light colours. Returns "" or what went wrong. Thread: UI.
QString printScene(TopologyScene& scene, QPrinter& printer);

} // namespace gatehouse::ui
