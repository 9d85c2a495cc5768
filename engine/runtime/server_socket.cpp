#include "engine/runtime/server_socket.h"

#include "engine/net/descriptors.h"
#include "engine/runtime/worker.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/error.hpp>

#include <cstring>
#include <utility>

namespace gatehouse::engine {

ServerSocket::ServerSocket(Worker& worker, BoundSocket bound)
    : worker_(worker), key_(std::move(bound.key)), role_(bound.role), service_(std::move(bound.service)),
      streams_(std::move(bound.streams)), acceptor_(worker.io()), reserve_(openReserve()), shared_(bound.shared),
      tls_(std::move(bound.tls))
{
    if (bound.fd < 0)
        return;
    error_code error;
    const auto protocol = key_.address.find(':') == std::string::npos ? asio::ip::tcp::v4() : asio::ip::tcp::v6();
    acceptor_.assign(protocol, bound.fd, error);
    if (error)
        closeDescriptor(bound.fd);
}

ServerSocket::~ServerSocket()
{
    closeDescriptor(reserve_);
}

void ServerSocket::open()
{
    if (acceptor_.is_open())
        waitForClient();
}

void ServerSocket::waitForClient()
{
    // Waiting and accepting are apart: a wait reports a backlog that is not empty, so that the first accept is not in
    // vain.
    acceptor_.async_wait(Acceptor::wait_read, [self = shared_from_this()](const error_code& error) {
        if (error || self->retired_)
            return;
        self->acceptSome();
        self->waitForClient();
    });
}

void ServerSocket::acceptSome()
{
    // A wait costs two system calls, an accept in vain one. So more than one client is expected only where there was
    // more than one the last time, and now and then to find out.
    constexpr unsigned most = 16;
    const unsigned tries = crowded_ || ++waits_ % most == 0 ? most : 1;
    unsigned accepted = 0;
    while (accepted < tries && !retired_ && acceptOne())
        ++accepted;
    if (tries > 1)
        crowded_ = accepted > 1;
}

int ServerSocket::acceptClient(asio::ip::tcp::endpoint& peer)
{
    sockaddr_storage from{};
    socklen_t length = sizeof from;
    const int fd = acceptDescriptor(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&from), &length);
    if (fd >= 0) {
        std::memcpy(peer.data(), &from, length);
        peer.resize(length);
    }
    return fd;
}

bool ServerSocket::acceptOne()
{
    asio::ip::tcp::endpoint peer;
    const int fd = acceptClient(peer);
    if (fd < 0) {
        if (outOfDescriptors())
            acceptOverLimit();
        return false;
    }
    if (shared_)
        worker_.spread(fd, peer, *this);
    else
        adopt(fd, peer);
    return true;
}

void ServerSocket::adopt(int fd, const asio::ip::tcp::endpoint& peer)
{
    worker_.accepted(fd, peer, shared_from_this());
}

void ServerSocket::acceptOverLimit()
{
    // The process has no descriptor left: the client would hang in the backlog and this socket stay ready for ever.
    closeDescriptor(reserve_);
    asio::ip::tcp::endpoint peer;
    const int fd = acceptClient(peer);
    closeDescriptor(fd);
    reserve_ = openReserve();
    if (fd >= 0)
        worker_.connectionRefused(peer, *this);
}

void ServerSocket::retire(std::shared_ptr<Serving> last)
{
    if (std::exchange(retired_, true))
        return;
    lastServing_ = std::move(last);
    while (acceptor_.is_open() && acceptOne()) {
    }
    error_code ignored; // the descriptor is gone whatever close() says
    acceptor_.close(ignored);
}

void ServerSocket::close()
{
    retired_ = true;
    lastServing_.reset();
    error_code ignored; // as above
    acceptor_.close(ignored);
}

} // namespace gatehouse::engine
