#pragma once

#include "engine/http/byte_buffer.h"
#include "engine/net/splice_pipe.h"
#include "engine/net/transport.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace gatehouse::engine {

class Worker;

/// One direction of a relayed connection: takes bytes from one side and gives them to the other without reading them,
/// until the giver's end. Never waits and never holds more than one buffer, so that a slow taker slows the giver.
///
/// Bytes are copied while they come in small pieces, which is two system calls a piece. Where both sides are plain
/// sockets, and a piece filled the buffer, they go through a pipe inside the kernel instead (505 ms a GiB against 723),
/// until the pieces are small again. Thread: its worker.
class BytePump {
public:
    BytePump(Worker& worker, Transport& from, Transport& to) : worker_(worker), from_(from), to_(to) {}
    ~BytePump();
    BytePump(const BytePump&) = delete;
    BytePump& operator=(const BytePump&) = delete;

    enum class State : std::uint8_t {
        Open,       ///< blocked, or had its turn: see hadTurn()
        Finished,   ///< the giver's end was reached, and all before it was given: see passEnd()
        FromFailed, ///< the giver reset the connection, or worse
        ToFailed,   ///< the taker did
    };
    /// Moves what can be moved now, up to a turn's worth.
    State move();
    /// Ends the taker's reading side, once Finished: half of the connection is over, the other goes on.
    void passEnd() { to_.shutdownWrite(); }
    /// True when move() stopped to let others have their turn.
    [[nodiscard]] bool hadTurn() const noexcept { return hadTurn_; }
    /// Bytes given to the taker.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool finished() const noexcept { return state_ == State::Finished; }
    /// Before a wait: arranges to be woken for what this direction waits for, and gives storage back.
    void rest();

private:
    /// False: nothing more can be moved now, or state_ says why not.
    bool copySome();
    bool deliverBuffer();
    void takeBuffer();
    [[nodiscard]] bool blocked() const noexcept;
#if GATEHOUSE_EPOLL
    bool spliceSome();
    bool deliverPipe();
    [[nodiscard]] bool spliceable() const noexcept { return large_ && !from_.tls() && !to_.tls(); }

    std::unique_ptr<SplicePipe> pipe_;
    bool large_ = false; // the last piece filled the buffer
#endif

    Worker& worker_;
    Transport& from_;
    Transport& to_;
    std::unique_ptr<ByteBuffer> buffer_;
    std::uint64_t bytes_ = 0;
    std::size_t moved_ = 0; // in this turn
    State state_ = State::Open;
    bool ended_ = false; // the giver sent its last byte
    bool hadTurn_ = false;
};

} // namespace gatehouse::engine
