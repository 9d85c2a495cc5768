#include "engine/net/transport.h"

#include "engine/tls/tls_stream.h"

#include <utility>

namespace gatehouse::engine {

Transport::Transport(asio::io_context& io) : socket_(io)
{
}

Transport::~Transport()
{
    close();
}

void Transport::startTls(std::unique_ptr<TlsStream> stream) noexcept
{
    tls_ = std::move(stream);
}

IoResult Transport::receiveTls(char* to, std::size_t capacity)
{
    return tls_->receive(to, capacity);
}

IoResult Transport::sendTls(std::string_view first, std::string_view second)
{
    return second.empty() ? tls_->send(first) : tls_->send(first, second);
}

StreamSocket::Peek Transport::peekTls()
{
    return tls_->peek();
}

bool Transport::mayReadTls() const noexcept
{
    return tls_->mayRead();
}

bool Transport::mayWriteTls() const noexcept
{
    return tls_->mayWrite();
}

void Transport::yield()
{
    // What TLS holds, or who moves bytes has in hand, makes no edge of the socket: the turn after this one has to look
    // by itself, also when the socket was just emptied.
    socket_.noteReadable();
    socket_.yield();
}

void Transport::shutdownWrite()
{
    if (tls_)
        tls_->endWriting();
    socket_.shutdownWrite();
}

void Transport::close()
{
    if (!socket_.open())
        return;
    if (tls_)
        tls_->endWriting();
    socket_.close();
}

void Transport::reset()
{
    socket_.reset();
}

} // namespace gatehouse::engine
