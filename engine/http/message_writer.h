#pragma once

#include "engine/http/h1_codec.h"
#include "engine/net/transport.h"

#include <string>
#include <string_view>

namespace gatehouse::engine {

/// Writes one HTTP/1 message after another to a socket: a head and small bodies gathered into one send, large bodies
/// sent from where they lie, chunk framing where asked. Buffers no more than a head and one small piece.
class MessageWriter {
public:
    /// Where a head is serialized; nothing is sent before flush() or a large sendBody().
    std::string& out() noexcept { return out_; }
    void startBody(BodyKind framing) noexcept
    {
        framing_ = framing;
        chunkLeft_ = 0;
    }
    /// Takes a prefix of `data` and says how much; 0 when the socket is full. The rest has to be offered again,
    /// unchanged, before anything else (a chunk's size is on the wire by then).
    std::size_t sendBody(Transport& socket, std::string_view data);
    /// Takes all of `data` into the buffer, whatever its size; Length framing only.
    void bufferBody(std::string_view data) { out_.append(data); }
    /// Ends the body; trailers go with chunked framing only.
    void endBody(const routing::HeaderFields* trailers);
    /// Sends what is gathered. Done: nothing is left. Blocked: something is.
    IoState flush(Transport& socket);
    [[nodiscard]] bool pending() const noexcept { return sent_ < out_.size(); }
    [[nodiscard]] bool failed() const noexcept { return failed_; }
    /// True when no byte of what was gathered has left.
    [[nodiscard]] bool untouched() const noexcept { return sent_ == 0; }
    void clear() noexcept;

private:
    std::size_t sendLarge(Transport& socket, std::string_view data);
    void sentBytes(std::size_t bytes) noexcept;

    std::string out_;
    std::size_t sent_ = 0;
    BodyKind framing_ = BodyKind::None;
    std::size_t chunkLeft_ = 0; // payload of the open chunk still to come
    bool failed_ = false;
};

} // namespace gatehouse::engine
