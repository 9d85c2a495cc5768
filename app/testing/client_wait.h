#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <poll.h>

namespace gatehouse::testing {

/// Waits for a socket; false when time was up first.
inline bool waitFor(int socket, short what, std::chrono::steady_clock::time_point end)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        pollfd waited{socket, what, 0};
        const int ready = poll(&waited, 1, std::max(0, static_cast<int>(left.count())));
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

} // namespace gatehouse::testing
