#pragma once

#include "engine/net/stream_socket.h"
#include "engine/tls/openssl.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::engine {

/// TLS over a StreamSocket, either side of it, in the socket's own terms: nothing waits, and it remembers whether
/// trying is worthwhile. OpenSSL reads and writes the socket through a BIO that calls StreamSocket, so that the
/// socket's readiness stays right and nothing is copied once more. Thread: its worker.
class TlsStream {
public:
    /// `ssl` is in accept or connect state. `socket` outlives this.
    TlsStream(StreamSocket& socket, SslPtr ssl);

    enum class Handshake : std::uint8_t {
        Done,
        Blocked,   ///< wait for the socket
        PlainHttp, ///< the client speaks HTTP without TLS; nothing was sent
        Failed,    ///< see failure()
    };
    Handshake handshake();
    /// Why the handshake failed, in OpenSSL's words and, where a certificate was refused, why.
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
    /// The peer has sent something, whatever it was.
    [[nodiscard]] bool heard() const noexcept;
    /// Protocol that ALPN agreed on, "" for none; after the handshake.
    [[nodiscard]] std::string_view alpn() const noexcept;
    /// "TLSv1.3"; after the handshake. Static text.
    [[nodiscard]] const char* version() const noexcept { return SSL_get_version(ssl_.get()); }

    /// "TLS_AES_256_GCM_SHA384"; after the handshake. Static text.
    [[nodiscard]] const char* cipherSuite() const noexcept
    {
        return SSL_CIPHER_standard_name(SSL_get_current_cipher(ssl_.get()));
    }
    /// The certificates that the peer showed, in PEM, its own first; after the handshake, on the server's side.
    [[nodiscard]] std::vector<std::string> peerCertificates() const;

    /// "X25519", "prime256v1": the group of the key exchange, "" if there is none; after the handshake. Static text.
    [[nodiscard]] std::string_view group() const noexcept;

    // As in StreamSocket. A peer that closes without close_notify has Failed: what it sent may have been cut.
    IoResult receive(char* to, std::size_t capacity);
    IoResult send(std::string_view bytes);
    IoResult send(std::string_view first, std::string_view second);
    [[nodiscard]] StreamSocket::Peek peek();
    [[nodiscard]] bool mayRead() const noexcept
    {
        return buffered_ || ended_ || (readNeedsWrite_ ? socket_.mayWrite() : socket_.mayRead());
    }
    [[nodiscard]] bool mayWrite() const noexcept { return writeNeedsRead_ ? socket_.mayRead() : socket_.mayWrite(); }
    /// Tells the peer that nothing follows (close_notify), if that can be done at once.
    void endWriting();

private:
    /// What an SSL call that did not succeed means for reading or writing.
    IoState outcome(int result, bool& needsOther, int ordinary);

    StreamSocket& socket_;
    SslPtr ssl_;
    std::string failure_;
    bool handshakeDone_ = false;
    bool buffered_ = false;       // received and perhaps not decrypted yet
    bool ended_ = false;          // the next receive() has an end or a failure to report
    bool broken_ = false;         // after a fatal error nothing may be sent, not even a close_notify
    bool readNeedsWrite_ = false; // the protocol has something to send before it can go on reading
    bool writeNeedsRead_ = false;
};

} // namespace gatehouse::engine
