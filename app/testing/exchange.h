#pragma once

#include "app/control/explain_request.h"
#include "app/testing/client.h"
#include "engine/routing/snapshot.h"

#include <optional>
#include <vector>

namespace gatehouse::testing {

/// What is known of a test before it is sent.
struct ExchangeHints {
    std::optional<routing::EchoMode> echo; ///< a built-in echo is to answer, and speaks this
    bool assumeEcho = false;               ///< nothing is known, and an echo may answer (another gateway)
    bool refusal = false;                  ///< nobody is to answer: silence soon says enough
};

/// How often a test asks that expects shares: often enough that a percent is one request.
inline constexpr unsigned samplesOfShares = 100;

/// The answers to a test's requests, in order.
struct Exchange {
    std::vector<HttpAnswer> http;
    std::vector<StreamAnswer> streams;
    std::string error; ///< the test cannot be asked
    std::chrono::microseconds duration{0};
};

/// Makes a test's requests: one, or samplesOfShares where it expects shares. Thread: any; waits for the answers.
Exchange converse(const TestCase& test, const Connection& connection, const ExchangeHints& hints);

} // namespace gatehouse::testing
