#pragma once

#include "app/cli/output/style.h"
#include "app/control/compare/set_diff.h"

#include <string>

namespace gatehouse::cli {

/// A comparison as text for a terminal: what is the same is not shown; ends in a line of counts.
std::string diffText(const control::SetDiff& diff, const Style& style);
/// The same for programs; see resources/schemas.
model::Value diffValue(const control::SetDiff& diff);

} // namespace gatehouse::cli
