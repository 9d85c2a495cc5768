// The way of datagrams; udp_sessions.cpp has beginning and end of sessions.
#include "engine/runtime/udp_relay.h"

#include "engine/runtime/worker.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

namespace {
/// A session's socket is not asked with less room than this, which would take a call for few datagrams.
constexpr std::size_t leastRoom = 16;
} // namespace

bool UdpServer::isEverywhere(const routing::BindKey& key)
{
    error_code none;
    return asio::ip::make_address(key.address, none).is_unspecified();
}

bool UdpServer::onReadable()
{
    return relay_.receive(*this);
}

bool UdpSession::onReadable()
{
    return relay.receive(*this);
}

bool UdpRelay::receive(UdpServer& server)
{
    flushReplies();
    const UdpBatch::Received received = batch_.receive(server.fd(), true);
    if (received.count > 0) {
        now_ = Clock::now();
        if (server.service())
            answer(server);
        else
            relay(server);
    }
    batch_.clear();
    return received.more;
}

void UdpRelay::answer(UdpServer& server)
{
    for (std::size_t i = 0; i < batch_.size(); ++i) {
        const Datagrams& got = batch_[i];
        for (std::uint32_t at = 0; at < got.size || at == 0; at += std::max<std::uint32_t>(got.segment, 1)) {
            reply_.clear();
            if (!server.service()->answer(got.bytes().substr(at, got.segment), got.from, reply_))
                continue;
            reply_.resize(std::min(reply_.size(), mostDatagramBytes));
            const auto size = static_cast<std::uint32_t>(reply_.size());
            // An answer that the socket does not take is lost, as datagrams are.
            static_cast<void>(sender_.add({reply_.data(), size, size, {}, {}}, &got.from));
            sender_.flush(server.fd());
        }
    }
}

void UdpRelay::relay(UdpServer& server)
{
    UdpSession* firstTouched = nullptr;
    UdpSession** lastTouched = &firstTouched;
    UdpSession* session = nullptr;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
        const Datagrams& got = batch_[i];
        worker_.counters().udpReceived.add(got.count());
        // Datagrams come in runs: the last one's session is the likeliest.
        if (!session || !(session->client == got.from)) {
            session = static_cast<UdpSession*>(flows_.find(&server, got.from));
            if (!session)
                session = begin(server, got.from, now_);
        }
        if (!session || session->fd < 0) {
            worker_.counters().udpDropped.add(got.count());
            if (session)
                session->bytesReceived += got.size;
            continue;
        }
        const auto slot = static_cast<std::int32_t>(i);
        if (session->first < 0) {
            session->asked = got.to;
            flows_.touch(*session, now_); // before a new one of this batch might take its place
            session->first = slot;
            session->touched = nullptr;
            *lastTouched = session;
            lastTouched = &session->touched;
        } else {
            batch_[static_cast<std::size_t>(session->last)].next = slot;
        }
        session->last = slot;
    }
    while (firstTouched) {
        UdpSession& next = *firstTouched;
        firstTouched = next.touched;
        sendOn(next);
    }
}

void UdpRelay::sendOn(UdpSession& session)
{
    for (std::int32_t slot = session.first; slot >= 0;) {
        const Datagrams& datagrams = batch_[static_cast<std::size_t>(slot)];
        session.bytesReceived += datagrams.size;
        static_cast<void>(sender_.add(datagrams, nullptr)); // it has room for a whole batch
        slot = datagrams.next;
    }
    session.first = session.last = -1;
    session.awaitsAnswer = true;
    const UdpSender::Sent sent = sender_.flush(session.fd);
    worker_.counters().udpDropped.add(sent.dropped);
    if (sent.error != 0)
        failed(session, sent.error);
}

bool UdpRelay::receive(UdpSession& session)
{
    if (repliesBy_ && (repliesBy_ != &session.listener || batch_.free() < leastRoom))
        flushReplies();
    const std::size_t before = batch_.size();
    const UdpBatch::Received received = batch_.receive(session.fd, false);
    if (received.count > 0) {
        if (before == 0)
            now_ = Clock::now();
        repliesBy_ = &session.listener;
        const UdpAddress* const asked = session.listener.everywhere() ? &session.asked : nullptr;
        for (std::size_t i = before; i < batch_.size(); ++i) {
            session.bytesSent += batch_[i].size;
            static_cast<void>(sender_.add(batch_[i], &session.client, asked)); // as large as the batch
        }
        session.awaitsAnswer = false;
        flows_.touch(session, now_);
    }
    if (received.error != 0 && failed(session, received.error))
        return false;
    if (whenIdle_ && received.count > 0 && !received.more) {
        end(session, "-");
        return false;
    }
    return received.more;
}

void UdpRelay::flushReplies()
{
    if (!repliesBy_)
        return;
    const UdpSender::Sent sent = sender_.flush(std::exchange(repliesBy_, nullptr)->fd());
    worker_.counters().udpSent.add(sent.datagrams);
    worker_.counters().udpDropped.add(sent.dropped);
    batch_.clear();
}

} // namespace gatehouse::engine
