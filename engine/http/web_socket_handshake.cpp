#include "engine/http/web_socket_handshake.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace gatehouse::engine {

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

std::string webSocketKey(const std::array<std::uint32_t, 4>& random)
{
    unsigned char encoded[4 * ((sizeof random + 2) / 3) + 1];
    const int length = EVP_EncodeBlock(encoded, reinterpret_cast<const unsigned char*>(random.data()), sizeof random);
    return {reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(length)};
}

} // namespace gatehouse::engine
