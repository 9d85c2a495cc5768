#pragma once

#include "model/observe/access_event.h"
#include "ui/document/traffic_tally.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <mutex>
#include <vector>

namespace gatehouse::desktop {

/// Carries finished requests to the UI thread. All of them are counted, where they arrive; of what is shown one by one
/// it takes the newest, bounded and at most thirty times a second, however fast they come. put() may be called on any
/// thread; the rest belongs to the thread that the inbox lives in.
class TrafficInbox final : public QObject {
    Q_OBJECT
public:
    /// At a time; more than ten thousand a second nobody could read.
    static constexpr std::size_t capacity = 400;

    explicit TrafficInbox(QObject* parent = nullptr);
    /// Other manifests are opened: what was served before, and what an engine but this one still tells, is dropped.
    void begin(std::uint64_t engine);
    void put(std::uint64_t engine, std::vector<model::AccessEvent> events);
    [[nodiscard]] std::uint64_t dropped() const; ///< counted, but not shown one by one
    /// Emits what was counted since the last time. `engineDropped` is the engine's own count of events that it had no
    /// room for, since it began.
    void measure(std::uint64_t engineDropped);
    void restart(); ///< an engine begins: its counts begin at 0

signals:
    void arrived(const std::vector<gatehouse::model::AccessEvent>& events);
    void measured(const gatehouse::ui::TrafficTick& tick);

private:
    using Clock = std::chrono::steady_clock;
    void empty();

    QTimer timer_;
    Clock::time_point measuredAt_ = Clock::now();
    std::uint64_t engineDropped_ = 0;
    mutable std::mutex mutex_; ///< guards the four below
    std::uint64_t engine_ = 0;
    std::deque<model::AccessEvent> waiting_;
    std::uint64_t dropped_ = 0;
    ui::TrafficTally tally_;
};

} // namespace gatehouse::desktop
