#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::importers {

class ChangeSource;

/// Watches files and directories (recursively) for changes to manifests, also when an editor replaces a file by rename
/// or a directory comes and goes. inotify where there is one, else polling of names, sizes and times every 250 ms.
/// Thread: wait() on the control thread; stop() from any thread. Errors: a watch that cannot be set falls back to
/// polling.
class FileWatcher {
public:
    explicit FileWatcher(std::vector<std::string> paths);
    /// Waits on news from elsewhere; what it does with them can thus be tested without files.
    explicit FileWatcher(std::unique_ptr<ChangeSource> source);
    ~FileWatcher();
    FileWatcher(const FileWatcher&) = delete;
    FileWatcher& operator=(const FileWatcher&) = delete;

    /// Blocks until something changed and then was quiet for `settle` (bursts are one change); false after stop() or
    /// wake().
    bool wait(std::chrono::milliseconds settle = std::chrono::milliseconds(50));
    /// Ends the current and every later wait().
    void stop() noexcept;
    /// Ends the current wait() once.
    void wake() noexcept;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gatehouse::importers
