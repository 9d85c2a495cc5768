#include "app/cli/run/ending.h"

#include <condition_variable>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::cli {

void Leftover::remember(const std::string& file)
{
    const std::lock_guard lock(mutex_);
    struct stat now {};
    if (file.empty() || stat(file.c_str(), &now) != 0)
        return;
    file_ = file;
    device_ = now.st_dev;
    node_ = now.st_ino;
}

void Leftover::remove()
{
    const std::lock_guard lock(mutex_);
    struct stat now {};
    if (!file_.empty() && stat(file_.c_str(), &now) == 0 && now.st_dev == device_ && now.st_ino == node_)
        unlink(file_.c_str());
    file_.clear();
}

Deadline::Deadline(std::chrono::milliseconds time, std::function<void()> act)
    : thread_([time, act = std::move(act)](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any wake;
          std::unique_lock lock(mutex);
          wake.wait_for(lock, stop, time, [] { return false; });
          if (!stop.stop_requested())
              act();
      })
{
}

} // namespace gatehouse::cli
