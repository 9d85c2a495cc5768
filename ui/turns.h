#pragma once

#include <QTimer>

#include <deque>
#include <functional>

namespace gatehouse::ui {

/// Long pieces of work for the UI thread, one a turn of the event loop, so that what somebody types waits for one of
/// them at most; timers of their own would run out in the same turn. Lifetime: who adds work drops it before going.
/// Thread: UI.
class Turns final : public QObject {
public:
    explicit Turns(QObject* parent = nullptr);

    /// Does `work` in a later turn, after what was added before. `who` has one piece waiting: the newest.
    void add(const void* who, std::function<void()> work);
    void drop(const void* who);

private:
    struct Piece {
        const void* who;
        std::function<void()> work;
    };

    void take();

    std::deque<Piece> waiting_;
    bool painting_ = false; ///< the next turn is left to what a piece made to be painted
    QTimer timer_;          ///< runs out in the next turn; a call that is queued would come in this one
};

} // namespace gatehouse::ui
