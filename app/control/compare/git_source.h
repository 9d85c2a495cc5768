#pragma once

#include "model/base/result.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::control {

/// True for "git:REF:PATH".
bool isGitSource(const std::string& text);

/// The manifests that a revision has below a path, as pairs of shown name ("git:main:infra/gateway.yaml") and content,
/// chosen by name as in directories. PATH is relative to `directory` ("": the working directory); "" is all of it.
/// Reads the repository through the user's git and changes nothing. The error is a sentence for people, with git's own
/// words.
model::Result<std::vector<std::pair<std::string, std::string>>, std::string>
readGitSource(const std::string& text, const std::string& directory = {});

} // namespace gatehouse::control
