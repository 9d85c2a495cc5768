#pragma once

#include "engine/routing/explain.h"

#include <string>

namespace gatehouse::routing {

/// An explanation for people: the answer first, then where it goes, then everybody who lost and why. Ends in a newline.
std::string toText(const Explanation& explanation);

} // namespace gatehouse::routing
