#pragma once

#include "importers/files/manifest_snapshot.h"

#include <chrono>
#include <optional>

namespace gatehouse::importers {

/// Tells an import that met files in the middle of being written. Many programs empty a file first and write it then
/// (`kustomize build > all.yaml`): for as long as that takes its objects are not gone.
/// Thread: one.
class UnfinishedWrites {
public:
    using Clock = std::chrono::steady_clock;
    using FileTime = std::filesystem::file_time_type;

    static constexpr std::chrono::milliseconds quiet{50};        ///< a file that is older is complete
    static constexpr std::chrono::milliseconds quietEmpty{2000}; ///< the same of one without a byte
    static constexpr std::chrono::milliseconds longest{2500}; ///< files that never come to rest are taken as they are

    /// To be asked before an import that a change led to, and after it with the files as they are since: nullopt when
    /// what is read is whole, or has to do; else when to import instead. `fileNow`: the time that files are stamped by.
    std::optional<Clock::time_point> importAgainAt(const ManifestSnapshot& files, FileTime fileNow,
                                                   Clock::time_point now);
    /// An import was taken.
    void taken() noexcept { since_.reset(); }

private:
    std::optional<Clock::time_point> since_; // the first import was put off that was not taken since
};

} // namespace gatehouse::importers
