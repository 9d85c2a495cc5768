#pragma once

#include "app/cli/output/style.h"
#include "model/base/diagnostic.h"
#include "model/base/value.h"

#include <string>
#include <vector>

namespace gatehouse::control {
struct State;
}

namespace gatehouse::cli {

/// The contract's line, with the severity coloured.
std::string problemLine(const model::Diagnostic& problem, const Style& style);

/// "3 errors, 1 warning"; "no problems" when there is neither; then the infos, when there are: ", 2 notes".
std::string countProblems(const std::vector<model::Diagnostic>& problems);

/// What was read, for -v: "12 objects from 3 files (2 of kinds that are not read), import 1.2 ms, ...".
std::string describeImport(const control::State& state);

/// Problems for programs: a list of objects.
model::Value problemsToValue(const std::vector<model::Diagnostic>& problems);

/// The same as a SARIF 2.1.0 log of one run.
model::Value problemsToSarif(const std::vector<model::Diagnostic>& problems);

} // namespace gatehouse::cli
