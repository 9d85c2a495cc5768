#pragma once

#include "ui/document/libraries.h"

namespace gatehouse::desktop {

/// What the desktop is made with: versions as they run here where a library tells, else as it was built.
std::vector<ui::LibraryNote> libraries();

} // namespace gatehouse::desktop
