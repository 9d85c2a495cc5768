#include "engine/http/backend_pool.h"

#include <algorithm>

namespace gatehouse::engine {

void BackendConnection::onSocketReady(StreamSocket&)
{
    // Becoming writable is no event; bytes or an end are, but what TLS keeps for itself (tickets).
    if (socket.mayRead() && !(socket.tls() && socket.peek() == StreamSocket::Peek::Silent))
        pool_.drop(*this);
}

void BackendConnection::onDeadline()
{
    pool_.drop(*this);
}

EndpointPool::EndpointPool(EndpointAddress address, asio::io_context& io, Deadlines& deadlines, PoolLimits limits)
    : address_(std::move(address)), io_(io), deadlines_(deadlines), limits_(limits)
{
}

std::unique_ptr<BackendConnection> EndpointPool::takeIdle(SocketOwner* owner, bool certain)
{
    while (!idle_.empty()) {
        std::unique_ptr<BackendConnection> connection = std::move(idle_.back());
        idle_.pop_back();
        Transport& socket = connection->socket;
        // Over TLS there may be tickets to read, which say nothing.
        if (socket.mayRead() && !socket.tls())
            continue;
        if ((certain || socket.mayRead()) && socket.peek() != StreamSocket::Peek::Silent)
            continue;
        deadlines_.set(*connection, never);
        connection->socket.setOwner(owner);
        connection->reused = true;
        return connection;
    }
    return nullptr;
}

std::unique_ptr<BackendConnection> EndpointPool::connect(SocketOwner* owner, StreamSocket::Connecting& state,
                                                         error_code& error)
{
    auto connection = std::make_unique<BackendConnection>(*this, io_);
    connection->socket.setOwner(owner);
    state = connection->socket.socket().connect(address_.endpoint, error);
    if (state == StreamSocket::Connecting::Failed)
        return nullptr;
    deadlines_.watch(*connection);
    return connection;
}

void EndpointPool::giveBack(std::unique_ptr<BackendConnection> connection)
{
    Transport& socket = connection->socket;
    // Readiness left over from a read that filled its buffer is no noise yet; a byte that waits is.
    if (retired_ || idle_.size() >= limits_.idle || (socket.mayRead() && socket.peek() != StreamSocket::Peek::Silent))
        return;
    socket.setOwner(connection.get());
    socket.noteDrained();
    socket.watchRead();
    deadlines_.set(*connection, Clock::now() + limits_.idleTimeout);
    idle_.push_back(std::move(connection));
}

void EndpointPool::retire()
{
    retired_ = true;
    idle_.clear();
}

void EndpointPool::drop(BackendConnection& connection)
{
    const auto found =
        std::find_if(idle_.begin(), idle_.end(), [&](const auto& each) { return each.get() == &connection; });
    if (found != idle_.end())
        idle_.erase(found);
}

std::shared_ptr<EndpointPool> BackendPools::find(const EndpointAddress& address)
{
    Entry& entry = pools_[{address.text, address.tlsNumber}];
    entry.used = true;
    if (!entry.pool || entry.pool->address().error != address.error)
        entry.pool = std::make_shared<EndpointPool>(address, io_, deadlines_, limits_);
    return entry.pool;
}

void BackendPools::retireUnused()
{
    for (auto each = pools_.begin(); each != pools_.end();) {
        if (each->second.used) {
            each->second.used = false;
            ++each;
        } else {
            each->second.pool->retire();
            each = pools_.erase(each);
        }
    }
}

void BackendPools::clear()
{
    for (auto& [key, entry] : pools_)
        entry.pool->retire();
    pools_.clear();
}

} // namespace gatehouse::engine
