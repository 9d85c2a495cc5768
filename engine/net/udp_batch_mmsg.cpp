// UdpBatch and UdpSender by recvmmsg and sendmmsg, with the kernel's joined datagrams where it has them.
#include "engine/net/udp_batch.h"

#if GATEHOUSE_EPOLL

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <netinet/udp.h>
#include <unistd.h>

#ifndef UDP_SEGMENT // Linux 4.18
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO // Linux 5.0
#define UDP_GRO 104
#endif

namespace gatehouse::engine {

namespace {

/// Whether the kernel splits one message into datagrams. Asked once.
bool kernelSegments() noexcept
{
    static const bool does = [] {
        const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        int value = 0;
        socklen_t length = sizeof value;
        const bool known = fd >= 0 && ::getsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &value, &length) == 0;
        if (fd >= 0)
            ::close(fd);
        return known;
    }();
    return does;
}

UdpAddress addressOf(const in_addr& address) noexcept
{
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_addr = address;
    return {reinterpret_cast<const sockaddr*>(&made), sizeof made};
}

UdpAddress addressOf(const in6_addr& address) noexcept
{
    sockaddr_in6 made{};
    made.sin6_family = AF_INET6;
    made.sin6_addr = address;
    return {reinterpret_cast<const sockaddr*>(&made), sizeof made};
}

template <class Data>
Data dataOf(cmsghdr* control) noexcept
{
    Data data{};
    std::memcpy(&data, CMSG_DATA(control), sizeof data);
    return data;
}

/// What the kernel says beside the bytes: the length of each of several datagrams, and where they were sent to.
void readControl(msghdr& header, Datagrams& datagrams) noexcept
{
    for (cmsghdr* each = CMSG_FIRSTHDR(&header); each; each = CMSG_NXTHDR(&header, each)) {
        if (each->cmsg_level == IPPROTO_UDP && each->cmsg_type == UDP_GRO) {
            const int segment = dataOf<int>(each);
            if (segment > 0)
                datagrams.segment = std::min(static_cast<std::uint32_t>(segment), datagrams.size);
        } else if (each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_PKTINFO) {
            datagrams.to = addressOf(dataOf<in_pktinfo>(each).ipi_addr);
        } else if (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_PKTINFO) {
            datagrams.to = addressOf(dataOf<in6_pktinfo>(each).ipi6_addr);
        }
    }
}

/// Writes control messages one after the other.
class Control {
public:
    Control(msghdr& header, std::array<char, controlBytes>& room) noexcept : header_(header), room_(room)
    {
        header_.msg_control = nullptr;
        header_.msg_controllen = 0;
    }
    template <class Data>
    void add(int level, int type, const Data& data) noexcept
    {
        static_assert(CMSG_SPACE(sizeof(Data)) <= controlBytes / 2);
        auto* const control = reinterpret_cast<cmsghdr*>(room_.data() + header_.msg_controllen);
        control->cmsg_level = level;
        control->cmsg_type = type;
        control->cmsg_len = CMSG_LEN(sizeof data);
        std::memcpy(CMSG_DATA(control), &data, sizeof data);
        header_.msg_control = room_.data();
        header_.msg_controllen += CMSG_SPACE(sizeof data);
    }

private:
    msghdr& header_;
    std::array<char, controlBytes>& room_;
};

void addSource(Control& control, const UdpAddress* from) noexcept
{
    if (!from)
        return;
    if (from->isV6()) {
        in6_pktinfo info{};
        info.ipi6_addr = reinterpret_cast<const sockaddr_in6*>(from->data())->sin6_addr;
        control.add(IPPROTO_IPV6, IPV6_PKTINFO, info);
    } else {
        in_pktinfo info{};
        info.ipi_spec_dst = reinterpret_cast<const sockaddr_in*>(from->data())->sin_addr;
        control.add(IPPROTO_IP, IP_PKTINFO, info);
    }
}

} // namespace

void tellDestinations(int fd, bool v6) noexcept
{
    const int one = 1;
    if (v6)
        ::setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &one, sizeof one);
    else
        ::setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &one, sizeof one);
}

void tuneUdpSocket(int fd, int bufferBytes) noexcept
{
    const int one = 1;
    ::setsockopt(fd, IPPROTO_UDP, UDP_GRO, &one, sizeof one);
    if (bufferBytes == 0)
        return;
    // Beyond rmem_max only with a privilege.
    if (::setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bufferBytes, sizeof bufferBytes) != 0)
        ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bufferBytes, sizeof bufferBytes);
    if (::setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &bufferBytes, sizeof bufferBytes) != 0)
        ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bufferBytes, sizeof bufferBytes);
}

