#pragma once

#include "engine/engine.h"
#include "engine/http/exchange.h"

namespace gatehouse::engine {

/// Serves requests by a function in this process: the admin endpoint and the like.
class LocalEndpoint final : public RequestService {
public:
    explicit LocalEndpoint(LocalHandler handler) : handler_(std::move(handler)) {}
    Handling* start(Exchange& exchange) override;

private:
    LocalHandler handler_;
};

} // namespace gatehouse::engine
