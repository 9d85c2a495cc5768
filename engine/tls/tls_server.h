#pragma once

#include "engine/routing/host_index.h"
#include "engine/tls/openssl.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse::engine {

class TlsServer;

/// What becomes of clients that were asked for a certificate.
enum class TlsClientCheck : std::uint8_t {
    Required, ///< they have to show one that is good
    IfGiven,  ///< they may show none, but no bad one
    Asked,    ///< they may show what they like
};

/// What a client's first message said. Lives as long as the handshake that it is filled by.
struct TlsHello {
    std::shared_ptr<const TlsServer> server;
    std::string serverName; ///< SNI in lower case; "" when the client sent none
    bool http = true;       ///< what its listener says
    bool read = false;      ///< it came, and is well formed as far as the name goes
};

/// One listener's certificates, ready to be shown: which of them depends on the name that the client asks for, and,
/// among those of one context, on the kinds of key that it knows (OpenSSL chooses).
struct TlsListener {
    std::shared_ptr<SSL_CTX> fallback; ///< null: the listener has no usable certificate and refuses clients
    std::unordered_map<std::string, std::shared_ptr<SSL_CTX>>
        byName; ///< names of certificates; only if there are several
    /// Tickets are taken only by the listener that gave them, and only while it asks the same of clients.
    std::string sessionContext;
    std::shared_ptr<X509_STORE> clientAuthorities;             ///< set: clients are asked for a certificate of these
    std::shared_ptr<STACK_OF(X509_NAME)> clientAuthorityNames; ///< what clients are told of them
    bool http = true;                                          ///< false: no protocol is agreed on by ALPN
    TlsClientCheck clientCheck = TlsClientCheck::Asked;

    /// `serverName` in lower case. RFC 6125 6.4.3: a wildcard stands for one label.
    [[nodiscard]] SSL_CTX* choose(std::string_view serverName) const;
};

/// The TLS side of one listening address: listeners by SNI (semantics 7.3, 12.1). Immutable; made on the control thread
/// by TlsContexts, used by every worker.
class TlsServer {
public:
    /// `hostnames`: numbers in `listeners`.
    TlsServer(std::shared_ptr<SSL_CTX> base, routing::HostIndex hostnames, std::vector<TlsListener> listeners,
              bool http2)
        : base_(std::move(base)), hostnames_(std::move(hostnames)), listeners_(std::move(listeners)), http2_(http2)
    {
    }
    /// A session for a client that connected; null when memory is short. `hello.server` is this; it and `hello` have to
    /// live until the handshake ends.
    [[nodiscard]] SslPtr newSession(TlsHello& hello) const;
    /// The listener that takes `serverName` (lower case, may be empty); null when none does, or when it has no
    /// certificate.
    [[nodiscard]] const TlsListener* find(std::string_view serverName) const noexcept;
    /// ALPN agrees to HTTP/2 where the client offers it.
    [[nodiscard]] bool http2() const noexcept { return http2_; }

private:
    std::shared_ptr<SSL_CTX> base_;
    routing::HostIndex hostnames_;
    std::vector<TlsListener> listeners_;
    bool http2_;
};

/// For SSL_CTX_set_client_hello_cb: chooses certificates by SNI. Sessions are TlsServer::newSession()'s.
int onClientHello(SSL* ssl, int* alert, void* unused);

} // namespace gatehouse::engine
