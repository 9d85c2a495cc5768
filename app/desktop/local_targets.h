#pragma once

#include "app/control/session.h"
#include "ui/document/local_target.h"

#include <map>
#include <string>

namespace gatehouse::desktop {

/// Where each backend's requests go on this machine, as the snapshot has it. `mappings` says which of the targets were
/// chosen by hand. Thread: any.
ui::LocalTargets localTargets(const routing::Snapshot& snapshot,
                              const std::map<std::string, routing::BackendMapping>& mappings);

} // namespace gatehouse::desktop
