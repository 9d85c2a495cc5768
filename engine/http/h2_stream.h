#pragma once

#include "engine/http/exchange.h"
#include "engine/http/h2_session.h"
#include "engine/routing/match.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// One stream of an H2Session: fields and bodies in, bodies out. What the fields mean is its user's, on either side.
/// Thread: its worker.
class H2Stream {
public:
    H2Stream() = default;
    H2Stream(const H2Stream&) = delete;
    H2Stream& operator=(const H2Stream&) = delete;

protected:
    ~H2Stream();

    void attach(H2Session& session, std::int32_t id);
    /// Leaves the session: a stream that is not closed yet is reset. Its storage goes back.
    void detach(std::uint32_t errorCode = NGHTTP2_CANCEL);
    [[nodiscard]] H2Session* session() const noexcept { return session_; }
    [[nodiscard]] std::int32_t id() const noexcept { return id_; }
    /// The peer has sent its last byte, all of it taken or not.
    [[nodiscard]] bool remoteEnded() const noexcept { return remoteEnded_; }
    /// The stream is over, in whatever way; see errorCode().
    [[nodiscard]] bool closed() const noexcept { return closed_; }
    [[nodiscard]] std::uint32_t errorCode() const noexcept { return errorCode_; }
    [[nodiscard]] bool ended() const noexcept { return ended_; }
    /// The first frame of the stream left this side.
    [[nodiscard]] bool headersSent() const noexcept { return headersSent_; }

    BodyPiece receivedBody();
    /// For submitting a head that has a body.
    nghttp2_data_provider bodySource() noexcept;
    /// Takes a prefix of what fits; the rest is to be offered again.
    std::size_t offer(std::string_view data);
    /// Takes all, into storage of its own.
    void hold(std::string_view data);
    /// Nothing follows but `trailers` (copied).
    void endBody(const routing::HeaderFields* trailers);
    [[nodiscard]] bool holds() const noexcept { return heldSent_ < held_.size(); }
    void reset(std::uint32_t errorCode);
    /// Of a server's stream: the client goes on after the answer's end, as each direction of a tunnel has its own.
    void keepOpen() noexcept { staysOpen_ = true; }

    /// A field of the head or the trailers that is coming in; valid during the call.
    virtual void onField(std::string_view name, std::string_view value) = 0;
    /// The head, or the trailers, are complete.
    virtual void onFieldsEnd() = 0;
    /// Something happened; called outside of nghttp2. May destroy this.
    virtual void onTouched() = 0;
    virtual void onClosed() {}

private:
    friend class H2Session;

    void received(std::string_view data);
    void onRemoteEnd();
    void streamClosed(std::uint32_t errorCode);
    /// What nghttp2 asks for: how much of a frame of `length` there is to send.
    ssize_t provide(std::size_t length, std::uint32_t& flags);
    void takeProvided(std::string& out, std::size_t length);
    void resume();
    void giveCredit();
    void submitTrailers();

    H2Session* session_ = nullptr; // null: detached
    std::int32_t id_ = -1;
    std::uint32_t errorCode_ = NGHTTP2_NO_ERROR;
    std::unique_ptr<ByteBuffer> in_; // received and not taken; null while there is nothing
    std::size_t lent_ = 0;           // of in_: what the last piece showed
    std::string_view offered_;       // while offer() runs
    std::string held_;
    std::size_t heldSent_ = 0;
    routing::TextArena trailerText_;
    routing::HeaderFields trailers_;
    bool remoteEnded_ = false;
    bool closed_ = false;
    bool ended_ = false;
    bool deferred_ = false; // nghttp2 waits for resume()
    bool hungry_ = false;   // more than was taken is waiting to be offered
    bool headersSent_ = false;
    bool touched_ = false; // in the session's list
    bool staysOpen_ = false;
};

} // namespace gatehouse::engine
