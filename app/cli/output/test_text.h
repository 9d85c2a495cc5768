#pragma once

#include "app/cli/output/style.h"
#include "app/testing/report.h"

#include <ostream>

namespace gatehouse::cli {

/// `gatehouse test` for people: a line a test; of one that failed what was expected and what came, and the explanation
/// with everybody who lost.
struct TestText {
    Style style;
    bool failuresOnly = false; ///< -q
    bool everything = false;   ///< -v: also what was not judged of tests that passed

    void print(std::ostream& out, const testing::Report& report) const;

private:
    void printResult(std::ostream& out, const testing::CaseResult& result) const;
};

} // namespace gatehouse::cli
