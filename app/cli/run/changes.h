#pragma once

#include "app/control/session.h"

#include <string>

namespace gatehouse::cli {

/// What a re-apply changed, in one line without the time: "1 route changed (HTTPRoute shop/cart), 1 listener added
/// (...)"; "nothing changed" when listeners and routes are the same. Names up to three of a kind.
std::string describeChanges(const control::State& before, const control::State& after);

} // namespace gatehouse::cli
