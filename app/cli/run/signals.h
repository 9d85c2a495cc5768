#pragma once

#include <functional>
#include <thread>

namespace gatehouse::cli {

/// Takes SIGINT, SIGTERM and SIGHUP on a thread of its own by sigwait(), so that no work is ever done in a handler. The
/// second SIGINT or SIGTERM ends the process at once with 128 + signal. SIGPIPE is ignored for the whole process.
/// Lifetime: make it before any other thread (they inherit the blocked signals). The destructor restores the mask.
class SignalThread {
public:
    /// Called on the signal thread; must only post.
    explicit SignalThread(std::function<void(int signal)> received);
    ~SignalThread();
    SignalThread(const SignalThread&) = delete;
    SignalThread& operator=(const SignalThread&) = delete;

private:
    void run();

    std::function<void(int)> received_;
    std::thread thread_;
};

} // namespace gatehouse::cli
