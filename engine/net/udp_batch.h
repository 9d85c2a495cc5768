#pragma once

#include "engine/net/udp_address.h"
#include "engine/runtime/asio.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace gatehouse::engine {

/// What was received at once: a datagram, or several of one sender that the kernel left joined (UDP_GRO), each
/// `segment` bytes long but for the last, which may be shorter.
struct Datagrams {
    char* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t segment = 0; ///< `size` for a single one
    UdpAddress from;           ///< only if asked for
    UdpAddress to;             ///< address that it was sent to, without port; only after tellDestinations()
    std::int32_t next = -1;    ///< for the caller: makes lists

    [[nodiscard]] std::string_view bytes() const noexcept { return {data, size}; }
    [[nodiscard]] std::size_t count() const noexcept { return size > segment ? (size + segment - 1) / segment : 1; }
};

/// Room for what the kernel says beside the bytes: the length of joined datagrams, and an address.
inline constexpr std::size_t controlBytes = 80;

/// Room for datagrams of any size, filled by few system calls: recvmmsg where there is one. Allocates nothing after it
/// was made; pages that no datagram reached cost no memory. Thread: its worker.
class UdpBatch {
public:
    static constexpr std::size_t capacity = 64;

    UdpBatch();
    UdpBatch(const UdpBatch&) = delete;
    UdpBatch& operator=(const UdpBatch&) = delete;

    struct Received {
        std::size_t count = 0; ///< slots filled, behind those that were
        bool more = false;     ///< there may be more to receive
        int error = 0;         ///< errno; 0 when there was only nothing (more) to receive
    };
    /// Receives into free slots without waiting. `from`: who sent each is wanted, too.
    Received receive(int fd, bool from);
    void clear() noexcept { used_ = 0; }
    [[nodiscard]] std::size_t size() const noexcept { return used_; }
    [[nodiscard]] std::size_t free() const noexcept { return capacity - used_; }
    Datagrams& operator[](std::size_t slot) noexcept { return filled_[slot]; }

private:
    /// Slots do not begin at the same offset in a page, or all would lie in one set of the first cache.
    static constexpr std::size_t slotBytes = 64 * 1024, stride = slotBytes + 4096 + 192;

    std::unique_ptr<char[]> bytes_;
    std::array<Datagrams, capacity> filled_;
    std::size_t used_ = 0;
#if GATEHOUSE_EPOLL
    alignas(16) std::array<std::array<char, controlBytes>, capacity> control_;
    std::array<iovec, capacity> parts_;
    std::array<mmsghdr, capacity> messages_;
#endif
};

/// Datagrams to be sent by one socket with few system calls: sendmmsg, and one message for several datagrams of one
/// size to one peer (UDP_SEGMENT) where the kernel has it. Bytes and peers have to live until flush(). Allocates
/// nothing after it was made. Thread: its worker.
class UdpSender {
public:
    UdpSender();

    /// False: there is no room, flush() first. `to` null: the socket is connected. Datagrams to one peer keep order.
    /// `from` not null: the address that they leave from, of a socket that is bound to all; its port does not count.
    [[nodiscard]] bool add(const Datagrams& datagrams, const UdpAddress* to, const UdpAddress* from = nullptr) noexcept;
    [[nodiscard]] bool empty() const noexcept { return parts_used_ == 0; }

    struct Sent {
        std::size_t datagrams = 0, bytes = 0;
        std::size_t dropped = 0; ///< that the socket did not take: it is full, or they do not fit the path
        int error = 0;           ///< the first errno of those, but for a full socket
    };
    /// Sends everything that was added, without waiting.
    Sent flush(int fd) noexcept;

private:
    static constexpr std::size_t room = UdpBatch::capacity;
    /// The kernel's limits of one message with UDP_SEGMENT; 65,507 bytes is what IPv4 carries.
    static constexpr std::size_t mostSegments = 64, mostBytes = 65'507;

    /// One message under way: parts of one size to one peer.
    struct Message {
        const UdpAddress* to = nullptr;
        const UdpAddress* from = nullptr;
        std::size_t firstPart = 0, parts = 0;
        std::size_t bytes = 0, segments = 0;
        std::uint32_t segment = 0;
        bool full = true; ///< the last datagram is as long as the others, so that another may follow
    };
    struct Part {
        const char* data = nullptr;
        std::uint32_t size = 0, segment = 0;
    };
    [[nodiscard]] bool joins(const Message& message, const Datagrams& datagrams) const noexcept;
    /// Each datagram of a message by itself.
    void sendSingly(int fd, const Message& message, Sent& sent) noexcept;
    void failed(const Message& message, int error, Sent& sent) const noexcept;
#if GATEHOUSE_EPOLL
    void prepare(std::size_t index) noexcept;

    std::array<iovec, room> vectors_;
    alignas(16) std::array<std::array<char, controlBytes>, room> control_;
    std::array<mmsghdr, room> headers_;
#endif
    std::array<Part, room> parts_;
    std::array<Message, room> messages_;
    std::size_t parts_used_ = 0, messages_used_ = 0;
    bool segments_; // the kernel splits messages
};

/// Makes a socket that is bound to all addresses say which one each datagram was sent to, so that answers can leave
/// from there. Does nothing where the system has no such thing.
void tellDestinations(int fd, bool v6) noexcept;

/// Prepares a UDP socket for much traffic: buffers, and joined reception (UDP_GRO) where there is one. What the system
/// refuses only makes it slower. `bufferBytes` 0 keeps the system's size.
void tuneUdpSocket(int fd, int bufferBytes) noexcept;

} // namespace gatehouse::engine
