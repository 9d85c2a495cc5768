// UdpBatch and UdpSender by one system call a datagram, for systems that know no other.
#include "engine/net/udp_batch.h"

#if !GATEHOUSE_EPOLL

#include <cerrno>

namespace gatehouse::engine {

void tuneUdpSocket(int fd, int bufferBytes) noexcept
{
    if (bufferBytes == 0)
        return;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bufferBytes, sizeof bufferBytes);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bufferBytes, sizeof bufferBytes);
}

void tellDestinations(int, bool) noexcept
{
}

UdpBatch::UdpBatch() : bytes_(new char[capacity * stride])
{
    for (std::size_t i = 0; i < capacity; ++i)
        filled_[i].data = bytes_.get() + i * stride;
}

UdpBatch::Received UdpBatch::receive(int fd, bool from)
{
    Received received;
    while (used_ < capacity) {
        Datagrams& slot = filled_[used_];
        socklen_t length = UdpAddress::capacity();
        const ssize_t got =
            ::recvfrom(fd, slot.data, slotBytes, 0, from ? slot.from.data() : nullptr, from ? &length : nullptr);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            const bool nothing = errno == EAGAIN || errno == EWOULDBLOCK;
            received.error = nothing ? 0 : errno;
            received.more = !nothing;
            return received;
        }
        slot.size = slot.segment = static_cast<std::uint32_t>(got);
        slot.next = -1;
        ++used_;
        ++received.count;
    }
    received.more = true;
    return received;
}

UdpSender::UdpSender() : segments_(false)
{
}

UdpSender::Sent UdpSender::flush(int fd) noexcept
{
    Sent sent;
    for (std::size_t i = 0; i < messages_used_; ++i)
        sendSingly(fd, messages_[i], sent);
    parts_used_ = messages_used_ = 0;
    return sent;
}

} // namespace gatehouse::engine

#endif
