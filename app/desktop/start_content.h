#pragma once

#include "ui/document/start_content.h"

namespace gatehouse::desktop {

/// The samples and the documentation that came with the program at `programFolder`: of its installation, or of the
/// source tree that it was built in. Reads some lines of each sample's README. Errors: what is not there is left out.
ui::StartContent findStartContent(const QString& programFolder);

} // namespace gatehouse::desktop
