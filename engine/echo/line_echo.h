#pragma once

#include "engine/echo/echo_dialogue.h"
#include "engine/routing/snapshot.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// What the TCP echo tells of a connection with TLS, in the words of Go's crypto/tls.
struct LineEchoTls {
    std::string version, serverName, negotiatedProtocol, curves, cipherSuite;
};

/// The line protocol of the conformance suite's TCP echo (echo-basic/tcpserver), without a socket: the server speaks
/// first, then answers TEST, IS_TLS and PING; other lines get no answer. One object a connection.
class LineEcho final : public EchoDialogue {
public:
    static constexpr std::string_view greeting = "Gateway API Test TCP Server\n";
    static constexpr std::size_t lineBytes = 64 * 1024; ///< a longer line ends the connection, as bufio.Scanner does

    LineEcho(const routing::EchoIdentity& identity, std::optional<LineEchoTls> tls);
    /// Called with every line that has an answer.
    void onCommand(std::function<void(std::string_view)> heard) { heard_ = std::move(heard); }

    /// False: a line is too long.
    [[nodiscard]] bool receive(std::string_view bytes, std::string& out) override;
    /// A line that the client did not end counts, too.
    void end(std::string& out) override;

private:
    void answer(std::string_view line, std::string& out);

    std::string test_; // what TEST is answered
    bool isTls_;
    std::string line_; // begun, not ended
    std::function<void(std::string_view)> heard_;
};

} // namespace gatehouse::engine
