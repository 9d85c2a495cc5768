#pragma once

#include "engine/http/exchange.h"
#include "engine/http/relay.h"

namespace gatehouse::engine {

/// Where the session that a request belongs to lives; both null when it has none, or its endpoint is gone.
struct StickyTarget {
    const routing::WeightedBackend* backend = nullptr;
    EndpointPool* endpoint = nullptr;
};

/// Finds the endpoint that a request's cookie or header names, whatever the weights say (semantics 10.3). Only for
/// rules with a session.
StickyTarget stickyTarget(Exchange& exchange, const routing::CompiledRule& rule);

/// Gives the client a session at the endpoint that answers, unless it has that one already.
void addSession(Exchange& exchange, const RelayTarget& target, routing::HeaderFields& headers);

} // namespace gatehouse::engine
