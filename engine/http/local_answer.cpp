#include "engine/http/local_answer.h"

#include "engine/runtime/waiter.h"
#include "engine/runtime/worker.h"

#include <utility>

namespace gatehouse::engine {

void LocalAnswer::wake()
{
    if (std::exchange(woken_, true))
        return;
    // The worker lives as long as its exchanges. The waiter is asked for on the worker, where exchanges end.
    worker_->post([self = shared_from_this()] {
        if (self->waiter_)
            self->waiter_->wake();
    });
}

void LocalAnswer::send(LocalResponse response)
{
    const std::lock_guard lock(mutex_);
    if (!worker_ || std::exchange(begun_, true))
        return;
    head_ = std::move(response);
    ended_ = true;
    wake();
}

void LocalAnswer::begin(LocalResponse head)
{
    const std::lock_guard lock(mutex_);
    if (!worker_ || std::exchange(begun_, true))
        return;
    head_ = std::move(head);
    unread_ = std::exchange(head_.body, {});
    streaming_ = true;
    wake();
}

bool LocalAnswer::write(std::string piece)
{
    const std::lock_guard lock(mutex_);
    if (!worker_ || !streaming_ || ended_ || broken_)
        return false;
    if (piece.empty())
        return true;
    if (taken_ + unread_.size() + piece.size() > unreadLimit_) {
        broken_ = true;
        unread_ = {};
    } else if (unread_.empty()) {
        unread_ = std::move(piece);
    } else {
        unread_.append(piece);
    }
    wake();
    return !broken_;
}

std::size_t LocalAnswer::unread() const
{
    const std::lock_guard lock(mutex_);
    return worker_ && !broken_ ? taken_ + unread_.size() : 0;
}

void LocalAnswer::end()
{
    const std::lock_guard lock(mutex_);
    if (!worker_ || !streaming_ || std::exchange(ended_, true))
        return;
    wake();
}

void LocalAnswer::dropped()
{
    const std::lock_guard lock(mutex_);
    if (!worker_ || ended_ || broken_)
        return;
    if (std::exchange(begun_, true)) {
        broken_ = true;
    } else {
        head_ = {500, "text/plain; charset=utf-8", "the endpoint did not answer\n"};
        ended_ = true;
    }
    wake();
}

void LocalAnswer::onClosed(std::function<void()> closed)
{
    {
        const std::lock_guard lock(mutex_);
        if (worker_) {
            closed_ = std::move(closed);
            return;
        }
        if (complete_)
            return;
    }
    closed();
}

bool LocalAnswer::look()
{
    const std::lock_guard lock(mutex_);
    woken_ = false;
    return broken_;
}

LocalAnswer::News LocalAnswer::take()
{
    const std::lock_guard lock(mutex_);
    News news;
    if (begun_ && !std::exchange(headTaken_, true))
        news.head = std::move(head_);
    news.streaming = streaming_;
    news.more = std::exchange(unread_, {});
    news.ended = ended_;
    news.broken = broken_;
    taken_ = news.more.size();
    return news;
}

void LocalAnswer::leave(bool complete)
{
    std::function<void()> closed;
    {
        const std::lock_guard lock(mutex_);
        worker_ = nullptr;
        complete_ = complete;
        unread_ = {};
        closed = std::exchange(closed_, nullptr);
    }
    waiter_ = nullptr;
    if (closed && !complete)
        closed();
}

} // namespace gatehouse::engine
