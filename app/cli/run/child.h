#pragma once

#include "model/base/result.h"

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace gatehouse::cli {

/// The COMMAND of `run ... -- COMMAND`: started with more environment, waited for on a thread of its own.
class Child {
public:
    /// Variables to add to the environment, name and value.
    using Environment = std::vector<std::pair<std::string, std::string>>;

    /// Starts it. `ended` is called once, on the waiting thread, with the exit code a shell would give: its own, or
    /// 128 + signal. The error says why it cannot be started.
    static model::Result<std::unique_ptr<Child>, std::string>
    start(const std::vector<std::string>& command, const Environment& environment, std::function<void(int)> ended);
    ~Child(); ///< waits for its end
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Passes a signal on, unless the terminal has sent it to the command already (^C goes to the whole foreground
    /// group).
    void forward(int signal) const;

private:
    Child(pid_t pid, std::function<void(int)> ended);

    pid_t pid_;
    std::thread waiting_;
};

} // namespace gatehouse::cli
