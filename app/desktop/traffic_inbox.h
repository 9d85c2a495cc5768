#pragma once

#include "model/observe/access_event.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <mutex>
#include <vector>

namespace gatehouse::desktop {

/// Carries finished requests to the UI thread: bounded, and at most thirty times a second however fast they come.
/// put() may be called on any thread; the signal comes on the thread that the inbox lives in.
class TrafficInbox final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t capacity = 2000;

    explicit TrafficInbox(QObject* parent = nullptr);
    void put(std::vector<model::AccessEvent> events);
    [[nodiscard]] std::uint64_t dropped() const;

signals:
    void arrived(const std::vector<gatehouse::model::AccessEvent>& events);

private:
    void empty();

    QTimer timer_;
    mutable std::mutex mutex_; ///< guards the two below
    std::deque<model::AccessEvent> waiting_;
    std::uint64_t dropped_ = 0;
};

} // namespace gatehouse::desktop
