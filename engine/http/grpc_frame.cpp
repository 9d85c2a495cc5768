#include "engine/http/grpc_frame.h"

namespace gatehouse::engine {

namespace {
constexpr std::size_t longestMessage = 4 * 1024 * 1024; // what gRPC's own servers take
constexpr std::size_t prefixBytes = 5;
} // namespace

void appendGrpcFrame(std::string& out, std::string_view message)
{
    const auto length = static_cast<std::uint32_t>(message.size());
    out.push_back(0); // not compressed
    for (const unsigned shift : {24u, 16u, 8u, 0u})
        out.push_back(static_cast<char>((length >> shift) & 0xFF));
    out.append(message);
}

GrpcFrame firstGrpcFrame(std::string_view received) noexcept
{
    if (received.size() < prefixBytes)
        return {};
    if (received[0] != 0)
        return {GrpcFrame::State::Compressed, {}, 0};
    std::size_t length = 0;
    for (std::size_t i = 1; i < prefixBytes; ++i)
        length = (length << 8) | static_cast<unsigned char>(received[i]);
    if (length > longestMessage)
        return {GrpcFrame::State::TooLong, {}, 0};
    if (received.size() - prefixBytes < length)
        return {};
    return {GrpcFrame::State::Complete, received.substr(prefixBytes, length), prefixBytes + length};
}

} // namespace gatehouse::engine
