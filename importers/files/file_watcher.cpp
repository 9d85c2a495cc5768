#include "importers/files/file_watcher.h"

#include "importers/files/change_source.h"
#include "importers/files/interrupt.h"

#include <algorithm>
#include <atomic>
#include <optional>

namespace gatehouse::importers {

struct FileWatcher::State {
    explicit State(std::vector<std::string> watched) : paths(std::move(watched))
    {
        if (interrupt.descriptor() >= 0)
            source = makeInotifySource(paths);
        if (!source)
            source = makePollingSource(paths);
    }

    explicit State(std::unique_ptr<ChangeSource> given) : source(std::move(given)) {}

    ChangeSource::Event next(std::optional<std::chrono::milliseconds> timeout)
    {
        const ChangeSource::Event event = source->next(timeout, interrupt);
        if (event != ChangeSource::Event::Failed)
            return event;
        // What happened between the two sources is unknown: say that something changed.
        source = makePollingSource(paths);
        return ChangeSource::Event::Changed;
    }

    std::vector<std::string> paths;
    Interrupt interrupt;
    std::unique_ptr<ChangeSource> source;
    std::atomic<bool> stopped = false;
    std::atomic<bool> woken = false;
    bool pending = false; ///< a change was seen, but wake() came before it settled
};

FileWatcher::FileWatcher(std::vector<std::string> paths) : state_(std::make_unique<State>(std::move(paths)))
{
}
FileWatcher::FileWatcher(std::unique_ptr<ChangeSource> source) : state_(std::make_unique<State>(std::move(source)))
{
}
FileWatcher::~FileWatcher() = default;

bool FileWatcher::wait(std::chrono::milliseconds settle)
{
    using Clock = std::chrono::steady_clock;
    // A file that never comes to rest (a log with the name of a manifest) is reported all the same.
    const auto longest = std::max(std::chrono::milliseconds(1000), 10 * settle);
    auto last = Clock::time_point::max();
    for (;;) {
        if (state_->stopped || state_->woken.exchange(false))
            return false;
        if (state_->pending && last == Clock::time_point::max())
            last = Clock::now() + longest;
        const auto event = state_->next(state_->pending ? std::optional(settle) : std::nullopt);
        if (event == ChangeSource::Event::Changed)
            state_->pending = true;
        const bool settled = event == ChangeSource::Event::Quiet || Clock::now() >= last;
        if (state_->pending && settled && event != ChangeSource::Event::Interrupted) {
            state_->pending = false;
            return true;
        }
    }
}

void FileWatcher::stop() noexcept
{
    state_->stopped = true;
    state_->interrupt.raise();
}

void FileWatcher::wake() noexcept
{
    state_->woken = true;
    state_->interrupt.raise();
}

} // namespace gatehouse::importers
