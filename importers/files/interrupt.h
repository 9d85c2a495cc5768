#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__linux__) && !defined(GATEHOUSE_PORTABLE)
#define GATEHOUSE_HAS_INOTIFY 1
#endif

namespace gatehouse::importers {

/// Wakes one waiting thread from another. A raise() without a waiter ends the next wait.
/// Thread: raise() from any, the rest from the waiting one.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    void raise() noexcept;
    /// Consumes a raise.
    void reset() noexcept;
    /// True when raise() ended the wait, false after `timeout`. The raise is consumed.
    bool waitFor(std::chrono::milliseconds timeout);
    /// To be polled beside other descriptors: readable once raise() was called. -1 where there is none; then only
    /// waitFor() can wait.
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

private:
    std::mutex mutex_;
    std::condition_variable raisedChanged_;
    bool raised_ = false;
    int descriptor_ = -1;
};

} // namespace gatehouse::importers
