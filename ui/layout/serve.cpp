#include "ui/layout/serve.h"

#include "ui/layout/wire.h"

#include <cerrno>
#include <unistd.h>

namespace gatehouse::layout {
namespace {

/// False at the end, and when reading fails.
bool readSome(int in, std::string& bytes)
{
    char buffer[1 << 16];
    ssize_t got = 0;
    do {
        got = ::read(in, buffer, sizeof buffer);
    } while (got < 0 && errno == EINTR);
    if (got <= 0)
        return false;
    bytes.append(buffer, static_cast<std::size_t>(got));
    return true;
}

bool writeAll(int out, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::write(out, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

std::string answer(const Message& message)
{
    if (message.kind != MessageKind::Input)
        return encodeFailure("a layout was answered instead of asked for");
    const auto input = decodeInput(message.body);
    if (!input)
        return encodeFailure(input.error());
    const auto output = layOut(*input);
    return output ? encode(*output) : encodeFailure(output.error());
}

} // namespace

int serve(int in, int out)
{
    std::string bytes;
    do {
        auto message = readMessage(bytes);
        for (; message && *message; message = readMessage(bytes)) {
            if (!writeAll(out, answer(**message)))
                return 1;
            bytes.erase(0, (*message)->size);
        }
        if (!message)
            return 1;
    } while (readSome(in, bytes));
    return bytes.empty() ? 0 : 1;
}

} // namespace gatehouse::layout
