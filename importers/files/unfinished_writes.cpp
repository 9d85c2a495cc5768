#include "importers/files/unfinished_writes.h"

#include <algorithm>

namespace gatehouse::importers {

std::optional<UnfinishedWrites::Clock::time_point>
UnfinishedWrites::importAgainAt(const ManifestSnapshot& files, FileTime fileNow, Clock::time_point now)
{
    std::chrono::milliseconds rest{0}; // until the youngest file is old enough
    for (const auto& [path, file] : files.files) {
        // A time to come says nothing: clocks of file systems differ.
        const auto age = std::chrono::floor<std::chrono::milliseconds>(fileNow - file.modified);
        if (age.count() >= 0)
            rest = std::max(rest, (file.size == 0 ? quietEmpty : quiet) - age);
    }
    if (rest.count() <= 0 || now - since_.value_or(now) >= longest)
        return std::nullopt;
    since_ = since_.value_or(now);
    // An empty one that is written to meanwhile need not be waited for any longer.
    return now + std::min(rest, quiet);
}

} // namespace gatehouse::importers
