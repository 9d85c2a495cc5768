#pragma once

#include "app/testing/coverage.h"
#include "app/testing/judge.h"

#include <string>
#include <vector>

namespace gatehouse::testing {

/// How many results there are of each kind.
struct Tally {
    std::size_t passed = 0, failed = 0, notJudged = 0;
    [[nodiscard]] std::size_t all() const noexcept { return passed + failed + notJudged; }
};
Tally tallyOf(const std::vector<CaseResult>& results);

/// What a run came to, for programs. Deterministic but for JUnit's times.
struct Report {
    const std::vector<CaseResult>& results;
    const Coverage* coverage = nullptr; ///< null: not asked for
    std::string mode = "model";         ///< "model", "live" or "target"
};

/// One object; explanations come with the tests that failed.
std::string toJson(const Report& report);
/// JUnit's XML as CI servers read it: a testsuite a file; what was not judged is skipped.
std::string toJunit(const Report& report);
/// Test Anything Protocol, version 14.
std::string toTap(const Report& report);

/// "route: expected HTTPRoute/a/b, got none" of a check that failed; why, of one that was not judged.
std::string checkWords(const Check& check);

} // namespace gatehouse::testing
