#pragma once

#include "engine/runtime/asio.h"

#include <boost/asio/execution_context.hpp>

#include <cstddef>

namespace gatehouse::engine {

class TurnEnds;

/// Something with work to do once the events at hand are dealt with: a connection that gathers what its many streams
/// have to send, so that one system call sends it.
class TurnEnd {
public:
    TurnEnd() = default;
    TurnEnd(const TurnEnd&) = delete;
    TurnEnd& operator=(const TurnEnd&) = delete;

    /// Called once for each time that it was added. Nothing else of the worker is on the stack, so it may destroy
    /// anything.
    virtual void onTurnEnd() = 0;

protected:
    ~TurnEnd();

private:
    friend class TurnEnds;
    TurnEnds* owner_ = nullptr; // null: not waiting
    TurnEnd* previous_ = nullptr;
    TurnEnd* next_ = nullptr;
};

/// Those of one io_context. A service of it, so that a connection needs nothing but its io_context. Thread: the one
/// that runs it.
class TurnEnds final : public asio::execution_context::service {
public:
    using key_type = TurnEnds;
    static asio::execution_context::id id;
    explicit TurnEnds(asio::execution_context& context);
    ~TurnEnds() override;

    /// Calls onTurnEnd() after this turn; nothing happens when that is arranged already.
    void add(TurnEnd& item);

private:
    friend class TurnEnd;
    void shutdown() override {}
    void forget(TurnEnd& item) noexcept;
    void run();

    Executor executor_;
    TurnEnd* first_ = nullptr;
    TurnEnd* last_ = nullptr;
    std::size_t count_ = 0;
    bool posted_ = false;
};

} // namespace gatehouse::engine
