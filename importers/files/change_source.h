#pragma once

#include "importers/files/interrupt.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::importers {

/// Where news about changed manifests come from. Thread: one, apart from the Interrupt.
class ChangeSource {
public:
    enum class Event {
        Changed,     ///< a manifest came, went or has another content
        Quiet,       ///< nothing within the timeout
        Interrupted, ///< the interrupt was raised
        Failed,      ///< this source cannot go on; another must take over
    };

    virtual ~ChangeSource() = default;
    /// Waits for the next event; without a timeout it never returns Quiet.
    virtual Event next(std::optional<std::chrono::milliseconds> timeout, Interrupt& interrupt) = 0;
};

/// Compares names, sizes and times four times a second.
std::unique_ptr<ChangeSource> makePollingSource(std::vector<std::string> paths);

/// Asks the kernel; null where there is no inotify or its limits are reached.
std::unique_ptr<ChangeSource> makeInotifySource(std::vector<std::string> paths);

} // namespace gatehouse::importers
