#include "app/desktop/preparations.h"

#include "app/desktop/local_targets.h"

#include <algorithm>

namespace gatehouse::desktop {
namespace {

/// What is saved, the draft that is shown, and the one that is about to be.
constexpr std::size_t mostKept = 3;

std::shared_ptr<const std::vector<model::ObjectKey>> withoutCard(const model::ResourceSet& resources,
                                                                 const ui::TopologyIndex& index)
{
    std::vector<model::ObjectKey> keys;
    resources.forEach([&](const model::Resource& resource) {
        if (!index.find(resource.key))
            keys.push_back(resource.key);
    });
    std::sort(keys.begin(), keys.end());
    return std::make_shared<const std::vector<model::ObjectKey>>(std::move(keys));
}

} // namespace

Prepared Preparations::of(const control::State& state)
{
    if (!state.topology)
        return {};
    std::unique_lock lock(mutex_);
    const auto found = std::find_if(newest_.begin(), newest_.end(), [&](const Kept& each) {
        return each.prepared.topology->index.shared() == state.topology && each.snapshot.lock() == state.snapshot &&
               each.resources.lock() == state.import.resources;
    });
    if (found != newest_.end()) {
        std::rotate(found, found + 1, newest_.end()); // what is asked for stays
        return newest_.back().prepared;
    }
    const Mappings mappings = mappings_;
    lock.unlock();
    Prepared made;
    made.topology = ui::prepare(state.topology);
    made.targets = std::make_shared<const ui::LocalTargets>(localTargets(*state.snapshot, mappings));
    if (state.import.resources)
        made.beside = withoutCard(*state.import.resources, made.topology->index);
    lock.lock();
    newest_.push_back({state.snapshot, state.import.resources, made});
    if (newest_.size() > mostKept)
        newest_.pop_front();
    return made;
}

void Preparations::begin(Mappings mappings)
{
    const std::lock_guard lock(mutex_);
    newest_.clear();
    mappings_ = std::move(mappings);
}

} // namespace gatehouse::desktop
