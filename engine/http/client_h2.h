#pragma once

#include "engine/http/client_h2_stream.h"
#include "engine/http/h2_session.h"

#include <memory>
#include <string_view>
#include <vector>

namespace gatehouse::engine {

class ClientConnection;

/// HTTP/2 on a client's connection (RFC 9113): every stream is a request that is served on its own. Owned by its
/// ClientConnection. Thread: its worker.
class ClientH2 final : public H2Session {
public:
    explicit ClientH2(ClientConnection& connection);
    ~ClientH2();

    /// From the client's preface to the end of the connection. `early`: bytes that were received already.
    Awaitable run(std::string_view early);
    /// The listening socket was retired: tells the client so, and closes after the streams under way.
    void serverRetired();

    [[nodiscard]] ClientConnection& connection() noexcept { return connection_; }
    /// A stream has nothing more to do.
    void streamEnded() noexcept { sweep_ = true; }

private:
    H2Stream* openStream(std::int32_t id) override;
    void onPingAnswer() override;
    void onTurnEnd() override;
    void onResetSent() override;

    /// Goes on as far as it can. False: the connection is over.
    bool advance();
    /// False: what is late ends the connection.
    bool late();
    void sweep();
    void setDeadline(bool blocked);
    /// When an idle connection is looked at next.
    [[nodiscard]] TimePoint idleUntil(TimePoint now);
    void sayGoaway(std::uint32_t errorCode);
    /// The client is gone, or we are: requests under way are given up.
    void abandon();

    ClientConnection& connection_;
    std::vector<std::unique_ptr<ClientH2Stream>> open_, spare_;
    TimePoint idleSince_ = never;  // no stream is open
    TimePoint farewellAt_ = never; // when the last stream is named, whether the client has heard or not
    std::uint64_t seenSent_ = 0;
    unsigned resets_ = 0;
    bool sweep_ = false;
    bool retiring_ = false; // the client was told to open no more streams
    bool goodbye_ = false;  // GOAWAY names the last stream
    bool blocked_ = false;  // the socket takes no more
};

} // namespace gatehouse::engine
