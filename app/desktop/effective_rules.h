#pragma once

#include "app/desktop/insight.h"
#include "ui/document/object_details.h"

#include <vector>

namespace gatehouse::desktop {

/// What a Gateway, a ListenerSet or a route does with requests: for each listener and hostname all matches in the order
/// in which they are tried, other routes' included, and who shadows those that no request reaches. For a route only
/// the hostnames that it has a match for. Listeners that do the same share a table. Empty for any other object, and for
/// a route that is attached nowhere. Thread: any but the UI thread.
std::vector<ui::EffectiveTable> effectiveRules(const Insight& insight, const model::ObjectKey& key);

} // namespace gatehouse::desktop
