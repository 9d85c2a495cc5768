#include "app/desktop/traffic_inbox.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::desktop {

using namespace std::chrono_literals;

TrafficInbox::TrafficInbox(QObject* parent) : QObject(parent)
{
    timer_.setSingleShot(true);
    timer_.setInterval(34ms);
    connect(&timer_, &QTimer::timeout, this, &TrafficInbox::empty);
}

void TrafficInbox::begin(std::uint64_t engine)
{
    const std::lock_guard lock(mutex_);
    engine_ = engine;
    waiting_.clear();
    tally_ = {};
}

void TrafficInbox::put(std::uint64_t engine, std::vector<model::AccessEvent> events)
{
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        if (engine != engine_)
            return;
        tally_.add(events);
        first = waiting_.empty();
        const std::size_t taken = std::min(events.size(), capacity);
        std::move(events.end() - static_cast<std::ptrdiff_t>(taken), events.end(), std::back_inserter(waiting_));
        dropped_ += events.size() - taken;
        while (waiting_.size() > capacity) {
            waiting_.pop_front();
            ++dropped_;
        }
    }
    if (first)
        QMetaObject::invokeMethod(this, [this] { timer_.start(); });
}

std::uint64_t TrafficInbox::dropped() const
{
    const std::lock_guard lock(mutex_);
    return dropped_;
}

void TrafficInbox::restart()
{
    engineDropped_ = 0;
    measuredAt_ = Clock::now();
}

void TrafficInbox::measure(std::uint64_t engineDropped)
{
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - measuredAt_).count();
    const std::uint64_t unseen = engineDropped - std::min(engineDropped, engineDropped_);
    measuredAt_ = now;
    engineDropped_ = engineDropped;
    ui::TrafficTick tick;
    {
        const std::lock_guard lock(mutex_);
        tick = tally_.take(seconds, unseen);
    }
    emit measured(tick);
}

void TrafficInbox::empty()
{
    std::vector<model::AccessEvent> events;
    {
        const std::lock_guard lock(mutex_);
        events.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.end()));
        waiting_.clear();
    }
    if (!events.empty())
        emit arrived(events);
}

} // namespace gatehouse::desktop
