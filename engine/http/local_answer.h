#pragma once

#include "engine/local_reply.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace gatehouse::engine {

class Waiter;
class Worker;

/// What lies between a LocalReply, which any thread may use, and the exchange that it answers, which lives on one
/// worker and may end first. Everything is behind one mutex, held for moves of strings only; the exchange is woken
/// through its worker's queue.
class LocalAnswer final : public std::enable_shared_from_this<LocalAnswer> {
public:
    LocalAnswer(Worker& worker, Waiter& waiter, std::size_t unreadLimit)
        : worker_(&worker), waiter_(&waiter), unreadLimit_(unreadLimit)
    {
    }

    // For the reply; any thread.
    void send(LocalResponse response);
    void begin(LocalResponse head);
    bool write(std::string piece);
    [[nodiscard]] std::size_t unread() const;
    void end();
    void onClosed(std::function<void()> closed);
    /// The last reference to the reply went.
    void dropped();

    // For the exchange; its worker.
    /// Call whenever the exchange was woken: it is woken again when more comes. True: break the answer off, also while
    /// bytes that were taken wait for the client.
    bool look();
    struct News {
        std::optional<LocalResponse> head; ///< once
        bool streaming = false;            ///< else the head's body is all
        std::string more;                  ///< next bytes of the body
        bool ended = false;                ///< nothing follows what was taken
        bool broken = false;               ///< break the answer off
    };
    /// What came since the last call. The bytes in `more` count as unread until the next call.
    News take();
    /// The exchange is over; `complete` when its answer was. Nobody is woken any more.
    void leave(bool complete);

private:
    void wake();

    mutable std::mutex mutex_;
    Worker* worker_; // null: the exchange is over
    Waiter* waiter_; // touched on the worker only
    std::size_t unreadLimit_;
    LocalResponse head_;
    std::string unread_;
    std::size_t taken_ = 0; // bytes that the exchange has and may not have sent yet
    std::function<void()> closed_;
    bool woken_ = true; // the exchange will look anyway
    bool begun_ = false, headTaken_ = false, streaming_ = false, ended_ = false, broken_ = false, complete_ = false;
};

} // namespace gatehouse::engine
