#pragma once

#include "app/testing/exchange.h"
#include "app/testing/observation.h"
#include "model/graph/graph.h"
#include "model/observe/access_event.h"

#include <optional>
#include <vector>

namespace gatehouse::testing {

/// What is known of answers besides themselves.
struct AnswerSources {
    const std::vector<model::AccessEvent>* events = nullptr; ///< of these requests alone; null: another gateway's
    const model::Graph* graph = nullptr;                     ///< with events: for rules' names
    std::optional<routing::Explanation> explanation = std::nullopt;
};

/// Puts together what the client received, what an echo says of the request, and what the engine's events say of its
/// way. Pure.
Observation observeAnswers(const TestCase& test, const Exchange& exchange, AnswerSources sources);

} // namespace gatehouse::testing
