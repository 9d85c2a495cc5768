#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <functional>
#include <optional>
#include <poll.h>
#include <stop_token>
#include <sys/eventfd.h>
#include <unistd.h>

namespace gatehouse::testing {

/// A descriptor that becomes readable once a token is asked to stop, so that a poll() ends with it. Thread: made and
/// destroyed by one, asked to stop by any.
class Interrupt {
public:
    explicit Interrupt(const std::stop_token& token)
    {
        if (!token.stop_possible())
            return;
        descriptor_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        callback_.emplace(token, [this] { eventfd_write(descriptor_, 1); });
    }
    ~Interrupt()
    {
        callback_.reset(); // waits for one that runs
        if (descriptor_ >= 0)
            close(descriptor_);
    }
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; } ///< -1: nothing can interrupt

private:
    int descriptor_ = -1;
    std::optional<std::stop_callback<std::function<void()>>> callback_;
};

/// Waits for a socket; false when time was up first, or when it was interrupted.
inline bool waitFor(int socket, short what, std::chrono::steady_clock::time_point end, const Interrupt& interrupt)
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        pollfd waited[] = {{socket, what, 0}, {interrupt.descriptor(), POLLIN, 0}}; // poll() passes over -1
        const int ready = poll(waited, 2, std::max(0, static_cast<int>(left.count())));
        if (ready > 0)
            return waited[1].revents == 0;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

} // namespace gatehouse::testing
