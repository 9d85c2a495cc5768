#include "engine/runtime/deadlines.h"

#include <algorithm>

namespace gatehouse::engine {

Deadline::~Deadline()
{
    if (owner_)
        owner_->forget(*this);
}

Deadlines::~Deadlines()
{
    while (first_)
        forget(*first_);
}

void Deadlines::watch(Deadline& deadline) noexcept
{
    deadline.owner_ = this;
    deadline.previous_ = nullptr;
    deadline.next_ = first_;
    if (first_)
        first_->previous_ = &deadline;
    first_ = &deadline;
}

void Deadlines::forget(Deadline& deadline) noexcept
{
    if (!deadline.owner_)
        return;
    if (cursor_ == &deadline)
        cursor_ = deadline.next_;
    (deadline.previous_ ? deadline.previous_->next_ : first_) = deadline.next_;
    if (deadline.next_)
        deadline.next_->previous_ = deadline.previous_;
    deadline.owner_ = nullptr;
    deadline.previous_ = deadline.next_ = nullptr;
}

void Deadlines::sweep(TimePoint now)
{
    if (now < due())
        return;
    due_ = never;
    earliest_ = now + resolution;
    for (cursor_ = first_; cursor_;) {
        Deadline& each = *cursor_;
        cursor_ = each.next_;
        if (each.at_ <= now) {
            each.at_ = never;
            each.onDeadline();
        } else {
            due_ = std::min(due_, each.at_);
        }
    }
}

} // namespace gatehouse::engine
