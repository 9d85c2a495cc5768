#pragma once

#include "engine/http/exchange.h"
#include "engine/http/relay.h"

namespace gatehouse::engine {

/// Serves the requests of Gateway listeners: match, answer or choose a backend, filter, forward. Has no state of its
/// own.
class Proxy final : public RequestService {
public:
    Handling* start(Exchange& exchange) override;
};

/// Runs the request's filters and forwards it. `body`: see Relay::begin().
Handling* forward(Exchange& exchange, const routing::RouteDecision& decision, const RelayTarget& target,
                  RequestReplay* body = nullptr);

} // namespace gatehouse::engine
