#pragma once

#include "engine/routing/snapshot.h"

#include <string_view>
#include <vector>

namespace gatehouse::routing {

/// The code of findRedirectLoops().
inline constexpr std::string_view redirectLoopCode = "GH2117";

/// Rules of HTTPRoutes whose redirects lead back to themselves, straight or by way of other rules of the same Gateway:
/// one Warning a rule, with the addresses that a client would go round. Each is found by following a request with the
/// matcher that serves traffic, so each is certain; matches by header, query or expression are not followed. Pure.
/// Errors: none. Cost: linear in hostnames and matches of rules that redirect. Thread: any.
std::vector<model::Diagnostic> findRedirectLoops(const Snapshot& snapshot);

} // namespace gatehouse::routing
