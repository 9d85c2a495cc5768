#include "app/control/draft_builder.h"

namespace gatehouse::control {

namespace {

/// No draft has it.
constexpr std::uint64_t none = 0;

} // namespace

DraftBuilder::DraftBuilder(Config config, Observers observers)
    : config_(std::move(config)), observers_(std::move(observers)), thread_([this] { run(); })
{
}

DraftBuilder::~DraftBuilder()
{
    newest_ = none;
    tasks_.post([this] { stopping_ = true; });
    thread_.join();
}

void DraftBuilder::run()
{
    while (!stopping_)
        tasks_.next(std::nullopt)();
}

void DraftBuilder::build(std::uint64_t number, importers::TextOverlay overlay, std::shared_ptr<const State> saved)
{
    newest_ = number;
    tasks_.post([this, number, overlay = std::move(overlay), saved = std::move(saved)] {
        if (isNewest(number))
            answer(number, overlay, *saved);
    });
}

void DraftBuilder::rest()
{
    newest_ = none;
    tasks_.post([this] {
        if (isNewest(none))
            importer_.reset();
    });
}

void DraftBuilder::answer(std::uint64_t number, const importers::TextOverlay& overlay, const State& saved)
{
    if (!importer_)
        importer_ = std::make_unique<importers::ManifestImporter>();
    const std::shared_ptr<const State> draft = buildDraft(*importer_, config_, overlay, saved);
    if (!isNewest(number))
        return;
    observers_.built(number, draft);
    if (!isUsable(draft->import) || !isNewest(number))
        return;
    const SetDiff changes = compareStates(saved, *draft);
    if (isNewest(number))
        observers_.compared(number, saved, *draft, changes);
}

} // namespace gatehouse::control
