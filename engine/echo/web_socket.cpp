#include "engine/echo/web_socket.h"

#include <algorithm>

#include <openssl/evp.h>
#include <openssl/sha.h>

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

std::optional<std::string> webSocketAccept(std::string_view key)
{
    constexpr std::size_t keyText = 24, keyBytes = 16;
    unsigned char decoded[keyText];
    if (key.size() != keyText || !key.ends_with("==") ||
        EVP_DecodeBlock(decoded, reinterpret_cast<const unsigned char*>(key.data()), keyText) !=
            static_cast<int>(keyBytes) + 2) // it counts the padding
        return std::nullopt;
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    unsigned char encoded[4 * ((SHA_DIGEST_LENGTH + 2) / 3) + 1];
    const int length = EVP_EncodeBlock(encoded, digest, SHA_DIGEST_LENGTH);
    return std::string(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(length));
}

bool isUtf8(std::string_view text) noexcept
{
    std::size_t i = 0;
    while (i < text.size()) {
        const auto first = static_cast<unsigned char>(text[i++]);
        if (first < 0x80)
            continue;
        const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4)
            return false;
        std::uint32_t code = first & (0x3Fu >> more);
        for (int n = 0; n < more; ++n) {
            if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
                return false;
            code = code << 6 | (static_cast<unsigned char>(text[i++]) & 0x3Fu);
        }
        const bool shorter = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
        if (shorter || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return false;
    }
    return true;
}

} // namespace gatehouse::engine
