#pragma once

#include "engine/runtime/asio.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <sys/socket.h>

namespace gatehouse::engine {

class StreamSocket;
class ReadinessSet;

/// What a socket may be good for, as bits.
inline constexpr std::uint8_t readyToRead = 1, readyToWrite = 2, readyForEnd = 4;

/// Who is told that a socket may be read or written again.
class SocketOwner {
public:
    /// May destroy the socket.
    virtual void onSocketReady(StreamSocket& socket) = 0;

protected:
    ~SocketOwner() = default;
};

/// More at once is slower: what was received is cold by the time that it is sent on (100 KiB answers cost 71 us in one
/// piece, 58 us in pieces of 64 KiB, 64 us in pieces of 32 KiB).
inline constexpr std::size_t receiveAtOnce = 64 * 1024;

enum class IoState : std::uint8_t {
    Done,    ///< some bytes moved
    Blocked, ///< nothing now; wait for readiness
    Closed,  ///< reading only: the peer sent its last byte
    Failed,  ///< reset or worse
};

struct IoResult {
    IoState state = IoState::Blocked;
    std::size_t bytes = 0;
};

/// A TCP socket that is read and written without waiting, and that remembers whether trying is worthwhile. Waiting is
/// apart from moving bytes: no buffer is tied up while a connection idles, one coroutine can wait for several sockets,
/// and a large body goes straight from one socket's buffer to the other. Never raises SIGPIPE. Thread: its worker.
class StreamSocket {
public:
    explicit StreamSocket(asio::io_context& io);
    ~StreamSocket() { close(); }
    StreamSocket(const StreamSocket&) = delete;
    StreamSocket& operator=(const StreamSocket&) = delete;

    /// Takes an accepted, non-blocking descriptor. False: it could not, and closed it.
    bool adopt(int fd, const asio::ip::tcp& protocol);
    enum class Connecting : std::uint8_t { Done, Pending, Failed };
    /// Starts to connect. After Pending, wait for mayWrite() and look at connectError().
    Connecting connect(const asio::ip::tcp::endpoint& endpoint, error_code& error);
    [[nodiscard]] error_code connectError();

    /// At most receiveAtOnce bytes.
    IoResult receive(char* to, std::size_t capacity);
    IoResult send(std::string_view bytes);
    /// Sends two pieces with one call.
    IoResult send(std::string_view first, std::string_view second);
    enum class Peek : std::uint8_t { Silent, Bytes, Closed, Broken };
    /// What the next receive() would find: asks the kernel and takes nothing.
    [[nodiscard]] Peek peek();
    /// Copies what the next receive() would give and takes nothing, so that a connection of which not enough is known
    /// yet holds no buffer. Bytes that stay make no further readiness: see awaitBytes().
    IoResult look(char* to, std::size_t capacity);
    /// From now on the socket is readable once this many bytes are there, or the end. 1 is the ordinary state.
    void awaitBytes(std::size_t count) noexcept;
    /// Whether it is readable now, by that measure: asks the kernel.
    [[nodiscard]] bool readable() const noexcept;

#if GATEHOUSE_EPOLL
    /// Moves bytes into a pipe, or out of one, without copying them. Taking them in says Blocked only when nothing is
    /// there: the pipe has to be empty. At the end it says Closed.
    IoResult spliceTo(int pipe, std::size_t most);
    IoResult spliceFrom(int pipe, std::size_t bytes);
#endif

    /// Lets other connections have their turn: it may be read again only after the next wake-up.
    void yield();
    /// A layer above still holds what was received: reading may be tried.
    void noteReadable() noexcept { mayRead_ = true; }
    /// The caller knows that there is nothing to read now.
    void noteDrained() noexcept { mayRead_ = false; }
    [[nodiscard]] bool mayRead() const noexcept { return mayRead_; }
    [[nodiscard]] bool mayWrite() const noexcept { return mayWrite_; }
    /// Makes sure that the owner is told when mayRead() (mayWrite()) becomes true. Cheap when that is arranged already.
    void watchRead();
    void watchWrite();
    void setOwner(SocketOwner* owner) noexcept { owner_ = owner; }
    [[nodiscard]] bool open() const noexcept;
    /// Both ends' addresses, as the kernel has them now; of family AF_UNSPEC what it does not know (any more).
    void addresses(sockaddr_storage& own, sockaddr_storage& peer) const noexcept;

    /// Sends FIN behind what was sent; reading goes on.
    void shutdownWrite();
    void close();
    /// Closes so that the peer sees a reset: an answer that was cut must not look complete (RFC 9112 section 8).
    void reset();

    /// What its ReadinessSet saw. May destroy this.
    void onReady(std::uint8_t readiness);

private:
    [[nodiscard]] int descriptor() const noexcept;

#if GATEHOUSE_EPOLL
    IoResult sent(std::ptrdiff_t bytes, std::size_t wanted);

    ReadinessSet& set_;
    int fd_ = -1;
    bool ended_ = false; // no further edge will tell of something to read
#else
    /// Shared with the completions under way: one may already be queued when the socket closes.
    struct Watch;
    struct WaitHandler;
    IoResult sent(std::size_t bytes, std::size_t wanted, const error_code& error);

    TcpSocket socket_;
    std::shared_ptr<Watch> watch_;
#endif
    SocketOwner* owner_ = nullptr;
    bool mayRead_ = false;
    bool mayWrite_ = true;
};

} // namespace gatehouse::engine
