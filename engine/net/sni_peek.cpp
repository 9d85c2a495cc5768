#include "engine/net/sni_peek.h"

#include <algorithm>
#include <optional>

namespace gatehouse::engine {
namespace {

using State = HelloPeek::State;

constexpr unsigned char handshakeRecord = 22, clientHello = 1, hostName = 0;
constexpr unsigned serverNameExtension = 0;
constexpr std::size_t recordHead = 5, handshakeHead = 4, mostInRecord = 16 * 1024;

unsigned char byteAt(std::string_view text, std::size_t at) noexcept
{
    return static_cast<unsigned char>(text[at]);
}

/// Reads fields off the front; once one is missing everything after it is, too.
class Fields {
public:
    explicit Fields(std::string_view rest) noexcept : rest_(rest) {}

    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }

    std::size_t number(std::size_t bytes) noexcept
    {
        std::size_t value = 0;
        for (const char c : take(bytes))
            value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    std::string_view take(std::size_t bytes) noexcept
    {
        if (!good_ || bytes > rest_.size()) {
            good_ = false;
            return {};
        }
        const std::string_view taken = rest_.substr(0, bytes);
        rest_.remove_prefix(bytes);
        return taken;
    }
    /// A field behind its own length of `lengthBytes` bytes.
    std::string_view vector(std::size_t lengthBytes) noexcept { return take(number(lengthBytes)); }

private:
    std::string_view rest_;
    bool good_ = true;
};

/// The host_name of a server_name extension. It may hold names of other types, and one of this (RFC 6066 section 3).
std::optional<std::string_view> hostNameOf(std::string_view extension)
{
    Fields fields(extension);
    Fields list(fields.vector(2));
    std::optional<std::string_view> name;
    while (fields.good() && list.good() && !list.empty()) {
        const std::size_t type = list.number(1);
        const std::string_view value = list.vector(2);
        if (type != hostName)
            continue;
        if (name || value.empty())
            return std::nullopt;
        name = value;
    }
    return fields.good() && list.good() && fields.empty() && name ? name : std::nullopt;
}

/// `body` is a whole ClientHello.
HelloPeek readHello(std::string_view body)
{
    HelloPeek peek;
    peek.state = State::Malformed;
    Fields hello(body);
    hello.take(2 + 32); // legacy_version, random
    const std::string_view sessionId = hello.vector(1);
    const std::string_view suites = hello.vector(2);
    const std::string_view compressions = hello.vector(1);
    if (!hello.good() || sessionId.size() > 32 || suites.empty() || suites.size() % 2 != 0 || compressions.empty())
        return peek;
    std::optional<std::string_view> name;
    if (!hello.empty()) {
        Fields extensions(hello.vector(2));
        while (hello.good() && extensions.good() && !extensions.empty()) {
            const std::size_t type = extensions.number(2);
            const std::string_view value = extensions.vector(2);
            if (!extensions.good() || type != serverNameExtension)
                continue;
            if (name)
                return peek; // RFC 8446 section 4.2: no extension comes twice
            name = hostNameOf(value);
            if (!name)
                return peek;
        }
        if (!hello.good() || !extensions.good() || !hello.empty())
            return peek;
    }
    peek.state = State::Complete;
    peek.serverName = name.value_or(std::string_view());
    std::transform(peek.serverName.begin(), peek.serverName.end(), peek.serverName.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return peek;
}

/// What the records so far carry, joined.
struct Handshake {
    State state = State::Incomplete; ///< Incomplete also when `bytes` may be enough
    std::string_view bytes;
    std::string joined; ///< storage of `bytes` when there are several records
};

void readRecords(std::string_view bytes, Handshake& handshake)
{
    while (!bytes.empty()) {
        if (byteAt(bytes, 0) != handshakeRecord || (bytes.size() > 1 && byteAt(bytes, 1) != 3)) {
            // The first record decides whether this is TLS; an alert or data amid a hello is a fault of it.
            handshake.state = handshake.bytes.empty() ? State::NotTls : State::Malformed;
            return;
        }
        if (bytes.size() < recordHead)
            return;
        const std::size_t length = static_cast<std::size_t>(byteAt(bytes, 3)) << 8 | byteAt(bytes, 4);
        if (length == 0 || length > mostInRecord) {
            handshake.state = State::Malformed;
            return;
        }
        const std::string_view payload = bytes.substr(recordHead, length);
        if (handshake.bytes.empty()) {
            handshake.bytes = payload;
        } else {
            if (handshake.joined.empty())
                handshake.joined = handshake.bytes;
            handshake.joined += payload;
            handshake.bytes = handshake.joined;
        }
        bytes.remove_prefix(std::min(bytes.size(), recordHead + length));
        // What follows the hello is no business of ours.
        if (handshake.bytes.size() >= handshakeHead) {
            Fields head(handshake.bytes);
            head.take(1);
            if (handshake.bytes.size() >= handshakeHead + head.number(3))
                return;
        }
    }
}

} // namespace

HelloPeek peekHello(std::string_view bytes)
{
    HelloPeek peek;
    Handshake handshake;
    readRecords(bytes, handshake);
    peek.state = handshake.state;
    if (peek.state != State::Incomplete)
        return peek;
    if (!handshake.bytes.empty() && byteAt(handshake.bytes, 0) != clientHello) {
        peek.state = State::Malformed;
        return peek;
    }
    if (handshake.bytes.size() >= handshakeHead) {
        Fields fields(handshake.bytes);
        fields.take(1);
        const std::size_t length = fields.number(3);
        if (length > helloLimit - handshakeHead - recordHead) {
            peek.state = State::Malformed;
            return peek;
        }
        if (const std::string_view body = fields.take(length); fields.good())
            return readHello(body);
    }
    if (bytes.size() >= helloLimit)
        peek.state = State::Malformed;
    return peek;
}

} // namespace gatehouse::engine
