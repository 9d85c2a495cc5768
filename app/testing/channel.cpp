#include "app/testing/channel.h"

#include <array>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace gatehouse::testing {

namespace {

std::string lastError(SSL* ssl)
{
    if (const long verdict = ssl ? SSL_get_verify_result(ssl) : X509_V_OK; verdict != X509_V_OK)
        return std::string("the server's certificate: ") + X509_verify_cert_error_string(verdict);
    const unsigned long code = ERR_get_error();
    const char* const reason = code ? ERR_reason_error_string(code) : nullptr;
    return std::string("TLS handshake: ") + (reason ? reason : "the connection was closed");
}

} // namespace

Channel::~Channel()
{
    SSL_free(ssl_);
    SSL_CTX_free(context_);
}

Reached Channel::open(const Wish& wish, TimePoint end, std::string& error)
{
    std::array<char, CURL_ERROR_SIZE> errorText{};
    curl_ = makeCurl(connection_, connectTo_, errorText.data());
    CURL* curl = curl_.get();
    curl_easy_setopt(curl, CURLOPT_URL, "http://gateway.invalid/"); // where it goes, the connection says
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    const CURLcode result = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr); // it does not live as long
    if (result != CURLE_OK) {
        error = errorText.front() ? errorText.data() : curl_easy_strerror(result);
        return reachedBy(result);
    }
    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket_);
    return wish.serverName ? shakeHands(wish, end, error) : Reached::Answer;
}

Reached Channel::shakeHands(const Wish& wish, TimePoint end, std::string& error)
{
    ERR_clear_error();
    context_ = SSL_CTX_new(TLS_client_method());
    const std::string& file = connection_.caFile;
    const bool trusts = !connection_.verify || (file.empty() ? SSL_CTX_set_default_verify_paths(context_)
                                                             : SSL_CTX_load_verify_file(context_, file.c_str())) == 1;
    if (!trusts) {
        error = "the authorities in " + file + " cannot be read";
        return Reached::Impossible;
    }
    ssl_ = SSL_new(context_);
    SSL_set_verify(ssl_, connection_.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (!wish.serverName->empty()) {
        SSL_set_tlsext_host_name(ssl_, wish.serverName->c_str());
        SSL_set1_host(ssl_, wish.serverName->c_str());
    }
    if (!wish.alpn.empty()) {
        const std::string offer = static_cast<char>(wish.alpn.size()) + wish.alpn;
        SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(offer.data()),
                            static_cast<unsigned>(offer.size()));
    }
    SSL_set_fd(ssl_, socket_);
    SSL_set_connect_state(ssl_);
    for (;;) {
        ERR_clear_error();
        const int result = SSL_do_handshake(ssl_);
        if (result == 1)
            break;
        bool late = false;
        if (wait(result, end, late))
            continue;
        error = late ? "no TLS handshake came in time" : lastError(ssl_);
        return late ? Reached::NoAnswer : Reached::NoTls;
    }
    const unsigned char* chosen = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(ssl_, &chosen, &length);
    if (!wish.alpn.empty() && std::string_view(reinterpret_cast<const char*>(chosen), length) != wish.alpn) {
        error = "the server does not speak " + wish.alpn + " over TLS";
        return Reached::Broken;
    }
    return Reached::Answer;
}

bool Channel::wait(int result, TimePoint end, bool& late)
{
    const int why = SSL_get_error(ssl_, result);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE)
        return false;
    late = !waitFor(socket_, why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, end, interrupt_);
    return !late;
}

bool Channel::send(std::string_view bytes, TimePoint end)
{
    while (!bytes.empty()) {
        std::size_t sent = 0;
        if (ssl_) {
            ERR_clear_error();
            const int result = SSL_write_ex(ssl_, bytes.data(), bytes.size(), &sent);
            bool late = false;
            if (result != 1 && !wait(result, end, late))
                return false;
        } else {
            const CURLcode result = curl_easy_send(curl_.get(), bytes.data(), bytes.size(), &sent);
            if (result == CURLE_AGAIN ? !waitFor(socket_, POLLOUT, end, interrupt_) : result != CURLE_OK)
                return false;
        }
        bytes.remove_prefix(sent);
    }
    return true;
}

Channel::Got Channel::receive(std::string& bytes, TimePoint end)
{
    std::array<char, 16384> buffer;
    for (;;) {
        std::size_t got = 0;
        if (ssl_) {
            ERR_clear_error();
            const int result = SSL_read_ex(ssl_, buffer.data(), buffer.size(), &got);
            bool late = false;
            if (result != 1 && wait(result, end, late))
                continue;
            if (result != 1)
                return late ? Got::Late : Got::End;
        } else {
            const CURLcode result = curl_easy_recv(curl_.get(), buffer.data(), buffer.size(), &got);
            if (result == CURLE_AGAIN) {
                if (waitFor(socket_, POLLIN, end, interrupt_))
                    continue;
                return Got::Late;
            }
            if (result != CURLE_OK || got == 0)
                return Got::End;
        }
        bytes.append(buffer.data(), got);
        return Got::Bytes;
    }
}

} // namespace gatehouse::testing
