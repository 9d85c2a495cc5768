#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

namespace gatehouse::cli {

/// Messages from any thread to the one that waits.
template <class Message>
class MessageQueue {
public:
    void post(Message message)
    {
        {
            const std::lock_guard lock(mutex_);
            messages_.push_back(std::move(message));
        }
        ready_.notify_one();
    }

    Message wait()
    {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return !messages_.empty(); });
        Message message = std::move(messages_.front());
        messages_.pop_front();
        return message;
    }

private:
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Message> messages_;
};

} // namespace gatehouse::cli
