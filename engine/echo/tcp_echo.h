#pragma once

#include "engine/echo/echo_dialogue.h"
#include "engine/echo/pod_logs.h"
#include "engine/routing/snapshot.h"
#include "engine/runtime/stream_service.h"

#include <memory>
#include <utility>

namespace gatehouse::engine {

/// The built-in echoes over TCP, with or without TLS: a LineEcho on each connection, or a DnsStream where the
/// identity's mode is DNS. One object a listening socket.
class TcpEcho final : public StreamService {
public:
    /// `log` takes a line for every answer; may be null.
    TcpEcho(routing::EchoIdentity identity, std::shared_ptr<PodLog> log)
        : identity_(std::move(identity)), log_(std::move(log))
    {
    }
    Awaitable serve(ClientConnection& connection) override;

private:
    std::unique_ptr<EchoDialogue> begin(const ClientConnection& connection);

    routing::EchoIdentity identity_;
    std::shared_ptr<PodLog> log_;
};

} // namespace gatehouse::engine
