#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::engine {

/// A message as a gRPC frame: flag, length, bytes.
void appendGrpcFrame(std::string& out, std::string_view message);

/// Takes frames off the start of what was received.
struct GrpcFrame {
    enum class State : std::uint8_t { Partial, Complete, Compressed, TooLong };
    State state = State::Partial;
    std::string_view message; ///< Complete: of the buffer
    std::size_t bytes = 0;    ///< Complete: of the frame
};
GrpcFrame firstGrpcFrame(std::string_view received) noexcept;

} // namespace gatehouse::engine
