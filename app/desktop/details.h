#pragma once

#include "app/desktop/insight.h"
#include "ui/document/object_details.h"

namespace gatehouse::desktop {

/// YAML, rules and references of an object, for the Inspector. Reads the object's file; where it has none, or the
/// object is no document of its own there, prints the object instead. Texts of `unsaved` count for their files'.
/// Thread: any but the UI thread.
ui::ObjectDetails describe(const Insight& insight, const model::ObjectKey& key,
                           const importers::TextOverlay& unsaved = {});

} // namespace gatehouse::desktop
