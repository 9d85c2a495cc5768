#pragma once

#include "model/base/value.h"

#include <string_view>

namespace gatehouse::importers {

/// The JSON schema of `status` for a kind: in full for those of the Gateway API; the others keep what is written.
/// Statuses are written by Gatehouse alone, so this describes, and refuses nothing. Thread: any.
model::Value statusSchema(std::string_view kind);

} // namespace gatehouse::importers
