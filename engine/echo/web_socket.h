#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// The server's side of a WebSocket that echoes every message (RFC 6455), without a socket: bytes in, bytes out. Text
/// has to be UTF-8. A client that breaks the protocol is sent a Close that says how. No extensions.
class WebSocketEcho {
public:
    static constexpr std::size_t messageBytes = 1024 * 1024; ///< longer messages end the connection (1009)

    /// Takes what the client sent and appends what it is to get. False: a Close was sent, nothing more is taken.
    bool take(std::string_view bytes, std::string& out);

private:
    enum class Opcode : std::uint8_t {
        Continuation = 0x0,
        Text = 0x1,
        Binary = 0x2,
        Close = 0x8,
        Ping = 0x9,
        Pong = 0xA,
    };
    enum class Code : std::uint16_t {
        Normal = 1000,
        ProtocolError = 1002,
        InvalidPayload = 1007,
        TooBig = 1009,
    };
    /// The parts of a frame before its payload; nullopt until all of it is there.
    struct Head {
        Opcode opcode = Opcode::Continuation;
        bool final = false;
        std::uint64_t length = 0;
        unsigned char mask[4] = {};
        std::size_t bytes = 0; ///< its own length
    };

    bool parseHead(std::string& out);
    [[nodiscard]] std::optional<Code> problemOf(const Head& head, unsigned char first, bool masked) const;
    bool endFrame(std::string& out);
    bool endMessage(std::string& out);
    bool close(Code code, std::string& out);
    bool answerClose(std::string& out);

    std::string headBytes_; // of a frame whose head is not complete
    std::optional<Head> head_;
    std::uint64_t taken_ = 0; // of the frame's payload
    std::string control_;     // payload of a control frame, which may come inside a message
    std::string message_;
    Opcode messageOpcode_ = Opcode::Text;
    bool inMessage_ = false;
    bool closed_ = false;
};

} // namespace gatehouse::engine
