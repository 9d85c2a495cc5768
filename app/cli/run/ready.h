#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::cli {

/// Tells scripts that every listener is up: a file that appears whole and goes away at exit, and a file descriptor.
/// Both get one line NAME=URL a listener, so that a shell can read them.
class ReadySignal {
public:
    /// Removes a file that an earlier run left behind, so that nobody takes it for ours.
    ReadySignal(std::string file, std::optional<int> descriptor);
    ~ReadySignal(); ///< withdraws
    ReadySignal(const ReadySignal&) = delete;
    ReadySignal& operator=(const ReadySignal&) = delete;

    /// The error says what could not be written; "" when all is well or nothing was asked for. The second call writes
    /// the file anew (addresses may have changed) and leaves the descriptor alone.
    std::string announce(const std::vector<std::pair<std::string, std::string>>& urls);
    /// Removes the file: from now on no new connection is taken.
    void withdraw();
    /// Some listener failed: whoever reads the descriptor sees its end without a line.
    void giveUpDescriptor();

private:
    std::string file_;
    std::optional<int> descriptor_;
};

} // namespace gatehouse::cli
