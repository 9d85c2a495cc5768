#pragma once

#include "engine/http/backend_h1.h"
#include "engine/http/backend_h2.h"

namespace gatehouse::engine {

/// The backend sides of one request at a time: one for each protocol that an endpoint may speak.
class BackendSides {
public:
    BackendSides(const EngineLimits& limits, BufferPool& buffers) : http1_(limits, buffers), http2_(limits) {}
    /// The one for an endpoint; the others are not in use.
    [[nodiscard]] BackendSide& of(const EndpointPool& endpoint) noexcept
    {
        if (endpoint.address().http2)
            return http2_;
        return http1_;
    }

private:
    BackendH1 http1_;
    BackendH2 http2_;
};

} // namespace gatehouse::engine
