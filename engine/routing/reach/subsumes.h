#pragma once

#include "engine/routing/reach/entrance.h"

namespace gatehouse::routing {

/// True when every request that meets `narrow` certainly meets `wide`, too, hosts aside: compares what they ask for, as
/// written. False proves nothing.
bool subsumes(const MatchPlace& wide, const MatchPlace& narrow);

/// True when a match can take one of two requests that differ only in what no other match names: it has an expression
/// for the path or the gRPC call, or wants a Host header.
bool isSelective(const MatchPlace& match);

/// True when both ask for the same, hosts aside, as written.
bool asksTheSame(const MatchPlace& a, const MatchPlace& b);

} // namespace gatehouse::routing
