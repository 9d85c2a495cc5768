#pragma once

// How an input and its output travel between the window and the program that lays out. Both ends are built together and
// run on one machine, so numbers go as they lie in memory; lengths are checked all the same, as a pipe may break
// anywhere.

#include "ui/layout/layout.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::layout {

/// Most bytes of one message: a hundred thousand boxes with their edges need a tenth of it.
inline constexpr std::size_t mostMessageBytes = std::size_t{256} << 20;

enum class MessageKind : std::uint32_t {
    Input = 0x67684C31, ///< Also tells versions apart: another program's bytes are no message.
    Output,
    Failure, ///< the body is the reason, as text
};

struct Message {
    MessageKind kind = MessageKind::Failure;
    std::string_view body; ///< into the bytes that it was read from
    std::size_t size = 0;  ///< of the whole message
};

std::string encode(const Input& input);   ///< a whole message
std::string encode(const Output& output); ///< a whole message
std::string encodeFailure(std::string_view why);

/// The first message of `bytes`; nothing while it is not complete. Error: what comes is no message.
model::Result<std::optional<Message>, std::string> readMessage(std::string_view bytes);
/// Errors: the body is cut off or longer than what it holds.
model::Result<Input, std::string> decodeInput(std::string_view body);
model::Result<Output, std::string> decodeOutput(std::string_view body);

} // namespace gatehouse::layout
