#pragma once

#include "app/testing/observation.h"
#include "app/testing/test_file.h"

#include <chrono>
#include <string>
#include <vector>

namespace gatehouse::testing {

enum class Verdict : std::uint8_t { Passed, Failed, NotJudged };
std::string_view toString(Verdict verdict); ///< "passed", "failed", "not judged"

/// One expectation, judged.
struct Check {
    std::string what; ///< "route", "backendRequest.headers.x-user"
    Verdict verdict = Verdict::Passed;
    std::string expected, got; ///< of a NotJudged one `got` says why
    model::Position at;
};

struct CaseResult {
    const TestCase* test = nullptr; ///< lifetime: of the files
    std::string file;
    Verdict verdict = Verdict::Passed; ///< NotJudged: none of its expectations could be
    std::vector<Check> checks;         ///< in the order of Expectation's members
    std::string error;                 ///< the request could not be made: failed without checks
    std::optional<routing::Explanation> explanation;
    std::chrono::microseconds duration{0};
};

/// Compares what was expected with what was seen. Pure. `strict`: what cannot be judged has failed. Thread: any.
CaseResult judge(const TestCase& test, const Observation& seen, bool strict = false);

} // namespace gatehouse::testing
