#pragma once

#include "engine/engine.h"
#include "engine/http/exchange.h"

namespace gatehouse::engine {

/// Serves requests by a function in this process: the admin endpoint and the like. The function answers when it likes,
/// from any thread; see LocalReply.
class LocalEndpoint final : public RequestService {
public:
    LocalEndpoint(LocalEndpointOptions options, LocalHandler handler)
        : options_(std::move(options)), handler_(std::move(handler))
    {
    }
    Handling* start(Exchange& exchange) override;

private:
    LocalEndpointOptions options_;
    LocalHandler handler_;
};

} // namespace gatehouse::engine
