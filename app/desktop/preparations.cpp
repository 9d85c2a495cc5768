#include "app/desktop/preparations.h"

#include <algorithm>

namespace gatehouse::desktop {
namespace {

/// What is saved, the draft that is shown, and the one that is about to be.
constexpr std::size_t mostKept = 3;

} // namespace

std::shared_ptr<const ui::PreparedTopology> Preparations::of(const std::shared_ptr<const model::Topology>& topology)
{
    if (!topology)
        return nullptr;
    const auto known = [&] {
        const std::lock_guard lock(mutex_);
        const auto found = std::find_if(newest_.begin(), newest_.end(),
                                        [&](const auto& each) { return each->index.shared() == topology; });
        if (found == newest_.end())
            return std::shared_ptr<const ui::PreparedTopology>();
        std::rotate(found, found + 1, newest_.end()); // what is asked for stays
        return newest_.back();
    }();
    if (known)
        return known;
    auto made = ui::prepare(topology);
    const std::lock_guard lock(mutex_);
    newest_.push_back(made);
    if (newest_.size() > mostKept)
        newest_.pop_front();
    return made;
}

void Preparations::forget()
{
    const std::lock_guard lock(mutex_);
    newest_.clear();
}

} // namespace gatehouse::desktop
