#pragma once

#include <string>

namespace gatehouse::model {

/// `text` as it may go to a terminal: every control character (C0, DEL, and the C1 set in UTF-8) becomes \xNN, so that
/// what somebody wrote into a manifest neither moves the cursor nor forges a line. Everything else stays as it is.
std::string printable(std::string text);

} // namespace gatehouse::model
