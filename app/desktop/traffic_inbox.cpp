#include "app/desktop/traffic_inbox.h"

#include <iterator>

namespace gatehouse::desktop {

using namespace std::chrono_literals;

TrafficInbox::TrafficInbox(QObject* parent) : QObject(parent)
{
    timer_.setSingleShot(true);
    timer_.setInterval(34ms);
    connect(&timer_, &QTimer::timeout, this, &TrafficInbox::empty);
}

void TrafficInbox::put(std::vector<model::AccessEvent> events)
{
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        first = waiting_.empty();
        std::move(events.begin(), events.end(), std::back_inserter(waiting_));
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
