#pragma once

#include "engine/http/exchange.h"
#include "engine/http/relay.h"

#include <vector>

namespace gatehouse::engine {

/// True when some filter has another server asked before the request goes on.
bool asksFirst(const std::vector<routing::CompiledFilter>& filters) noexcept;

/// Asks the servers of a request's ExternalAuth filters, one after the other, the rule's first; then forwards it, or
/// answers as the server did that refused it (semantics 9.7). They are asked before any other filter changes the
/// request. Fails closed: without an answer, or with one that is no HTTP, the request is refused.
Handling* startAuthCheck(Exchange& exchange, const routing::RouteDecision& decision, const RelayTarget& target);

} // namespace gatehouse::engine
