#include "ui/turns.h"

#include <utility>

namespace gatehouse::ui {

Turns::Turns(QObject* parent) : QObject(parent)
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Turns::take);
}

void Turns::add(const void* who, std::function<void()> work)
{
    drop(who);
    waiting_.push_back({who, std::move(work)});
    timer_.start();
}

void Turns::drop(const void* who)
{
    std::erase_if(waiting_, [&](const Piece& each) { return each.who == who; });
}

void Turns::take()
{
    if (waiting_.empty())
        return;
    // What the piece before changed is painted first, in a turn that is long enough as it is.
    if (std::exchange(painting_, false)) {
        timer_.start();
        return;
    }
    painting_ = true;
    const auto work = std::move(waiting_.front().work);
    waiting_.pop_front();
    if (!waiting_.empty())
        timer_.start();
    work();
}

} // namespace gatehouse::ui
