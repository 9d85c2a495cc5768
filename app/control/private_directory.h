#pragma once

#include <string>

namespace gatehouse::control {

/// Where the user's own data is kept: gatehouse/ below XDG_DATA_HOME, else below ~/.local/share. "" when neither is
/// known (XDG Base Directory Specification: relative paths count as unset).
std::string userDataDirectory();

/// Makes `path` a directory that only its owner may enter, with the directories above it where they are missing. The
/// error says what failed; "" when it is there.
std::string makePrivateDirectory(const std::string& path);

} // namespace gatehouse::control
