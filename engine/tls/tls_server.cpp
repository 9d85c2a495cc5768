#include "engine/tls/tls_server.h"

#include <array>
#include <optional>

#include <openssl/sha.h>

namespace gatehouse::engine {

namespace {

/// The host_name of a server_name extension (RFC 6066 section 3); nothing when it is not well formed.
std::optional<std::string_view> hostNameOf(const unsigned char* data, std::size_t size)
{
    const auto length = [&](std::size_t at) { return static_cast<std::size_t>(data[at] << 8 | data[at + 1]); };
    constexpr std::size_t listHead = 2, entryHead = 3;
    constexpr unsigned char hostNameType = 0;
    if (size < listHead + entryHead || length(0) != size - listHead || data[listHead] != hostNameType)
        return std::nullopt;
    const std::size_t nameLength = length(listHead + 1);
    if (nameLength == 0 || nameLength != size - listHead - entryHead)
        return std::nullopt;
    return std::string_view(reinterpret_cast<const char*>(data) + listHead + entryHead, nameLength);
}

/// A verdict for clients whose certificate is asked for and need not be good.
int acceptAny(int, X509_STORE_CTX*)
{
    return 1;
}

/// Asks the client for a certificate as the listener wants. False when memory is short.
bool askForCertificate(SSL* ssl, const TlsListener& listener)
{
    // None of this is copied with the certificates' context.
    const int required = listener.clientCheck == TlsClientCheck::Required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
    SSL_set_verify(ssl, SSL_VERIFY_PEER | required,
                   listener.clientCheck == TlsClientCheck::Asked ? acceptAny : nullptr);
    STACK_OF(X509_NAME)* names = SSL_dup_CA_list(listener.clientAuthorityNames.get());
    SSL_set0_CA_list(ssl, names);
    return names && SSL_set1_verify_cert_store(ssl, listener.clientAuthorities.get()) == 1;
}

} // namespace

SSL_CTX* TlsListener::choose(std::string_view serverName) const
{
    if (!byName.empty()) {
        if (const auto exact = byName.find(std::string(serverName)); exact != byName.end())
            return exact->second.get();
        if (const std::size_t dot = serverName.find('.'); dot != std::string_view::npos)
            if (const auto wildcard = byName.find('*' + std::string(serverName.substr(dot))); wildcard != byName.end())
                return wildcard->second.get();
    }
    return fallback.get();
}

SslPtr TlsServer::newSession(TlsHello& hello) const
{
    SslPtr ssl(SSL_new(base_.get()));
    if (ssl) {
        SSL_set_app_data(ssl.get(), &hello);
        SSL_set_accept_state(ssl.get());
    }
    return ssl;
}

const TlsListener* TlsServer::find(std::string_view serverName) const noexcept
{
    const TlsListener* found = nullptr;
    hostnames_.visit(serverName, [&](std::uint32_t number) {
        found = &listeners_[number];
        return true;
    });
    return found && found->fallback ? found : nullptr;
}

int onClientHello(SSL* ssl, int* alert, void*)
{
    auto& hello = *static_cast<TlsHello*>(SSL_get_app_data(ssl));
    const unsigned char* data = nullptr;
    std::size_t size = 0;
    if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &data, &size) == 1) {
        const auto name = hostNameOf(data, size);
        if (!name) {
            *alert = SSL_AD_DECODE_ERROR;
            return SSL_CLIENT_HELLO_ERROR;
        }
        hello.serverName = routing::LowerHost(*name).view();
    }
    hello.read = true;
    const TlsListener* listener = hello.server->find(hello.serverName);
    SSL_CTX* const context = listener ? listener->choose(hello.serverName) : nullptr;
    if (!context) {
        *alert = SSL_AD_UNRECOGNIZED_NAME;
        return SSL_CLIENT_HELLO_ERROR;
    }
    hello.http = listener->http;
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(listener->sessionContext.data()), listener->sessionContext.size(),
           digest.data());
    if (!SSL_set_SSL_CTX(ssl, context) ||
        SSL_set_session_id_context(ssl, digest.data(), static_cast<unsigned>(digest.size())) != 1 ||
        (listener->clientAuthorities && !askForCertificate(ssl, *listener))) {
        *alert = SSL_AD_INTERNAL_ERROR;
        return SSL_CLIENT_HELLO_ERROR;
    }
    return SSL_CLIENT_HELLO_SUCCESS;
}

} // namespace gatehouse::engine
