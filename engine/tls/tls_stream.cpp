#include "engine/tls/tls_stream.h"

#include <algorithm>
#include <climits>
#include <utility>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace gatehouse::engine {

namespace {

StreamSocket& socketOf(BIO* bio)
{
    return *static_cast<StreamSocket*>(BIO_get_data(bio));
}

int readSocket(BIO* bio, char* to, int capacity)
{
    StreamSocket& socket = socketOf(bio);
    BIO_clear_retry_flags(bio);
    // OpenSSL tries once more after a short read; the socket knows that this is in vain.
    if (socket.mayRead()) {
        const IoResult result = socket.receive(to, static_cast<std::size_t>(capacity));
        switch (result.state) {
        case IoState::Done:
            return static_cast<int>(result.bytes);
        case IoState::Closed:
            return 0;
        case IoState::Failed:
            return -1;
        case IoState::Blocked:
            break;
        }
    }
    BIO_set_retry_read(bio);
    return -1;
}

int writeSocket(BIO* bio, const char* from, int size)
{
    StreamSocket& socket = socketOf(bio);
    BIO_clear_retry_flags(bio);
    if (socket.mayWrite()) {
        const IoResult result = socket.send(std::string_view(from, static_cast<std::size_t>(size)));
        if (result.state == IoState::Done)
            return static_cast<int>(result.bytes);
        if (result.state != IoState::Blocked)
            return -1;
    }
    BIO_set_retry_write(bio);
    return -1;
}

long control(BIO*, int command, long, void*)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

/// A kind of BIO over StreamSocket; made once, never freed, as OpenSSL's own kinds.
const BIO_METHOD* socketMethod()
{
    static const BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "worker socket");
        if (made) {
            BIO_meth_set_read(made, readSocket);
            BIO_meth_set_write(made, writeSocket);
            BIO_meth_set_ctrl(made, control);
        }
        return made;
    }();
    return method;
}

} // namespace

TlsStream::TlsStream(StreamSocket& socket, SslPtr ssl) : socket_(socket), ssl_(std::move(ssl))
{
    BIO* bio = ssl_ ? BIO_new(socketMethod()) : nullptr;
    if (!bio) { // memory is short: handshake() says so
        ssl_.reset();
        return;
    }
    BIO_set_data(bio, &socket);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    // The rest of what could not be sent may be offered from another place: buffers grow and move.
    SSL_set_mode(ssl_.get(),
                 SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // Several records, or a head and a body, with one system call.
    SSL_set_read_ahead(ssl_.get(), 1);
}

IoState TlsStream::outcome(int result, bool& needsOther, int ordinary)
{
    const int error = SSL_get_error(ssl_.get(), result);
    needsOther = false;
    switch (error) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        needsOther = error != ordinary;
        return IoState::Blocked;
    case SSL_ERROR_ZERO_RETURN:
        return IoState::Closed;
    default:
        broken_ = true;
        ERR_clear_error();
        return IoState::Failed;
    }
}

TlsStream::Handshake TlsStream::handshake()
{
    if (!ssl_) {
        failure_ = "out of memory";
        return Handshake::Failed;
    }
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1) {
        handshakeDone_ = true;
        buffered_ = SSL_has_pending(ssl_.get()) == 1;
        return Handshake::Done;
    }
    const int error = SSL_get_error(ssl_.get(), result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        return Handshake::Blocked;
    broken_ = true;
    if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST) {
        ERR_clear_error();
        return Handshake::PlainHttp;
    }
    failure_ = takeOpenSslError("the peer closed the connection");
    if (const long verdict = SSL_get_verify_result(ssl_.get()); verdict != X509_V_OK)
        failure_.append(": ").append(X509_verify_cert_error_string(verdict));
    return Handshake::Failed;
}

bool TlsStream::heard() const noexcept
{
    return ssl_ && BIO_number_read(SSL_get_rbio(ssl_.get())) > 0;
}

