#include "engine/runtime/turn_ends.h"

#include <boost/asio/post.hpp>

namespace gatehouse::engine {

asio::execution_context::id TurnEnds::id;

TurnEnd::~TurnEnd()
{
    if (owner_)
        owner_->forget(*this);
}

TurnEnds::TurnEnds(asio::execution_context& context)
    : service(context), executor_(static_cast<asio::io_context&>(context).get_executor())
{
}

TurnEnds::~TurnEnds()
{
    while (first_)
        forget(*first_);
}

void TurnEnds::add(TurnEnd& item)
{
    if (item.owner_)
        return;
    item.owner_ = this;
    item.previous_ = last_;
    item.next_ = nullptr;
    (last_ ? last_->next_ : first_) = &item;
    last_ = &item;
    ++count_;
    if (posted_)
        return;
    posted_ = true;
    asio::post(executor_, [this] { run(); });
}

void TurnEnds::forget(TurnEnd& item) noexcept
{
    (item.previous_ ? item.previous_->next_ : first_) = item.next_;
    (item.next_ ? item.next_->previous_ : last_) = item.previous_;
    item.owner_ = nullptr;
    --count_;
}

void TurnEnds::run()
{
    posted_ = false;
    // What is added meanwhile waits for the next turn, so that sockets are looked at in between.
    for (std::size_t left = count_; left > 0 && first_; --left) {
        TurnEnd& item = *first_;
        forget(item);
        item.onTurnEnd();
    }
}

} // namespace gatehouse::engine
