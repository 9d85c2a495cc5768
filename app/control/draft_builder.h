#pragma once

#include "app/control/compare/set_diff.h"
#include "app/control/config.h"
#include "app/control/session.h"
#include "app/control/task_queue.h"
#include "importers/importer.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace gatehouse::control {

/// Works out what unsaved texts would change, on a thread and with an importer of its own, so that neither the control
/// loop nor a user who types waits for it. The newest question wins: older ones that have not begun are left out.
/// Thread: the members, any one; the observers are called on the builder's thread.
class DraftBuilder {
public:
    struct Observers {
        /// The draft of build(number). Its State may have errors.
        std::function<void(std::uint64_t number, std::shared_ptr<const State>)> built;
        /// What that draft changes against the State that was saved; only of drafts without errors, and only when no
        /// newer one is asked for.
        std::function<void(std::uint64_t number, const State& saved, const State& draft, const SetDiff&)> compared;
    };

    DraftBuilder(Config config, Observers observers);
    ~DraftBuilder(); ///< finishes what it is at; no observer is called afterwards
    DraftBuilder(const DraftBuilder&) = delete;
    DraftBuilder& operator=(const DraftBuilder&) = delete;

    /// Asks for `saved` with the texts of `overlay` in place of these files'. Returns at once.
    void build(std::uint64_t number, importers::TextOverlay overlay, std::shared_ptr<const State> saved);
    /// There are no drafts any more: what was asked for is not wanted, and what was parsed is given back.
    void rest();

private:
    void run();
    void answer(std::uint64_t number, const importers::TextOverlay& overlay, const State& saved);
    [[nodiscard]] bool isNewest(std::uint64_t number) const { return number == newest_.load(); }

    const Config config_;
    const Observers observers_;
    TaskQueue tasks_;
    std::atomic<std::uint64_t> newest_{0};
    bool stopping_ = false;                                 ///< of the builder's thread, as the next
    std::unique_ptr<importers::ManifestImporter> importer_; ///< only while there are drafts
    std::thread thread_;
};

} // namespace gatehouse::control
