#pragma once

namespace gatehouse::ui {

/// Tells assistive technology of the canvas: a list whose items are the cards, each with name, health, connections,
/// selection and place. Call once, before the first TopologyView. Thread: UI.
void installCanvasAccessibility();

} // namespace gatehouse::ui
