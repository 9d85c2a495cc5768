#pragma once

#include "engine/echo/echo_text.h"
#include "engine/echo/pod_logs.h"
#include "engine/http/exchange.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace gatehouse::engine {

/// The built-in backend of a Service without local endpoints: says who answered and what it received, in the form of
/// the Gateway API conformance suite's echo server. One object a listening socket, served by one worker.
///   X-Echo-Set-Header: A:1,B:2   sets answer headers
///   ?delay=1s500ms               waits first
///   /status/<code>               answers with that status
///   /health                      answers "OK"
///   /ws                          is a WebSocket that echoes messages
///   /retry/...?uuid=U&succeedAfter=N[&responseCode=C][&delayRetry=D]   fails the first N times, by C or a reset
class EchoBackend final : public RequestService {
public:
    /// `log` takes a line for every request that is echoed; may be null.
    explicit EchoBackend(EchoIdentity identity, std::shared_ptr<PodLog> log = nullptr)
        : identity_(std::move(identity)), log_(std::move(log))
    {
    }
    Handling* start(Exchange& exchange) override;

    [[nodiscard]] const EchoIdentity& identity() const noexcept { return identity_; }
    /// Counts a call of /retry; returns how often that uuid called before.
    std::uint64_t countCall(const std::string& uuid);
    void log(const Exchange& exchange);

private:
    EchoIdentity identity_;
    std::shared_ptr<PodLog> log_;
    std::map<std::string, std::uint64_t> calls_;
};

} // namespace gatehouse::engine
