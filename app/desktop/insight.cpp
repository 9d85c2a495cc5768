#include "app/desktop/insight.h"

namespace gatehouse::desktop {

const std::vector<model::Reference>& Insight::references() const
{
    std::call_once(referencesOnce_, [this] {
        if (state_->import.resources)
            references_ = model::references(*state_->import.resources);
    });
    return references_;
}

const std::map<Insight::MatchKey, routing::Unreachable>& Insight::unreachable() const
{
    std::call_once(reachOnce_, [this] {
        if (!state_->snapshot)
            return;
        for (routing::Unreachable& loss : routing::reachability(*state_->snapshot).unreachable)
            unreachable_.emplace(MatchKey{loss.origin.route.value, loss.origin.rule, loss.match}, std::move(loss));
    });
    return unreachable_;
}

std::shared_ptr<const Insight> InsightCache::of(const std::shared_ptr<const control::State>& state)
{
    const std::lock_guard lock(mutex_);
    if (!newest_ || newest_->shared() != state)
        newest_ = std::make_shared<const Insight>(state);
    return newest_;
}

} // namespace gatehouse::desktop
