#pragma once

#include "../runtime/sockets.h"
#include "engine/tls/identity.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace gatehouse::test {

/// An HTTPS server of one certificate, on OpenSSL's own socket code. Answers with the SNI, the number of the connection
/// and how many bytes of body came, and repeats the body if it is asked for /echo.
class TlsBackend {
public:
    explicit TlsBackend(const engine::TlsIdentity& identity) : context_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free)
    {
        BIO* certificates = BIO_new_mem_buf(identity.certificatePem.data(), -1);
        BIO* keys = BIO_new_mem_buf(identity.keyPem.data(), -1);
        X509* certificate = PEM_read_bio_X509(certificates, nullptr, nullptr, nullptr);
        EVP_PKEY* key = PEM_read_bio_PrivateKey(keys, nullptr, nullptr, nullptr);
        SSL_CTX_use_certificate(context_.get(), certificate);
        SSL_CTX_use_PrivateKey(context_.get(), key);
        X509_free(certificate);
        EVP_PKEY_free(key);
        BIO_free(certificates);
        BIO_free(keys);
        acceptor_ = std::thread([this] {
            for (;;) {
                const int fd = ::accept4(listening_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
                if (fd < 0)
                    return;
                threads_.emplace_back([this, fd, number = ++connections] { serve(fd, number); });
            }
        });
    }
    ~TlsBackend()
    {
        listening_.refuse();
        acceptor_.join();
        for (std::thread& thread : threads_)
            thread.join();
    }
    [[nodiscard]] std::uint16_t port() const { return listening_.port(); }

    std::atomic<int> connections{0}, requests{0};

private:
    void serve(int fd, int number)
    {
        const timeval patience{patienceMs / 1000, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_.get()), &SSL_free);
        SSL_set_fd(ssl.get(), fd);
        std::string in;
        const auto more = [&] {
            char bytes[16384];
            const int got = SSL_read(ssl.get(), bytes, sizeof bytes);
            if (got > 0)
                in.append(bytes, static_cast<std::size_t>(got));
            return got > 0;
        };
        bool open = SSL_accept(ssl.get()) == 1;
        while (open) {
            std::size_t end = 0;
            while (open && (end = in.find("\r\n\r\n")) == std::string::npos)
                open = more();
            if (!open)
                break;
            const std::string head = lower(in.substr(0, end));
            in.erase(0, end + 4);
            const std::size_t at = head.find("content-length: ");
            const std::size_t length = at == std::string::npos ? 0 : std::stoull(head.substr(at + 16));
            while (open && in.size() < length)
                open = more();
            ++requests;
            const char* name = SSL_get_servername(ssl.get(), TLSEXT_NAMETYPE_host_name);
            std::string body = head.find(" /echo ") != std::string::npos
                                   ? in.substr(0, length)
                                   : std::string(name ? name : "-") + " " + std::to_string(number);
            in.erase(0, length);
            const std::string answer =
                "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
            for (std::size_t sent = 0; open && sent < answer.size();) {
                const int count = SSL_write(ssl.get(), answer.data() + sent, static_cast<int>(answer.size() - sent));
                open = count > 0;
                sent += open ? static_cast<std::size_t>(count) : 0;
            }
        }
        ::close(fd);
    }

    Listening listening_;
    std::shared_ptr<SSL_CTX> context_;
    std::vector<std::thread> threads_; // the acceptor's
    std::thread acceptor_;
};

} // namespace gatehouse::test
