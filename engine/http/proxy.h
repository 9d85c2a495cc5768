#pragma once

#include "engine/http/exchange.h"

namespace gatehouse::engine {

/// Serves the requests of Gateway listeners: match, answer or choose a backend, filter, forward. Has no state of its
/// own.
class Proxy final : public RequestService {
public:
    Handling* start(Exchange& exchange) override;
};

} // namespace gatehouse::engine
