#pragma once

#include "engine/net/stream_socket.h"
#include "engine/runtime/deadlines.h"

#include <boost/asio/async_result.hpp>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace gatehouse::engine {

/// Where one coroutine sleeps until any of its sockets is ready again, its deadline passes or its worker wants
/// something. Callers look at their own state after each wait: a wake-up promises nothing. Both directions of an
/// exchange are driven by one such loop, so a request body and an early answer need no second coroutine. Thread: its
/// worker. Lifetime: outlives the wait.
class Waiter final : public SocketOwner, public Deadline {
public:
    Waiter() = default;
    ~Waiter()
    {
        if (sleeper_)
            sleeper_->~Sleeper();
    }

    /// An asynchronous operation with the signature void(). One at a time.
    template <class Token>
    auto wait(Token&& token)
    {
        return asio::async_initiate<Token, void()>(
            [this](auto&& handler) {
                using Held = HeldSleeper<std::decay_t<decltype(handler)>>;
                static_assert(sizeof(Held) <= sizeof storage_);
                sleeper_ = new (storage_) Held(std::move(handler));
            },
            token);
    }
    /// Resumes the sleeper, on the spot; it may destroy this.
    void wake()
    {
        if (sleeper_)
            std::exchange(sleeper_, nullptr)->resume();
    }
    void onSocketReady(StreamSocket&) override { wake(); }
    void onDeadline() override
    {
        expired_ = true;
        wake();
    }
    /// True once after the deadline passed.
    [[nodiscard]] bool takeExpired() noexcept { return std::exchange(expired_, false); }

private:
    struct Sleeper {
        virtual ~Sleeper() = default;
        virtual void resume() = 0;
    };
    /// The completion handler, held in place: a wait allocates nothing.
    template <class Handler>
    struct HeldSleeper final : Sleeper {
        explicit HeldSleeper(Handler&& held) : handler(std::move(held)) {}
        void resume() override
        {
            Handler resumed = std::move(handler);
            this->~HeldSleeper(); // the next wait needs the place
            std::move(resumed)();
        }
        Handler handler;
    };

    alignas(std::max_align_t) std::byte storage_[48];
    Sleeper* sleeper_ = nullptr;
    bool expired_ = false;
};

} // namespace gatehouse::engine
