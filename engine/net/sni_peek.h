#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// How many bytes of a connection may be read before its ClientHello is complete. Today's are below 2 KiB.
inline constexpr std::size_t helloLimit = 16 * 1024;

/// What the first bytes of a connection say to somebody who only reads along.
struct HelloPeek {
    enum class State : std::uint8_t {
        Incomplete, ///< more bytes are needed
        Complete,   ///< a ClientHello; `serverName` is known
        NotTls,     ///< something else, as a request of plain HTTP
        Malformed,  ///< begins as TLS does, and cannot be a ClientHello; or is longer than helloLimit
    };
    State state = State::Incomplete;
    std::string serverName; ///< SNI in lower case; "" without. With ECH it is the outer name: the inner one is secret
};

/// Reads the server name out of a ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3) that may be in several TLS
/// records. `bytes` is the connection from its first byte on; the answer depends on nothing else, so that any
/// fragmentation of the same bytes gives the same. Extensions that are not known (GREASE, ECH) are passed over.
/// Errors: States. No allocation but for names over 15 bytes and hellos in several records. Thread: any.
HelloPeek peekHello(std::string_view bytes);

} // namespace gatehouse::engine
