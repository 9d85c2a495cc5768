#include "engine/net/sni_peek.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// Fuzzes what is read out of a ClientHello. Whatever the bytes are, a piece of them must be undecided or say what the
/// whole says: else the way that a hello is cut on its way would decide which backend gets it.
using namespace gatehouse::engine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const HelloPeek whole = peekHello(bytes);
    bool decided = false;
    for (std::size_t length = 0; length <= size; ++length) {
        const HelloPeek part = peekHello(bytes.substr(0, length));
        if (part.state == HelloPeek::State::Incomplete && !decided)
            continue;
        decided = true;
        if (part.state != whole.state || part.serverName != whole.serverName) {
            std::fprintf(stderr, "%zu of %zu bytes say %d '%s', all say %d '%s'\n", length, size,
                         static_cast<int>(part.state), part.serverName.c_str(), static_cast<int>(whole.state),
                         whole.serverName.c_str());
            std::abort();
        }
    }
    return 0;
}
