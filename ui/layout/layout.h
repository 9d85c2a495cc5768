#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse::layout {

/// All lengths are in the caller's units (the canvas: device independent pixels); y grows downwards.
struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

struct Rect {
    double x = 0, y = 0, width = 0, height = 0;
    bool operator==(const Rect&) const = default;
    [[nodiscard]] double right() const noexcept { return x + width; }
    [[nodiscard]] double bottom() const noexcept { return y + height; }
    [[nodiscard]] Point center() const noexcept { return {x + width / 2, y + height / 2}; }
};

enum class Direction : std::uint8_t { LeftRight, TopDown };

/// A row of a box that edges may start from: measured from the top of the box.
struct PortRow {
    double top = 0, height = 0;
    bool operator==(const PortRow&) const = default;
};

struct Box {
    double width = 0, height = 0;
    std::int32_t cluster = -1; ///< index into Input::clusters; -1: outside of all
    /// The column (row when top-down) that the box shall at least stand in when no edge puts it further.
    std::uint32_t column = 0;
    bool spread = false;        ///< the column is meant even though an edge leads to the box
    std::vector<PortRow> ports; ///< top to bottom, not overlapping
    bool operator==(const Box&) const = default;
};

/// An edge from the end of one box to the beginning of another. `label` is the room that a label needs, 0 for none.
struct Edge {
    std::uint32_t from = 0, to = 0;
    std::int32_t fromPort = -1; ///< index into the first box's ports, used left to right; -1: the middle of the side
    double labelWidth = 0, labelHeight = 0;
    bool loose = false; ///< is drawn, but says nothing about which box stands before the other
    bool operator==(const Edge&) const = default;
};

struct Cluster {
    double titleWidth = 0, titleHeight = 0; ///< room kept free along the top
    bool operator==(const Cluster&) const = default;
};

struct Input {
    Direction direction = Direction::LeftRight;
    std::vector<Box> boxes;
    std::vector<Edge> edges;
    std::vector<Cluster> clusters;
    double columnGap = 70; ///< between columns
    double boxGap = 22;    ///< between boxes of a column
    bool operator==(const Input&) const = default;
};

struct Curve {
    std::vector<Point> points; ///< cubic Bezier: first point, then three for each segment; empty when not routed
    Point label;               ///< centre of the room for the label
};

/// Parallel to the vectors of Input. A cluster without boxes has an empty rectangle.
struct Output {
    std::vector<Rect> boxes;
    std::vector<Curve> curves;
    std::vector<Rect> clusters;
    double width = 0, height = 0;
};

/// Places boxes in clusters and routes the edges. Deterministic: same input, same output.
/// Up to 500 boxes Graphviz does it; more, and what is spread, become blocks (blocks.h). Errors: what Graphviz said, or
/// an index out of range. Cost: about a millisecond for ten boxes; seconds for the most tangled five hundred. Thread:
/// any; Graphviz has process-wide state, so that callers wait for each other.
model::Result<Output, std::string> layOut(const Input& input);

} // namespace gatehouse::layout
