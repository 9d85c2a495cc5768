#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace gatehouse::cli {

/// Takes SIGINT, SIGTERM and SIGHUP on a thread of its own by sigwait(), so that no work is ever done in a handler. The
/// second SIGINT or SIGTERM ends the process at once with 128 + signal. SIGPIPE is ignored for the whole process.
/// Lifetime: make it before any other thread (they inherit the blocked signals). The destructor restores the mask.
class SignalThread {
public:
    /// Both are called on the signal thread. `received` must only post; `abandoned` comes before an end at once. With
    /// it the first signal ends the process at once, too, until endGently(), with 0: there is nothing to drain yet, and
    /// it may wait for an input that never comes.
    explicit SignalThread(std::function<void(int signal)> received, std::function<void()> abandoned = {});
    ~SignalThread();
    SignalThread(const SignalThread&) = delete;
    SignalThread& operator=(const SignalThread&) = delete;

    void endGently() { gentle_ = true; } ///< Thread: any.

private:
    void run();

    std::function<void(int)> received_;
    std::function<void()> abandoned_;
    std::atomic<bool> gentle_;
    std::thread thread_;
};

} // namespace gatehouse::cli
