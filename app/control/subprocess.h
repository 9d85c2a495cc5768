#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace gatehouse::control {

/// How a process is run.
struct ProcessLimits {
    std::chrono::milliseconds timeout{60'000};
    std::size_t outputBytes = 512u << 20; ///< of standard output
    std::string input = {};               ///< its standard input, when there is any
    std::stop_token stop = {};            ///< ends it at once; nothing is begun when it is requested before
};

/// What a process printed, and how it ended.
struct ProcessResult {
    int exitCode = 0; ///< its own, or 128 + signal
    std::string out, err;
    bool notFound = false; ///< there is no such program
    std::string failure;   ///< why it could not be run, or was ended; "" when it ended by itself
};

/// Runs a program to its end, without a shell; words are passed as they are. It stays in our process group, so that ^C
/// on the terminal ends it as well; without an input it reads the terminal where we have one, else nothing. What
/// exceeds the limits is killed. Thread: any; blocks.
ProcessResult runProcess(const std::vector<std::string>& command, const ProcessLimits& limits = {});

} // namespace gatehouse::control
