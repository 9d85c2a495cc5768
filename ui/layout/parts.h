#pragma once

// Private to this folder: what is not connected is laid out apart and then placed side by side. Graphviz would put it
// all into one column, a hundred screens high; and many small layouts cost less than one large.

#include "ui/layout/layout.h"

#include <vector>

namespace gatehouse::layout {

/// A piece of an input that no edge and no cluster joins with the rest; the vectors say which of the input's it has.
struct Part {
    Input input;
    std::vector<std::uint32_t> boxes, edges, clusters;
};

/// In order of their first boxes. Boxes of a cluster stay together; loose edges join nothing and are in no part.
std::vector<Part> split(const Input& input);

/// Places laid out parts in rows of about the width of a screen, in order.
Output join(const Input& input, const std::vector<Part>& parts, const std::vector<Output>& outputs);

} // namespace gatehouse::layout