std::string_view TlsStream::group() const noexcept
{
    const auto nid = static_cast<int>(SSL_get_negotiated_group(ssl_.get()));
    // A group without a NID is a number of its own kind, for which OBJ_nid2sn() would leave an error behind.
    return nid == NID_undef || nid >= TLSEXT_nid_unknown ? "" : OBJ_nid2sn(nid);
}

std::string_view TlsStream::alpn() const noexcept
{
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &length);
    return {reinterpret_cast<const char*>(name), length};
}

std::vector<std::string> TlsStream::peerCertificates() const
{
    std::vector<std::string> texts;
    const auto add = [&](X509* certificate) {
        const BioPtr bio(BIO_new(BIO_s_mem()));
        char* text = nullptr;
        if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1)
            return;
        const long size = BIO_get_mem_data(bio.get(), &text);
        texts.emplace_back(text, static_cast<std::size_t>(size));
    };
    if (X509* leaf = SSL_get0_peer_certificate(ssl_.get()))
        add(leaf);
    const STACK_OF(X509)* rest = SSL_get_peer_cert_chain(ssl_.get()); // on this side without the leaf
    for (int i = 0; rest && i < sk_X509_num(rest); ++i)
        add(sk_X509_value(rest, i));
    return texts;
}

IoResult TlsStream::receive(char* to, std::size_t capacity)
{
    capacity = std::min(capacity, receiveAtOnce);
    std::size_t total = 0;
    while (total < capacity) {
        std::size_t got = 0;
        ERR_clear_error();
        const int result = SSL_read_ex(ssl_.get(), to + total, capacity - total, &got);
        if (result == 1) {
            total += got;
            readNeedsWrite_ = false;
            buffered_ = SSL_has_pending(ssl_.get()) == 1;
            if (!buffered_ && !socket_.mayRead())
                break;
            continue;
        }
        buffered_ = false;
        const IoState state = outcome(result, readNeedsWrite_, SSL_ERROR_WANT_READ);
        ended_ = state != IoState::Blocked;
        if (total == 0)
            return {state, 0};
        break;
    }
    return {IoState::Done, total};
}

IoResult TlsStream::send(std::string_view bytes)
{
    std::size_t total = 0;
    while (total < bytes.size()) {
        std::size_t count = 0;
        ERR_clear_error();
        const int result = SSL_write_ex(ssl_.get(), bytes.data() + total, bytes.size() - total, &count);
        if (result == 1) {
            total += count;
            writeNeedsRead_ = false;
            continue;
        }
        if (outcome(result, writeNeedsRead_, SSL_ERROR_WANT_WRITE) != IoState::Blocked)
            return {IoState::Failed, 0};
        break;
    }
    return {total > 0 ? IoState::Done : IoState::Blocked, total};
}

IoResult TlsStream::send(std::string_view first, std::string_view second)
{
    // Together they are one record at best; apart they save the copy that this would take.
    const IoResult head = send(first);
    if (head.state != IoState::Done || head.bytes < first.size())
        return head;
    const IoResult body = send(second);
    if (body.state == IoState::Failed)
        return body;
    return {IoState::Done, head.bytes + body.bytes};
}

StreamSocket::Peek TlsStream::peek()
{
    char byte = 0;
    std::size_t got = 0;
    ERR_clear_error();
    const int result = SSL_peek_ex(ssl_.get(), &byte, 1, &got);
    if (result == 1) {
        buffered_ = true;
        return StreamSocket::Peek::Bytes;
    }
    buffered_ = false;
    const IoState state = outcome(result, readNeedsWrite_, SSL_ERROR_WANT_READ);
    ended_ = state != IoState::Blocked;
    if (state == IoState::Blocked)
        return StreamSocket::Peek::Silent;
    return state == IoState::Closed ? StreamSocket::Peek::Closed : StreamSocket::Peek::Broken;
}

void TlsStream::endWriting()
{
    if (!handshakeDone_ || broken_)
        return;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    ERR_clear_error(); // a peer that is gone misses nothing
}

} // namespace gatehouse::engine
