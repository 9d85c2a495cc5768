#pragma once

// Private to this folder: how large inputs are laid out, which dot would take minutes for.

#include "ui/layout/layout.h"

namespace gatehouse::layout {

/// Places each cluster as a block of its own, in columns that are wrapped to about a window's shape, and the blocks in
/// rows; those that lead to others stand before all. What a cluster looks like depends on nothing but itself, so that
/// it stays as it is while others change. Edges are plain curves. Linear but for sorting: 5,000 boxes take
/// milliseconds.
Output layOutBlocks(const Input& input);

/// Draws one edge as a plain curve between boxes that have their places.
void drawPlain(const Input& input, std::size_t edge, Output& output);

} // namespace gatehouse::layout
