#include "importers/files/change_source.h"
#include "importers/files/manifest_snapshot.h"

#include <algorithm>

namespace gatehouse::importers {

namespace {

using Clock = std::chrono::steady_clock;

class PollingSource final : public ChangeSource {
public:
    explicit PollingSource(std::vector<std::string> paths)
        : paths_(std::move(paths)), last_(ManifestSnapshot::take(paths_))
    {
    }

    Event next(std::optional<std::chrono::milliseconds> timeout, Interrupt& interrupt) override
    {
        constexpr std::chrono::milliseconds interval{250};
        const auto end = timeout ? Clock::now() + *timeout : Clock::time_point::max();
        for (;;) {
            auto pause = interval;
            if (timeout)
                pause = std::min(pause, std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()));
            if (interrupt.waitFor(std::max(pause, std::chrono::milliseconds(0))))
                return Event::Interrupted;
            ManifestSnapshot now = ManifestSnapshot::take(paths_);
            const bool changed = now.files != last_.files;
            last_ = std::move(now);
            if (changed)
                return Event::Changed;
            if (Clock::now() >= end)
                return Event::Quiet;
        }
    }

private:
    std::vector<std::string> paths_;
    ManifestSnapshot last_;
};

} // namespace

std::unique_ptr<ChangeSource> makePollingSource(std::vector<std::string> paths)
{
    return std::make_unique<PollingSource>(std::move(paths));
}

} // namespace gatehouse::importers
