#pragma once

#include "app/control/session.h"

#include <istream>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::control {

/// One of two sets that are compared.
struct ComparedSet {
    std::shared_ptr<const State> state; ///< null: it cannot be read
    std::vector<model::Diagnostic> problems;
    std::string error; ///< why a git revision cannot be read
};

/// `config` for comparing: what this machine lets us bind is no difference between two sets.
Config comparingConfig(Config config);

/// Reads a file, a directory, "-" or git:REF:PATH, whose PATH is relative to `directory` ("": the working directory),
/// as it would stand over `cluster` once it is applied there; with `from` "", the cluster alone. Objects with errors
/// take no part, as everywhere. Errors: in the result. Thread: any but the UI thread.
ComparedSet readComparedSet(const std::string& from, const Config& config, std::istream* standardInput = nullptr,
                            const std::string& directory = {}, const ClusterTexts& cluster = {});

} // namespace gatehouse::control
