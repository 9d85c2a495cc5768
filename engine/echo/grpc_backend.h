#pragma once

#include "engine/echo/echo_text.h"
#include "engine/echo/pod_logs.h"
#include "engine/http/exchange.h"

#include <memory>

namespace gatehouse::engine {

/// The built-in backend of a GRPCRoute's Service without local endpoints: the conformance suite's gRPC echo, with
/// server reflection (v1 and v1alpha, so that grpcurl lists and describes it) and gRPC's health service; see
/// grpc_services.h. Messages are taken uncompressed, up to 4 MiB each. One object a listening socket, served by one
/// worker.
class GrpcEchoBackend final : public RequestService {
public:
    /// `log` takes a line for every call that is echoed; may be null.
    explicit GrpcEchoBackend(EchoIdentity identity, std::shared_ptr<PodLog> log = nullptr)
        : identity_(std::move(identity)), log_(std::move(log))
    {
    }
    Handling* start(Exchange& exchange) override;

    [[nodiscard]] const EchoIdentity& identity() const noexcept { return identity_; }
    void log(const Exchange& exchange);

private:
    EchoIdentity identity_;
    std::shared_ptr<PodLog> log_;
};

} // namespace gatehouse::engine
