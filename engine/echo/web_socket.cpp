#include "engine/echo/web_socket.h"

#include "engine/http/utf8.h"

#include <algorithm>

namespace gatehouse::engine {

namespace {

constexpr std::size_t controlBytes = 125; // RFC 6455 section 5.5

void appendFrame(std::string& out, unsigned opcode, std::string_view payload)
{
    out.push_back(static_cast<char>(0x80 | opcode));
    const std::size_t length = payload.size();
    const auto appendLength = [&](int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
            out.push_back(static_cast<char>(length >> shift & 0xFF));
    };
    if (length < 126) {
        out.push_back(static_cast<char>(length));
    } else if (length <= 0xFFFF) {
        out.push_back(126);
        appendLength(2);
    } else {
        out.push_back(127);
        appendLength(8);
    }
    out.append(payload);
}

/// Codes that an endpoint may send (RFC 6455 section 7.4).
bool isCloseCode(unsigned code) noexcept
{
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) ||
           (code >= 3000 && code <= 4999);
}

} // namespace

bool WebSocketEcho::take(std::string_view bytes, std::string& out)
{
    while (!bytes.empty() && !closed_) {
        if (!head_) {
            headBytes_.push_back(bytes.front());
            bytes.remove_prefix(1);
            if (!parseHead(out))
                return false;
            if (head_ && head_->length == 0 && !endFrame(out))
                return false;
            continue;
        }
        std::string& into = static_cast<unsigned>(head_->opcode) >= 0x8 ? control_ : message_;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), head_->length - taken_));
        for (const char c : bytes.substr(0, count))
            into.push_back(static_cast<char>(static_cast<unsigned char>(c) ^ head_->mask[taken_++ % 4]));
        bytes.remove_prefix(count);
        if (taken_ == head_->length && !endFrame(out))
            return false;
    }
    return !closed_;
}

bool WebSocketEcho::parseHead(std::string& out)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(headBytes_[at]); };
    if (headBytes_.size() < 2)
        return true;
    const bool masked = (byte(1) & 0x80) != 0;
    Head head;
    head.opcode = static_cast<Opcode>(byte(0) & 0x0F);
    head.final = (byte(0) & 0x80) != 0;
    head.length = byte(1) & 0x7F;
    const std::size_t lengthBytes = head.length == 126 ? 2 : head.length == 127 ? 8 : 0;
    // Judged as early as possible: nothing is waited for that would be refused.
    if (headBytes_.size() == 2)
        if (const auto problem = problemOf(head, byte(0), masked))
            return close(*problem, out);
    if (headBytes_.size() < 2 + lengthBytes + 4)
        return true;
    if (lengthBytes > 0) {
        head.length = 0;
        for (std::size_t i = 0; i < lengthBytes; ++i)
            head.length = head.length << 8 | byte(2 + i);
    }
    if ((head.length >> 63) != 0)
        return close(Code::ProtocolError, out);
    if (head.length > controlBytes && head.length > messageBytes - std::min(messageBytes, message_.size()))
        return close(Code::TooBig, out);
    for (std::size_t i = 0; i < 4; ++i)
        head.mask[i] = byte(2 + lengthBytes + i);
    headBytes_.clear();
    taken_ = 0;
    head_ = head;
    return true;
}

std::optional<WebSocketEcho::Code> WebSocketEcho::problemOf(const Head& head, unsigned char first, bool masked) const
{
    // RFC 6455 sections 5.1 (clients mask), 5.2 (no extension gave the reserved bits a meaning), 5.4, 5.5.
    if (!masked || (first & 0x70) != 0)
        return Code::ProtocolError;
    switch (head.opcode) {
    case Opcode::Continuation:
        return inMessage_ ? std::nullopt : std::optional(Code::ProtocolError);
    case Opcode::Text:
    case Opcode::Binary:
        return inMessage_ ? std::optional(Code::ProtocolError) : std::nullopt;
    case Opcode::Close:
    case Opcode::Ping:
    case Opcode::Pong:
        return head.final && head.length <= controlBytes ? std::nullopt : std::optional(Code::ProtocolError);
    }
    return Code::ProtocolError;
}

bool WebSocketEcho::endFrame(std::string& out)
{
    const Head head = *head_;
    head_.reset();
    switch (head.opcode) {
    case Opcode::Text:
    case Opcode::Binary:
        messageOpcode_ = head.opcode;
        [[fallthrough]];
    case Opcode::Continuation:
        inMessage_ = !head.final;
        return !head.final || endMessage(out);
    case Opcode::Close:
        return answerClose(out);
    case Opcode::Ping:
        appendFrame(out, static_cast<unsigned>(Opcode::Pong), control_);
        break;
    case Opcode::Pong:
        break;
    }
    control_.clear();
    return true;
}

bool WebSocketEcho::endMessage(std::string& out)
{
    if (messageOpcode_ == Opcode::Text && !isUtf8(message_))
        return close(Code::InvalidPayload, out);
    appendFrame(out, static_cast<unsigned>(messageOpcode_), message_);
    message_.clear();
    return true;
}

bool WebSocketEcho::close(Code code, std::string& out)
{
    const auto number = static_cast<unsigned>(code);
    const char payload[] = {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
    appendFrame(out, static_cast<unsigned>(Opcode::Close), {payload, sizeof payload});
    closed_ = true;
    return false;
}

bool WebSocketEcho::answerClose(std::string& out)
{
    if (control_.empty()) {
        appendFrame(out, static_cast<unsigned>(Opcode::Close), {});
        closed_ = true;
        return false;
    }
    if (control_.size() == 1)
        return close(Code::ProtocolError, out);
    const unsigned code = static_cast<unsigned char>(control_[0]) * 256u + static_cast<unsigned char>(control_[1]);
    if (!isCloseCode(code))
        return close(Code::ProtocolError, out);
    if (!isUtf8(std::string_view(control_).substr(2)))
        return close(Code::InvalidPayload, out);
    appendFrame(out, static_cast<unsigned>(Opcode::Close), std::string_view(control_).substr(0, 2));
    closed_ = true;
    return false;
}

} // namespace gatehouse::engine
