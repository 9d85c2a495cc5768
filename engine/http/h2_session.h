#pragma once

#include "engine/http/buffer_pool.h"
#include "engine/http/h2_frame_guard.h"
#include "engine/net/transport.h"
#include "engine/runtime/turn_ends.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nghttp2/nghttp2.h>

namespace gatehouse::engine {

class H2Stream;

/// One HTTP/2 connection (RFC 9113), either side of it: bytes of a Transport to events of its streams, by nghttp2,
/// which does no I/O itself. Nothing here waits.
///
/// What a peer says is only noted while nghttp2 speaks (its session may not be sent on from within its callbacks):
/// streams that something happened to are "touched", and served once it has finished. What streams have to send is
/// gathered over a turn of the worker and goes out with one call.
///
/// Windows are handled by hand: a stream's window opens again as its bytes are taken, so a slow reader slows its writer
/// (RFC 9113 5.2). No more than a window of a stream is ever held. Thread: its worker.
class H2Session : public TurnEnd {
public:
    enum class Side : std::uint8_t { Server, Client };
    struct Limits {
        std::uint32_t concurrentStreams = 128; ///< that the peer may open
        std::uint32_t headerListBytes = 64 * 1024;
    };

    H2Session(const H2Session&) = delete;
    H2Session& operator=(const H2Session&) = delete;

    [[nodiscard]] nghttp2_session* raw() noexcept { return session_.get(); }
    [[nodiscard]] BufferPool& buffers() noexcept { return buffers_; }
    /// For a head that is submitted at once.
    [[nodiscard]] std::vector<nghttp2_nv>& scratchPairs() noexcept { return scratchPairs_; }
    /// Serializes what may be sent, up to a mark.
    void fill();
    /// Bytes sent so far: whether they move tells a slow peer from one that stopped.
    [[nodiscard]] std::uint64_t sentBytes() const noexcept { return sentBytes_; }
    /// Serialized and not sent yet.
    [[nodiscard]] std::size_t backlog() const noexcept { return out_.size() - sent_; }
    [[nodiscard]] bool outputFull() const noexcept;
    /// Sends what is worth a call of its own now, the rest when the turn ends. Failed: the connection is lost.
    IoState flushSoon();
    /// The stream is served after this turn, or earlier.
    void touch(H2Stream& stream);
    /// The stream has bytes that found no room; it goes on when there is some.
    void waitForRoom(H2Stream& stream);
    /// So many received bytes were taken, so that as many more may come; on the stream too while it `goesOn`.
    void taken(std::int32_t id, std::size_t bytes, bool goesOn);
    /// Nothing is reported to the stream any more.
    void forget(H2Stream& stream) noexcept;
    [[nodiscard]] bool lost() const noexcept { return lost_; }

protected:
    H2Session(Side side, Transport& transport, asio::io_context& io, BufferPool& buffers);
    ~H2Session();

    /// Starts to speak: SETTINGS, and windows. False when memory is short.
    bool start(const Limits& limits);
    /// Takes bytes that were received already.
    void take(std::string_view bytes);
    /// Receives and takes what is there, as far as a turn allows. Closed or Failed: the peer is gone.
    IoState receive();
    /// Serves touched streams.
    void serveTouched();
    /// Sends all that can be sent. Blocked: something is left, for which the socket has no room.
    IoState flush();
    /// Nothing will be said or heard any more, but what is gathered.
    [[nodiscard]] bool finished() noexcept;
    [[nodiscard]] bool hasTouched() const noexcept { return !touched_.empty(); }
    void scheduleTurnEnd() { turnEnds_.add(*this); }
    /// No stream is open: storage goes back.
    void rest();

    /// Server side: a request begins. Null refuses it.
    virtual H2Stream* openStream(std::int32_t id) = 0;
    virtual void onGoaway() {}
    virtual void onPingAnswer() {}
    /// A stream was reset by this side, for a fault.
    virtual void onResetSent() {}

    Transport& transport_;
    bool lost_ = false; // the socket failed, or the peer broke the protocol beyond repair

private:
    struct Callbacks;
    friend struct Callbacks;
    struct Deleter {
        void operator()(nghttp2_session* session) const noexcept { nghttp2_session_del(session); }
    };
    [[nodiscard]] H2Stream* find(std::int32_t id) noexcept;
    void roomMade();

    BufferPool& buffers_;
    TurnEnds& turnEnds_;
    Side side_;
    H2FrameGuard guard_; // of a client's frames
    std::unique_ptr<nghttp2_session, Deleter> session_;
    std::vector<nghttp2_nv> scratchPairs_;
    std::string out_;
    std::size_t sent_ = 0; // of out_
    std::uint64_t sentBytes_ = 0;
    std::vector<H2Stream*> touched_, serving_, waiting_; // forgotten ones are null
};

} // namespace gatehouse::engine
