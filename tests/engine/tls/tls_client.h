#pragma once

#include "../runtime/sockets.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/// A TLS client that waits, on OpenSSL's own socket code: none of what it tests.
namespace gatehouse::test {

inline std::string sslError()
{
    std::string text;
    while (const unsigned long error = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(error);
        text += (text.empty() ? "" : "; ") + std::string(reason ? reason : "?");
    }
    return text;
}

struct TlsClientOptions {
    std::string serverName = {};
    int minVersion = 0, maxVersion = 0;
    std::string alpn = {}; ///< as in the message: "\x08http/1.1"
    std::string signatures = {};
    std::shared_ptr<SSL_SESSION> session = nullptr;
    int receiveBuffer = 0;
    std::string certificatePem = {}, keyPem = {}; ///< of the client
};

class TlsClient {
public:
    explicit TlsClient(std::uint16_t port, TlsClientOptions options = {}, const char* address = "127.0.0.1")
        : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free)
    {
        SSL_CTX_set_security_level(context_.get(), 0); // old versions are tried, too
        // A context that goes spoils the sessions that it keeps.
        SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(context_.get(), [](SSL* ssl, SSL_SESSION* session) {
            static_cast<TlsClient*>(SSL_get_app_data(ssl))->session_ =
                std::shared_ptr<SSL_SESSION>(session, &SSL_SESSION_free);
            return 1;
        });
        ssl_ = std::shared_ptr<SSL>(SSL_new(context_.get()), &SSL_free);
        SSL* const ssl = ssl_.get();
        SSL_set_app_data(ssl, this);
        SSL_set_min_proto_version(ssl, options.minVersion);
        SSL_set_max_proto_version(ssl, options.maxVersion);
        if (!options.serverName.empty())
            SSL_set_tlsext_host_name(ssl, options.serverName.c_str());
        if (!options.alpn.empty())
            SSL_set_alpn_protos(ssl, reinterpret_cast<const unsigned char*>(options.alpn.data()),
                                static_cast<unsigned>(options.alpn.size()));
        if (!options.signatures.empty())
            SSL_set1_sigalgs_list(ssl, options.signatures.c_str());
        if (options.session)
            SSL_set_session(ssl, options.session.get());
        if (!options.certificatePem.empty())
            showCertificate(options);
        fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (options.receiveBuffer > 0)
            ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &options.receiveBuffer, sizeof options.receiveBuffer);
        const timeval patience{patienceMs / 1000, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const sockaddr_in to = loopback(port, address);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
            error = "connection refused";
            return;
        }
        SSL_set_fd(ssl, fd_);
        ERR_clear_error();
        connected = SSL_connect(ssl) == 1;
        if (!connected)
            error = sslError();
    }
    ~TlsClient()
    {
        // A session whose connection seems to have been cut would not be resumed.
        SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        if (fd_ >= 0)
            ::close(fd_);
    }
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const int sent = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    enum class Got { Bytes, CloseNotify, Failed };
    Got more()
    {
        char bytes[16384];
        const int got = SSL_read(ssl_.get(), bytes, sizeof bytes);
        if (got > 0) {
            buffer_.append(bytes, static_cast<std::size_t>(got));
            return Got::Bytes;
        }
        const bool notified = SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN;
        error = sslError();
        return notified ? Got::CloseNotify : Got::Failed;
    }
    Got readToEnd()
    {
        for (;;) {
            if (const Got got = more(); got != Got::Bytes)
                return got;
        }
    }
    /// One answer with a Content-Length; not complete when it does not come.
    Answer readAnswer()
    {
        Answer answer;
        std::size_t end = 0;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (more() != Got::Bytes)
                return answer;
        answer.head = buffer_.substr(0, end + 4);
        buffer_.erase(0, end + 4);
        answer.status = std::stoi(answer.head.substr(9, 3));
        for (std::size_t at = answer.head.find("\r\n") + 2; at + 2 < answer.head.size();) {
            const std::size_t stop = answer.head.find("\r\n", at), colon = answer.head.find(':', at);
            answer.fields.emplace(lower(answer.head.substr(at, colon - at)),
                                  answer.head.substr(colon + 2, stop - colon - 2));
            at = stop + 2;
        }
        const std::size_t length =
            answer.fields.count("content-length") ? std::stoull(answer.field("content-length")) : 0;
        while (buffer_.size() < length)
            if (more() != Got::Bytes)
                return answer;
        answer.body = buffer_.substr(0, length);
        buffer_.erase(0, length);
        answer.complete = true;
        return answer;
    }
    Answer ask(const std::string& request) { return send(request) ? readAnswer() : Answer{}; }
    Answer get(const std::string& host, const std::string& path = "/")
    {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    [[nodiscard]] std::string commonName() const
    {
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl_.get()),
                                                                      &X509_free);
        char name[256] = "";
        if (certificate)
            X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
        return name;
    }
    [[nodiscard]] std::string version() const { return SSL_get_version(ssl_.get()); }
    [[nodiscard]] std::string alpn() const
    {
        const unsigned char* name = nullptr;
        unsigned length = 0;
        SSL_get0_alpn_selected(ssl_.get(), &name, &length);
        return {reinterpret_cast<const char*>(name), length};
    }
    [[nodiscard]] bool resumed() const { return SSL_session_reused(ssl_.get()) == 1; }
    /// The newest session; TLS 1.3 sends it after the handshake, so ask for something first.
    [[nodiscard]] const std::shared_ptr<SSL_SESSION>& session() const { return session_; }
    [[nodiscard]] SSL* ssl() { return ssl_.get(); }
    [[nodiscard]] int fd() const { return fd_; }

    bool connected = false;
    std::string error;

private:
    void showCertificate(const TlsClientOptions& options)
    {
        BIO* certificates = BIO_new_mem_buf(options.certificatePem.data(), -1);
        BIO* keys = BIO_new_mem_buf(options.keyPem.data(), -1);
        X509* certificate = PEM_read_bio_X509(certificates, nullptr, nullptr, nullptr);
        EVP_PKEY* key = PEM_read_bio_PrivateKey(keys, nullptr, nullptr, nullptr);
        SSL_use_certificate(ssl_.get(), certificate);
        SSL_use_PrivateKey(ssl_.get(), key);
        X509_free(certificate);
        EVP_PKEY_free(key);
        BIO_free(certificates);
        BIO_free(keys);
    }

    std::shared_ptr<SSL_CTX> context_;
    std::shared_ptr<SSL_SESSION> session_;
    std::shared_ptr<SSL> ssl_;
    int fd_ = -1;
    std::string buffer_;
};

} // namespace gatehouse::test
