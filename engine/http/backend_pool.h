#pragma once

#include "engine/net/transport.h"
#include "engine/runtime/deadlines.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace gatehouse::engine {

class BackendH2Session;
class BufferPool;
class EndpointPool;
class TlsClient;
enum class Reuse : std::uint8_t;

/// One connection to a backend. While it is idle in its pool it has to be silent: anything it says closes it.
class BackendConnection final : public SocketOwner, public Deadline {
public:
    BackendConnection(EndpointPool& pool, asio::io_context& io) : socket(io), pool_(pool) {}
    Transport socket;
    asio::ip::tcp::endpoint to; ///< where it leads
    bool reused = false;

    [[nodiscard]] EndpointPool& pool() const noexcept { return pool_; }

    void onSocketReady(StreamSocket&) override;
    void onDeadline() override;

private:
    EndpointPool& pool_;
};

struct PoolLimits {
    std::size_t idle = 0;
    std::chrono::milliseconds idleTimeout{};
};

/// What a worker's pools are made with.
struct PoolParts {
    asio::io_context& io;
    Deadlines& deadlines;
    BufferPool& buffers;
    PoolLimits limits;
};

/// Where an endpoint really is, as the control thread resolved it.
struct EndpointAddress {
    asio::ip::tcp::endpoint endpoint;
    std::string text;                               ///< "127.0.0.1:9000"
    std::string error;                              ///< why there is no address; "" otherwise
    std::shared_ptr<const TlsClient> tls = nullptr; ///< set: connections speak TLS, and verify the backend by it
    std::uint64_t tlsNumber = 0;                    ///< differs where `tls` does
    bool http2 = false;                             ///< spoken to in HTTP/2: prior knowledge, or ALPN over TLS
    std::vector<asio::ip::tcp::endpoint> others{};  ///< of the same name, in the order in which they are tried
};

/// One worker's connections to one address: idle ones in a stack, so that the warm ones work and the rest times out.
/// Lifetime: held by every Serving that knows the endpoint; outlives their exchanges. Thread: its worker.
class EndpointPool {
public:
    EndpointPool(EndpointAddress address, const PoolParts& parts);
    ~EndpointPool();

    [[nodiscard]] const EndpointAddress& address() const noexcept { return address_; }
    /// An idle connection that looks alive, or null. `certain`: ask the kernel once more, for requests that must not be
    /// sent twice (RFC 9110 9.2.2).
    std::unique_ptr<BackendConnection> takeIdle(SocketOwner* owner, bool certain);
    /// A new connection, perhaps still connecting; null with `error` when it failed at once.
    std::unique_ptr<BackendConnection> connect(SocketOwner* owner, StreamSocket::Connecting& state, error_code& error);
    /// `refused` takes no connection: from now on they go to the next address of its name, where there is one.
    void turnFrom(const asio::ip::tcp::endpoint& refused);
    /// Whether the name meant the same addresses when the pool was made.
    [[nodiscard]] bool leadsTo(const EndpointAddress& address) const;
    /// For later requests; closes it instead when it is not silent, not wanted, or one too many.
    void giveBack(std::unique_ptr<BackendConnection> connection);
    /// An HTTP/2 connection with room for a request: one that is there, or a new one, perhaps still connecting or ended
    /// at once. Never null.
    std::shared_ptr<BackendH2Session> http2(Reuse reuse);
    /// Not for further requests.
    void forget(const BackendH2Session& session) noexcept;
    /// No snapshot in force knows the endpoint any more: idle connections close now, busy ones when they come back.
    void retire();
    [[nodiscard]] std::size_t idleCount() const noexcept { return idle_.size(); }

private:
    friend class BackendConnection;
    void drop(BackendConnection& connection);

    EndpointAddress address_;
    const std::vector<asio::ip::tcp::endpoint> resolved_; ///< all of them, in their first order
    PoolParts parts_;
    bool retired_ = false;
    std::vector<std::unique_ptr<BackendConnection>> idle_;
    std::vector<std::shared_ptr<BackendH2Session>> sessions_;
};

/// All endpoints of a worker by address, so that connections survive a reload that keeps the address.
class BackendPools {
public:
    explicit BackendPools(const PoolParts& parts) : parts_(parts) {}
    std::shared_ptr<EndpointPool> find(const EndpointAddress& address);
    /// Retires what find() was not asked for since the last call.
    void retireUnused();
    void clear();

private:
    struct Entry {
        std::shared_ptr<EndpointPool> pool;
        bool used = true;
    };
    PoolParts parts_;
    std::map<std::tuple<std::string, std::uint64_t, bool>, Entry> pools_; // by address, TLS and HTTP version
};

} // namespace gatehouse::engine
