#pragma once

#include "engine/routing/explain.h"

namespace gatehouse::routing {

/// What request filters make of a request on its way to a backend: runs them, the rule's and then the backend's, as
/// traffic does, and compares. Order: host, path, then headers by name. Thread: any.
std::vector<RequestEdit> requestEdits(const RouteDecision& decision, const WeightedBackend& backend,
                                      const RequestHead& head);

/// Times that a rule sets, one line each.
std::vector<std::string> timeoutWords(const CompiledRule& rule);

} // namespace gatehouse::routing
