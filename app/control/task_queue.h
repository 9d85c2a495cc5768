#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace gatehouse::control {

/// Work for one thread, in order of arrival.
class TaskQueue {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// Thread: any.
    void post(std::function<void()> task)
    {
        {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        wake_.notify_one();
    }

    /// Waits for the next task, at most until `deadline`; an empty function when that came first. Thread: the one that
    /// runs the tasks.
    std::function<void()> next(std::optional<TimePoint> deadline)
    {
        std::unique_lock lock(mutex_);
        const auto ready = [this] { return !tasks_.empty(); };
        if (!deadline)
            wake_.wait(lock, ready);
        else if (!wake_.wait_until(lock, *deadline, ready))
            return {};
        std::function<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
};

} // namespace gatehouse::control
