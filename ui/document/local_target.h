#pragma once

#include "model/base/object_key.h"

#include <QString>

#include <map>

namespace gatehouse::ui {

/// Where requests to a backend really go on this machine.
enum class TargetKind : std::uint8_t { Mapping, Endpoints, Echo, None };

struct LocalTarget {
    TargetKind kind = TargetKind::None;
    QString text; ///< "localhost:3000", "127.0.0.1:9000 and 2 more", "built-in echo", "no endpoint"
    bool operator==(const LocalTarget&) const = default;
};

using LocalTargets = std::map<model::ObjectKey, LocalTarget>;

} // namespace gatehouse::ui
