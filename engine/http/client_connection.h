#pragma once

#include "engine/http/client_h1.h"
#include "engine/http/client_h2.h"
#include "engine/net/stream_session.h"
#include "engine/net/transport.h"
#include "engine/runtime/server_socket.h"
#include "engine/runtime/waiter.h"
#include "engine/tls/tls_server.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// What a connection begins with.
struct ClientStart {
    enum class Stage : std::uint8_t {
        Hello, ///< TLS, and whose it is has to be known before anything is answered
        Handshake,
        Stream,   ///< bytes that nobody here reads
        Requests, ///< HTTP
    };
    Stage stage = Stage::Requests;
    std::shared_ptr<const TlsServer> tls = nullptr; ///< Handshake
};

/// A client's connection from accept() to its end: the look at its ClientHello and the TLS handshake, if its listener
/// wants them, then the protocol that the client speaks. Owned by its Worker, which deletes it when run() ends.
/// Thread: its worker.
class ClientConnection {
public:
    ClientConnection(Worker& worker, int fd, const asio::ip::tcp::endpoint& peer, std::shared_ptr<ServerSocket> server,
                     ClientStart start);
    ~ClientConnection();

    /// The connection from its first byte to its end.
    Awaitable run();
    /// The listening socket was retired: closes if idle, else after the answer under way.
    void serverRetired();

    [[nodiscard]] Worker& worker() noexcept { return worker_; }
    [[nodiscard]] Transport& transport() noexcept { return transport_; }
    [[nodiscard]] Waiter& waiter() noexcept { return waiter_; }
    [[nodiscard]] const std::shared_ptr<ServerSocket>& server() const noexcept { return server_; }
    /// The client's address, without port.
    [[nodiscard]] std::string_view address() const noexcept { return address_.data(); }
    /// Null without TLS.
    [[nodiscard]] const TlsStream* tls() const noexcept { return transport_.tls(); }
    /// "TLSv1.3", "" without TLS. Static text.
    [[nodiscard]] std::string_view tlsVersion() const noexcept { return tlsVersion_; }
    /// SNI in lower case; "" without.
    [[nodiscard]] const std::string& serverName() const noexcept { return serverName_; }

    ClientConnection* previous = nullptr; ///< list of the worker
    ClientConnection* next = nullptr;

private:
    using Stage = ClientStart::Stage;
    enum class Next : std::uint8_t { Wait, Go, End };
    /// What has to be done before requests, if there are any; each goes on as far as it can.
    Next prepare();
    Next peek();
    Next route(std::string serverName);
    void startHandshake(std::shared_ptr<const TlsServer> tls);
    /// Ends a TLS connection that nobody takes: without an alert, which the Gateway API forbids (semantics 14).
    Next turnAway(std::string_view flags, const routing::ListenerTable* listener = nullptr);
    /// The same, for a client that waits for leave to begin TLS: it is told why there is none.
    Next refusePostgres();
    Next handshake();
    /// `late`: the client's time is up.
    Next endHandshake(bool late);
    Next startStream();
    /// What the port's listeners are now; null before the first apply().
    [[nodiscard]] const std::shared_ptr<Serving>& serving() const noexcept;
    Next refusePlainHttp();
    Next linger();

    Worker& worker_;
    Waiter waiter_;
    Transport transport_;
    std::shared_ptr<ServerSocket> server_;
    std::unique_ptr<TlsHello> hello_; // while the handshake lasts
    std::size_t seen_ = 0;            // bytes of the ClientHello that were looked at in vain
    Stage stage_;
    bool lingering_ = false; // the client was told that it has to speak TLS
    std::string_view tlsVersion_;
    std::string serverName_;
    std::array<char, 48> address_{};
    std::optional<ClientH1> h1_;
    bool streaming_ = false;       // served by the StreamService of its socket
    std::unique_ptr<ClientH2> h2_; // apart: it is large, and most connections that idle speak HTTP/1.1
    std::unique_ptr<StreamSession> stream_;
};

} // namespace gatehouse::engine
