#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace gatehouse::control {

/// An unsaved text of a file, as it was kept.
struct KeptDraft {
    std::string text;
    std::string base; ///< the version of the file that was edited; what the caller said
    std::chrono::system_clock::time_point keptAt;
};

/// Unsaved texts of files, kept so that they outlive a crash: one file each, 0600, in a directory of 0700. Of two
/// processes that edit the same file, the one that keeps last wins. Thread: one at a time; reads and writes files.
class DraftStore {
public:
    /// "" keeps nothing, and finds nothing.
    explicit DraftStore(std::string directory);
    /// drafts/ in the user's data directory.
    static std::string defaultDirectory();

    /// Replaces what was kept for `file`. The error says what failed; "" when it is kept.
    std::string keep(const std::string& file, const std::string& text, const std::string& base);
    /// What was kept for `file`; nullopt when nothing was, or when it cannot be read.
    [[nodiscard]] std::optional<KeptDraft> find(const std::string& file) const;
    void forget(const std::string& file);

private:
    [[nodiscard]] std::string pathOf(const std::string& file) const;

    std::string directory_;
    bool prepared_ = false;
};

} // namespace gatehouse::control
