#include "model/graph/pem.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace gatehouse::model {
namespace {

struct Block {
    std::string_view label;
    std::string_view body;
};

std::optional<std::vector<Block>> splitBlocks(std::string_view pem)
{
    constexpr std::string_view begin = "-----BEGIN ", end = "-----END ", dashes = "-----";
    std::vector<Block> blocks;
    for (std::size_t at = pem.find(begin); at != std::string_view::npos; at = pem.find(begin, at)) {
        const std::size_t labelAt = at + begin.size();
        const std::size_t labelEnd = pem.find(dashes, labelAt);
        if (labelEnd == std::string_view::npos)
            return std::nullopt;
        const std::string_view label = pem.substr(labelAt, labelEnd - labelAt);
        const std::size_t bodyAt = labelEnd + dashes.size();
        const std::string closing = std::string(end) + std::string(label) + std::string(dashes);
        const std::size_t bodyEnd = pem.find(closing, bodyAt);
        if (bodyEnd == std::string_view::npos)
            return std::nullopt;
        blocks.push_back({label, pem.substr(bodyAt, bodyEnd - bodyAt)});
        at = bodyEnd + closing.size();
    }
    return blocks;
}

int base64Digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::optional<std::vector<std::uint8_t>> decodeBase64(std::string_view text)
{
    std::vector<std::uint8_t> bytes;
    std::uint32_t bits = 0;
    unsigned digits = 0, padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == ' ' || c == '\t')
            continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int digit = base64Digit(c);
        if (digit < 0 || padding > 0)
            return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        if (++digits % 4 == 0)
            for (const int shift : {16, 8, 0})
                bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
    }
    if ((digits + padding) % 4 != 0 || padding > 2)
        return std::nullopt;
    if (padding == 2)
        bytes.push_back(static_cast<std::uint8_t>(bits >> 4));
    if (padding == 1) {
        bytes.push_back(static_cast<std::uint8_t>(bits >> 10));
        bytes.push_back(static_cast<std::uint8_t>(bits >> 2));
    }
    return bytes;
}

/// True when the bytes are exactly one DER SEQUENCE (X.690): certificates and keys of every PEM form are.
bool isSequence(const std::vector<std::uint8_t>& der)
{
    if (der.size() < 2 || der[0] != 0x30)
        return false;
    std::size_t length = der[1], header = 2;
    if (length > 0x80) {
        const std::size_t octets = length - 0x80;
        if (octets > 4 || der.size() < 2 + octets)
            return false;
        length = 0;
        for (std::size_t i = 0; i < octets; ++i)
            length = (length << 8) | der[2 + i];
        header += octets;
    } else if (length == 0x80) {
        return false;
    }
    return length > 0 && header + length == der.size();
}

bool isDer(std::string_view body)
{
    const auto der = decodeBase64(body);
    return der && isSequence(*der);
}

} // namespace

std::string checkCertificates(std::string_view pem)
{
    if (pem.empty())
        return "is empty";
    const auto blocks = splitBlocks(pem);
    if (!blocks)
        return "is not PEM: a block does not end";
    std::size_t certificates = 0;
    for (const Block& block : *blocks) {
        if (block.label != "CERTIFICATE")
            continue;
        if (!isDer(block.body))
            return "holds a CERTIFICATE block that is not base64 of a certificate";
        ++certificates;
    }
    return certificates == 0 ? "holds no PEM block CERTIFICATE" : "";
}

std::string checkPrivateKey(std::string_view pem)
{
    if (pem.empty())
        return "is empty";
    const auto blocks = splitBlocks(pem);
    if (!blocks)
        return "is not PEM: a block does not end";
    for (const Block& block : *blocks) {
        if (block.label == "ENCRYPTED PRIVATE KEY")
            return "holds an encrypted key";
        if (block.label == "PRIVATE KEY" || block.label == "RSA PRIVATE KEY" || block.label == "EC PRIVATE KEY")
            return isDer(block.body) ? "" : "holds a key block that is not base64 of a key";
    }
    return "holds no PEM block PRIVATE KEY";
}

} // namespace gatehouse::model
