#include "engine/http/backend_pool.h"

#include "engine/http/backend_h2_session.h"
#include "engine/http/exchange.h"

#include <algorithm>
#include <utility>

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

namespace {

std::vector<asio::ip::tcp::endpoint> allOf(const EndpointAddress& address)
{
    std::vector<asio::ip::tcp::endpoint> all{address.endpoint};
    all.insert(all.end(), address.others.begin(), address.others.end());
    return all;
}

} // namespace

EndpointPool::EndpointPool(EndpointAddress address, const PoolParts& parts)
    : address_(std::move(address)), resolved_(allOf(address_)), parts_(parts)
{
}

EndpointPool::~EndpointPool()
{
    retire();
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
        parts_.deadlines.set(*connection, never);
        connection->socket.setOwner(owner);
        connection->reused = true;
        return connection;
    }
    return nullptr;
}

std::unique_ptr<BackendConnection> EndpointPool::connect(SocketOwner* owner, StreamSocket::Connecting& state,
                                                         error_code& error)
{
    auto connection = std::make_unique<BackendConnection>(*this, parts_.io);
    connection->socket.setOwner(owner);
    connection->to = address_.endpoint;
    state = connection->socket.socket().connect(address_.endpoint, error);
    if (state == StreamSocket::Connecting::Failed)
        return nullptr;
    parts_.deadlines.watch(*connection);
    return connection;
}

void EndpointPool::turnFrom(const asio::ip::tcp::endpoint& refused)
{
    if (address_.others.empty() || address_.endpoint != refused)
        return; // somebody else has turned already
    address_.others.push_back(std::exchange(address_.endpoint, address_.others.front()));
    address_.others.erase(address_.others.begin());
}

bool EndpointPool::leadsTo(const EndpointAddress& address) const
{
    return address_.error == address.error && resolved_ == allOf(address);
}

void EndpointPool::giveBack(std::unique_ptr<BackendConnection> connection)
{
    Transport& socket = connection->socket;
    // Readiness left over from a read that filled its buffer is no noise yet; a byte that waits is.
    if (retired_ || idle_.size() >= parts_.limits.idle ||
        (socket.mayRead() && socket.peek() != StreamSocket::Peek::Silent))
        return;
    socket.setOwner(connection.get());
    socket.noteDrained();
    socket.watchRead();
    parts_.deadlines.set(*connection, Clock::now() + parts_.limits.idleTimeout);
    idle_.push_back(std::move(connection));
}

void EndpointPool::retire()
{
    retired_ = true;
    idle_.clear();
    // Those that are idle forget themselves here.
    const std::vector<std::shared_ptr<BackendH2Session>> sessions = sessions_;
    for (const auto& session : sessions)
        session->retire();
}

std::shared_ptr<BackendH2Session> EndpointPool::http2(Reuse reuse)
{
    for (const auto& session : sessions_) {
        if (reuse != Reuse::Fresh && session->hasRoom() && (reuse == Reuse::Any || session->aliveForCertain()))
            return session;
    }
    auto session = std::make_shared<BackendH2Session>(
        BackendH2Session::Parts{*this, parts_.io, parts_.deadlines, parts_.buffers, parts_.limits.idleTimeout});
    sessions_.push_back(session);
    session->connect();
    return session;
}

void EndpointPool::forget(const BackendH2Session& session) noexcept
{
    std::erase_if(sessions_, [&](const auto& each) { return each.get() == &session; });
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
    Entry& entry = pools_[{address.text, address.tlsNumber, address.http2}];
    entry.used = true;
    if (entry.pool && !entry.pool->leadsTo(address)) {
        entry.pool->retire(); // the name means another address now
        entry.pool.reset();
    }
    if (!entry.pool)
        entry.pool = std::make_shared<EndpointPool>(address, parts_);
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
