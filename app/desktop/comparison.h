#pragma once

#include "app/control/compare/compared_set.h"
#include "app/control/compare/set_diff.h"
#include "ui/document/comparison.h"

namespace gatehouse::desktop {

/// The differences of a diff in the window's terms; `base`, its topology and the Markdown are left to the caller.
/// Thread: any.
ui::Comparison comparisonOf(const control::SetDiff& diff);

/// Compares two sets that were read with the same Config by the code of `gatehouse diff`, in the window's terms.
/// Thread: any but the UI thread.
ui::Comparison compareSets(const QString& base, const control::ComparedSet& before, const control::State& after);

} // namespace gatehouse::desktop
