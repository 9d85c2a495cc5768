#pragma once

#include "engine/tls/identity.h"
#include "engine/tls/tls_server.h"
#include "model/base/hostname.h"
#include "model/base/result.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::engine {

/// A certificate of a listener; the texts outlive the call that they are given to.
struct TlsCertificateText {
    std::string name; ///< for errors: "Secret namespace/name"
    const std::string* certificatePem = nullptr;
    const std::string* keyPem = nullptr;
};

/// Who may come: clients with a certificate of these authorities.
struct TlsClientsText {
    TlsClientCheck check = TlsClientCheck::Required;
    std::vector<const std::string*> authorities; ///< PEM; they outlive the call
};

/// A listener of an address, with what it shows to clients.
struct TlsListenerText {
    std::string identity; ///< the same after a reload: "namespace/gateway/listener"
    std::optional<model::Hostname> hostname;
    std::vector<TlsCertificateText> certificates;         ///< most wanted first
    std::optional<TlsClientsText> clients = std::nullopt; ///< nullopt: everybody may come
    bool http = true; ///< false: what is inside is not read here, and no protocol is agreed on
};

/// Makes TlsServers. What OpenSSL makes of a certificate is kept as long as some server shows it, by a digest of its
/// text, so that an unrelated edit costs nothing and no key is parsed twice. Tickets of earlier servers stay good:
/// their key is one for all, made at random when this is. Thread: the control thread.
class TlsContexts {
public:
    TlsContexts();
    ~TlsContexts();

    struct Built {
        std::shared_ptr<const TlsServer> server; ///< null when no listener has a usable certificate
        std::vector<std::string> errors; ///< parallel to the listeners: what is wrong with certificates; "" if nothing
        std::vector<bool> usable;        ///< parallel: it has a certificate to show
    };
    /// `http2`: clients that offer it get HTTP/2.
    Built build(const std::vector<TlsListenerText>& listeners, bool http2);
    /// Lets go of what build() was not asked for since the last call.
    void forgetUnused();

private:
    struct Parsed;
    struct Entry {
        std::shared_ptr<SSL_CTX> context;
        bool used = true;
    };
    using Result = model::Result<std::shared_ptr<const Parsed>, std::string>;

    std::shared_ptr<SSL_CTX> newContext();
    Result parse(const TlsCertificateText& text);
    std::shared_ptr<SSL_CTX> contextOf(const std::vector<std::shared_ptr<const Parsed>>& certificates,
                                       std::string& error);
    TlsListener buildListener(const TlsListenerText& text, std::string& error);

    std::array<unsigned char, 80> ticketKeys_{};
    std::shared_ptr<SSL_CTX> base_;
    struct ParsedEntry {
        std::shared_ptr<const Parsed> parsed;
        bool used = true;
    };
    std::map<std::string, ParsedEntry> parsed_; // by digest
    std::map<std::string, Entry> contexts_;     // by the digests of their certificates
};

} // namespace gatehouse::engine
