#pragma once

#include "engine/runtime/clock.h"

namespace gatehouse::engine {

class Deadlines;

/// Something that may take too long. Setting a deadline is a store and a comparison; one sweep a worker finds the late.
class Deadline {
public:
    Deadline() = default;
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    [[nodiscard]] TimePoint deadline() const noexcept { return at_; }
    [[nodiscard]] bool watched() const noexcept { return owner_ != nullptr; }

    /// Called once by the sweep after the deadline passed; the deadline is `never` by then. May destroy anything.
    virtual void onDeadline() = 0;

protected:
    ~Deadline();

private:
    friend class Deadlines;
    Deadlines* owner_ = nullptr;
    Deadline* previous_ = nullptr;
    Deadline* next_ = nullptr;
    TimePoint at_ = never;
};

/// All deadlines of a worker. A timer for every read costs an allocation and a heap operation each; here nothing is
/// done until the earliest deadline may have passed, and then one pass over all.
class Deadlines {
public:
    ~Deadlines();
    void watch(Deadline& deadline) noexcept;
    void forget(Deadline& deadline) noexcept;
    void set(Deadline& deadline, TimePoint at) noexcept
    {
        deadline.at_ = at;
        if (at < due_)
            due_ = at;
    }
    /// When sweep() is next worth calling.
    [[nodiscard]] TimePoint due() const noexcept { return due_ == never || due_ > earliest_ ? due_ : earliest_; }
    void sweep(TimePoint now);

private:
    /// Sweeps come no closer than this, so that many near deadlines cost one pass.
    static constexpr std::chrono::milliseconds resolution{10};
    Deadline* first_ = nullptr;
    Deadline* cursor_ = nullptr; // where a sweep goes on; moved when that one is forgotten meanwhile
    TimePoint due_ = never;
    TimePoint earliest_{}; // no sweep before
};

} // namespace gatehouse::engine
