#pragma once

#include "app/testing/judge.h"

namespace gatehouse::testing {

/// What one expectation came to.
struct Finding {
    Verdict verdict = Verdict::Passed;
    std::string expected, got;
};

Finding compared(bool same, std::string expected, std::string got);
Finding failed(std::string expected, std::string got);
Finding notJudged(std::string expected, std::string why);

/// "90 %", with one decimal where it says more.
std::string percent(double share);
/// A text for a line of a report, in quotes, without control characters.
std::string shortened(const std::string& text);

/// What is wanted of a header, in words.
std::string headerWords(const HeaderExpectation& header);
Finding headerFinding(const HeaderExpectation& wanted, const SeenHeaders& seen);

/// Whether the gateway's words, or what the explanation says of everybody who did not take the request, are the ones
/// that were expected.
Finding reasonFinding(const TextMatch& wanted, const std::string& reason, const Observation& seen,
                      const std::string& expected);

} // namespace gatehouse::testing
