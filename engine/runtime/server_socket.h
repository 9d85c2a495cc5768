#pragma once

#include "engine/http/exchange.h"
#include "engine/routing/snapshot.h"
#include "engine/runtime/asio.h"

#include <cstdint>
#include <memory>

namespace gatehouse::engine {

class StreamService;
class TlsServer;
class Worker;
struct Serving;

/// What a listening socket is for.
enum class ServerRole : std::uint8_t {
    Gateway, ///< a Gateway's listeners; counted, logged, limited, drained
    Echo,    ///< a built-in echo backend
    Local,   ///< an endpoint of our own
};

/// A bound, listening, non-blocking descriptor with what answers on it; made on the control thread. Where the workers
/// cannot share a port, one has the descriptor and the others have -1: they serve what the first accepts for them.
struct BoundSocket {
    routing::BindKey key;
    ServerRole role = ServerRole::Gateway;
    std::shared_ptr<RequestService> service;
    int fd = -1;
    bool shared = false;                              ///< this descriptor accepts for all workers
    std::shared_ptr<const TlsServer> tls = nullptr;   ///< of an endpoint of our own; Gateways' come with the snapshot
    std::shared_ptr<StreamService> streams = nullptr; ///< set: clients speak no HTTP, and `service` is null
};

/// One worker's listening socket. Connections share it, so that they know where they came in after it is closed.
/// Thread: its worker.
class ServerSocket : public std::enable_shared_from_this<ServerSocket> {
public:
    ServerSocket(Worker& worker, BoundSocket bound);
    ~ServerSocket();

    /// Starts to accept, if it has a descriptor.
    void open();
    /// Serves a connection, on this worker.
    void adopt(int fd, const asio::ip::tcp::endpoint& peer);
    /// Accepts what the kernel had accepted already, then closes; connections end after the request that they are at,
    /// or the first one if they sent none yet. `last`: what those requests are served with.
    void retire(std::shared_ptr<Serving> last);
    [[nodiscard]] bool retired() const noexcept { return retired_; }
    /// Stops at once.
    void close();
    /// What connections of a retired socket are served with; null otherwise.
    [[nodiscard]] const std::shared_ptr<Serving>& lastServing() const noexcept { return lastServing_; }
    [[nodiscard]] const routing::BindKey& key() const noexcept { return key_; }
    /// Null: plain, or as the snapshot says.
    [[nodiscard]] const std::shared_ptr<const TlsServer>& tls() const noexcept { return tls_; }
    [[nodiscard]] ServerRole role() const noexcept { return role_; }
    /// Only if streams() is null.
    [[nodiscard]] RequestService& service() const noexcept { return *service_; }
    /// What serves connections that are no HTTP; null otherwise.
    [[nodiscard]] StreamService* streams() const noexcept { return streams_.get(); }

private:
    void waitForClient();
    void acceptSome();
    /// False when there was nobody (more) to accept.
    bool acceptOne();
    void acceptOverLimit();
    /// A client's descriptor and where it is; -1 with errno.
    int acceptClient(asio::ip::tcp::endpoint& peer);

    Worker& worker_;
    routing::BindKey key_;
    ServerRole role_;
    std::shared_ptr<RequestService> service_;
    std::shared_ptr<StreamService> streams_;
    using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
    Acceptor acceptor_;
    int reserve_ = -1; // a descriptor to give up when none is left, so that a client can be turned away
    bool shared_;
    std::shared_ptr<const TlsServer> tls_;
    bool retired_ = false;
    bool crowded_ = false; // the last look for more than one client found some
    unsigned waits_ = 0;
    std::shared_ptr<Serving> lastServing_;
};

} // namespace gatehouse::engine
