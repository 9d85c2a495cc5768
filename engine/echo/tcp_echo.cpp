#include "engine/echo/tcp_echo.h"

#include "engine/echo/dns_echo.h"
#include "engine/echo/line_echo.h"
#include "engine/http/client_connection.h"
#include "engine/tls/tls_stream.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::engine {

namespace {

/// A client that asks without reading is not read on beyond this.
constexpr std::size_t unsentLimit = 64 * 1024;
/// Reads in a row before other connections have their turn.
constexpr int readsAtOnce = 16;

std::string goVersionName(std::string_view version)
{
    // "TLSv1.3" as tls.VersionName says it.
    return version.starts_with("TLSv") ? "TLS " + std::string(version.substr(4)) : std::string(version);
}

std::string goCurveName(std::string_view group)
{
    static constexpr std::pair<std::string_view, std::string_view> names[] = {
        {"prime256v1", "CurveP256"}, {"secp384r1", "CurveP384"}, {"secp521r1", "CurveP521"}};
    for (const auto& [openssl, go] : names)
        if (group == openssl)
            return std::string(go);
    return std::string(group);
}

std::optional<LineEchoTls> tlsOf(const ClientConnection& connection)
{
    const TlsStream* const stream = connection.tls();
    if (!stream)
        return std::nullopt;
    return LineEchoTls{goVersionName(stream->version()), connection.serverName(), std::string(stream->alpn()),
                       goCurveName(stream->group()), stream->cipherSuite()};
}

/// One connection, in steps that do not wait.
class Talk {
public:
    Talk(Transport& transport, std::unique_ptr<EchoDialogue> echo, std::string_view greeting)
        : transport_(transport), echo_(std::move(echo)), unsent_(greeting)
    {
    }

    /// Goes as far as it can; false when the connection is over.
    bool step()
    {
        for (int reads = 0; transport_.open();) {
            if (!flush())
                return false;
            if (ended_ && unsent_.empty())
                return false;
            if (ended_ || unsent_.size() >= unsentLimit || !transport_.mayRead())
                return true;
            if (++reads > readsAtOnce) {
                transport_.yield();
                return true;
            }
            if (!receive())
                return false;
        }
        return false;
    }
    void watch()
    {
        if (!unsent_.empty())
            transport_.watchWrite();
        if (!ended_ && unsent_.size() < unsentLimit)
            transport_.watchRead();
    }

private:
    bool flush()
    {
        while (!unsent_.empty() && transport_.mayWrite()) {
            const IoResult sent = transport_.send(unsent_);
            if (sent.state == IoState::Failed)
                return false;
            unsent_.erase(0, sent.bytes);
            if (sent.state == IoState::Blocked)
                break;
        }
        return true;
    }
    bool receive()
    {
        const IoResult got = transport_.receive(received_.data(), received_.size());
        if (got.state == IoState::Failed)
            return false;
        if (got.state == IoState::Closed) {
            ended_ = true;
            echo_->end(unsent_);
        }
        if (got.state == IoState::Done && !echo_->receive({received_.data(), got.bytes}, unsent_))
            ended_ = true;
        return true;
    }

    Transport& transport_;
    std::unique_ptr<EchoDialogue> echo_;
    std::string unsent_;
    std::array<char, 1024> received_;
    bool ended_ = false; // nothing more is read
};

} // namespace

std::unique_ptr<EchoDialogue> TcpEcho::begin(const ClientConnection& connection)
{
    std::string client(connection.address());
    if (identity_.mode == routing::EchoMode::Dns) {
        auto dns = std::make_unique<DnsStream>(identity_);
        if (log_)
            dns->onAnswer(
                [this, client = std::move(client)](const DnsAnswer& answer) { log_->add(dnsLogLine(answer, client)); });
        return dns;
    }
    auto lines = std::make_unique<LineEcho>(identity_, tlsOf(connection));
    if (log_)
        lines->onCommand([this, client = std::move(client)](std::string_view line) {
            log_->add(std::string("Answering ").append(line).append(" to client (").append(client).append(")"));
        });
    return lines;
}

Awaitable TcpEcho::serve(ClientConnection& connection)
{
    const bool speaksFirst = identity_.mode != routing::EchoMode::Dns;
    Talk talk(connection.transport(), begin(connection), speaksFirst ? LineEcho::greeting : std::string_view());
    // A socket that was retired belongs to a Pod that is gone, and so are its connections.
    while (!connection.server()->retired() && talk.step()) {
        talk.watch();
        co_await connection.waiter().wait(useAwaitable);
    }
    connection.transport().close();
}

} // namespace gatehouse::engine
