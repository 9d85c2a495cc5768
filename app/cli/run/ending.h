#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <thread>

namespace gatehouse::cli {

/// A file that must not outlive the process, also when it ends at once. Thread: any.
class Leftover {
public:
    /// Remembers the file that lies there now.
    void remember(const std::string& file);
    /// Removes it, unless another has taken its place.
    void remove();

private:
    std::mutex mutex_;
    std::string file_;
    dev_t device_ = 0;
    ino_t node_ = 0;
};

/// Runs `act` on a thread of its own when it still lives after `time`: for an end that waits for what may never come,
/// as a reader of standard output that stopped reading. Thread: any.
class Deadline {
public:
    Deadline(std::chrono::milliseconds time, std::function<void()> act);
    ~Deadline() = default; ///< takes it back

private:
    std::jthread thread_;
};

} // namespace gatehouse::cli
