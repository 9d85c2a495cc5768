#pragma once

#include "engine/echo/pod_logs.h"
#include "engine/routing/snapshot.h"
#include "engine/runtime/stream_service.h"

#include <memory>

namespace gatehouse::engine {

/// The built-in TCP echo, with or without TLS: LineEcho on a connection. One object a listening socket.
class TcpEcho final : public StreamService {
public:
    /// `log` takes a line for every command; may be null.
    TcpEcho(routing::EchoIdentity identity, std::shared_ptr<PodLog> log)
        : identity_(std::move(identity)), log_(std::move(log))
    {
    }
    Awaitable serve(ClientConnection& connection) override;

private:
    routing::EchoIdentity identity_;
    std::shared_ptr<PodLog> log_;
};

} // namespace gatehouse::engine
