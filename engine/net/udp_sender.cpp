// What UdpSender does alike on every system; sending itself is in udp_batch_mmsg.cpp and udp_batch_plain.cpp.
#include "engine/net/udp_batch.h"

#include <algorithm>
#include <cerrno>

namespace gatehouse::engine {

bool UdpSender::joins(const Message& message, const Datagrams& datagrams) const noexcept
{
    if (!segments_ || !message.full || datagrams.size == 0)
        return false;
    // A shorter one can only be the last.
    const bool fits =
        datagrams.segment == message.segment || (datagrams.count() == 1 && datagrams.size < message.segment);
    return fits && message.segments + datagrams.count() <= mostSegments && message.bytes + datagrams.size <= mostBytes;
}

bool UdpSender::add(const Datagrams& datagrams, const UdpAddress* to, const UdpAddress* from) noexcept
{
    if (parts_used_ == room)
        return false;
    const Message* const last = messages_used_ > 0 ? &messages_[messages_used_ - 1] : nullptr;
    if (!last || from || last->from || last->to != to || !joins(*last, datagrams))
        messages_[messages_used_++] = {to, from, parts_used_, 0, 0, 0, datagrams.segment, true};
    Message& message = messages_[messages_used_ - 1];
    parts_[parts_used_++] = {datagrams.data, datagrams.size, datagrams.segment};
    ++message.parts;
    message.bytes += datagrams.size;
    message.segments += datagrams.count();
    message.full = datagrams.size != 0 && datagrams.size % message.segment == 0;
    return true;
}

void UdpSender::failed(const Message& message, int error, Sent& sent) const noexcept
{
    sent.dropped += message.segments;
    const bool noRoom = error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS;
    if (!noRoom && sent.error == 0)
        sent.error = error;
}

void UdpSender::sendSingly(int fd, const Message& message, Sent& sent) noexcept
{
    for (std::size_t i = 0; i < message.parts; ++i) {
        const Part& part = parts_[message.firstPart + i];
        std::uint32_t at = 0;
        do { // one without bytes is sent, too
            const std::uint32_t size = std::min(part.segment, part.size - at);
            ssize_t result = 0;
            do {
                result = ::sendto(fd, part.data + at, size, 0, message.to ? message.to->data() : nullptr,
                                  message.to ? message.to->size() : 0);
            } while (result < 0 && errno == EINTR);
            if (result < 0) {
                failed({message.to, message.from, 0, 1, size, 1, size, true}, errno, sent);
            } else {
                ++sent.datagrams;
                sent.bytes += size;
            }
            at += size;
        } while (at < part.size);
    }
}

} // namespace gatehouse::engine
