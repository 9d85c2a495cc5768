#pragma once

#include "model/topology/topology.h"
#include "ui/editor/schema_place.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// One thing that may be typed at a place.
struct Completion {
    enum class Kind { Required, Optional, Value };
    QString name;   ///< what is shown, and compared with what is typed
    QString insert; ///< what is put in place of it; may have several lines
    QString help;   ///< one line about it; "" when there is nothing to say
    Kind kind = Kind::Optional;
    bool goOn = false; ///< what comes next can be completed as well
};

/// What may be typed at `place`, the likeliest first. `typed` is what stands there up to the cursor; only what begins
/// with it is given. Names of objects come from `topology`, which may be null.
std::vector<Completion> completionsAt(const SchemaPlace& place, const QString& typed, const model::Topology* topology);

} // namespace gatehouse::ui
