#pragma once

#include "model/base/result.h"

#include <string>
#include <vector>

namespace gatehouse::control {

struct ProgramOutput {
    int exitCode = 0; ///< 128 + number of the signal that ended it
    std::string out, err;
};

/// Runs another program, without a shell, to its end: `input` is its standard input. The error says why it could not be
/// run, or that it wrote more than `mostBytes`. Blocks. Thread: any.
model::Result<ProgramOutput, std::string> runProgram(const std::vector<std::string>& command,
                                                     const std::string& input = {}, std::size_t mostBytes = 512u << 20);

} // namespace gatehouse::control