UdpBatch::UdpBatch() : bytes_(new char[capacity * stride])
{
    for (std::size_t i = 0; i < capacity; ++i) {
        filled_[i].data = bytes_.get() + i * stride;
        parts_[i] = {filled_[i].data, slotBytes};
        messages_[i] = {};
        messages_[i].msg_hdr.msg_iov = &parts_[i];
        messages_[i].msg_hdr.msg_iovlen = 1;
        messages_[i].msg_hdr.msg_control = control_[i].data();
    }
}

UdpBatch::Received UdpBatch::receive(int fd, bool from)
{
    Received received;
    const std::size_t wanted = free();
    if (wanted == 0) {
        received.more = true;
        return received;
    }
    mmsghdr* const first = &messages_[used_];
    for (std::size_t i = 0; i < wanted; ++i) {
        msghdr& header = first[i].msg_hdr;
        header.msg_name = from ? filled_[used_ + i].from.data() : nullptr;
        header.msg_namelen = from ? UdpAddress::capacity() : 0;
        header.msg_controllen = control_[0].size();
    }
    int count = 0;
    do {
        count = ::recvmmsg(fd, first, static_cast<unsigned>(wanted), MSG_DONTWAIT, nullptr);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return received;
        received.error = errno;
        received.more = true; // an error was waiting; behind it there may be datagrams
        return received;
    }
    for (int i = 0; i < count; ++i) {
        Datagrams& slot = filled_[used_ + static_cast<std::size_t>(i)];
        slot.size = first[i].msg_len;
        slot.segment = slot.size;
        if (first[i].msg_hdr.msg_controllen > 0)
            readControl(first[i].msg_hdr, slot);
        slot.next = -1;
    }
    used_ += static_cast<std::size_t>(count);
    received.count = static_cast<std::size_t>(count);
    received.more = received.count == wanted;
    return received;
}

UdpSender::UdpSender() : segments_(kernelSegments())
{
    for (mmsghdr& header : headers_)
        header = {};
}

void UdpSender::prepare(std::size_t index) noexcept
{
    const Message& message = messages_[index];
    msghdr& header = headers_[index].msg_hdr;
    header.msg_name = message.to ? const_cast<sockaddr*>(message.to->data()) : nullptr;
    header.msg_namelen = message.to ? message.to->size() : 0;
    header.msg_iov = &vectors_[message.firstPart];
    header.msg_iovlen = message.parts;
    Control control(header, control_[index]);
    if (message.segments > 1)
        control.add(IPPROTO_UDP, UDP_SEGMENT, static_cast<std::uint16_t>(message.segment));
    addSource(control, message.from);
}

UdpSender::Sent UdpSender::flush(int fd) noexcept
{
    Sent sent;
    if (messages_used_ == 1 && messages_[0].segments == 1 && !messages_[0].from) { // the cheapest call does
        sendSingly(fd, messages_[0], sent);
        parts_used_ = messages_used_ = 0;
        return sent;
    }
    for (std::size_t i = 0; i < parts_used_; ++i)
        vectors_[i] = {const_cast<char*>(parts_[i].data), parts_[i].size};
    for (std::size_t i = 0; i < messages_used_; ++i)
        prepare(i);
    for (std::size_t next = 0; next < messages_used_;) {
        const int count = ::sendmmsg(fd, &headers_[next], static_cast<unsigned>(messages_used_ - next), 0);
        if (count < 0 && errno == EINTR)
            continue;
        for (int i = 0; i < count; ++i) {
            const Message& message = messages_[next++];
            sent.datagrams += message.segments;
            sent.bytes += message.bytes;
        }
        if (count >= 0)
            continue;
        // Of several only the first one's error is told: the next call tells that of the next.
        const Message& message = messages_[next++];
        const bool mayGoSingly = errno == EINVAL || errno == EMSGSIZE || errno == EIO || errno == EOPNOTSUPP;
        if (message.segments > 1 && mayGoSingly)
            sendSingly(fd, message, sent); // no device on the path splits, or their size needs fragments
        else
            failed(message, errno, sent);
    }
    parts_used_ = messages_used_ = 0;
    return sent;
}

} // namespace gatehouse::engine

#endif
