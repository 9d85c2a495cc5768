#pragma once

#include "engine/tls/openssl.h"
#include "model/base/result.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::engine {

/// A name that a server's certificate may be for.
struct TlsPeerName {
    bool isUri = false;
    std::string text; ///< a DNS name, perhaps a wildcard, or a URI
};

/// Whom a client side trusts, and as whom it knows the server.
struct TlsClientOptions {
    std::string serverName;                         ///< SNI; the identity, too, when `names` is empty
    std::vector<TlsPeerName> names;                 ///< not empty: one of them has to be in the certificate
    std::vector<const std::string*> caCertificates; ///< PEM; none: the system's
    const std::string* certificatePem = nullptr;    ///< shown to servers that ask for one; null: none is
    const std::string* keyPem = nullptr;            ///< its key
};

/// The client side of TLS to one backend: verifies chain and name before anything is sent. Immutable; made on the
/// control thread, used by every worker; outlives its sessions.
class TlsClient {
public:
    /// Errors: a CA text, or a certificate of its own, that OpenSSL refuses.
    static model::Result<std::shared_ptr<const TlsClient>, std::string> make(const TlsClientOptions& options);
    explicit TlsClient(const TlsClientOptions& options) : serverName_(options.serverName), names_(options.names) {}

    /// What ALPN offers; nothing for bytes that are no HTTP.
    enum class Speaks : std::uint8_t { Http1, Http2, Anything };
    /// A session in connect state; null when memory is short.
    [[nodiscard]] SslPtr newSession(Speaks speaks) const;
    /// True when the certificate is for the server that is meant.
    [[nodiscard]] bool isFor(X509* certificate) const;

private:
    std::string serverName_;
    std::vector<TlsPeerName> names_;
    SslContextPtr context_;
};

} // namespace gatehouse::engine
