#pragma once

#include "model/graph/graph.h"
#include "model/lint/codes.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gatehouse::model::checks {

/// Where a finding belongs: whose object, which field, and the field's place in the text.
struct Place {
    const Resource& resource;
    std::string fieldPath;
    Position position;
};

struct Finding {
    std::string_view code;
    Severity severity = Severity::Warning;
    std::string message;       ///< what is wrong, lower case, no full stop
    std::string expected = {}; ///< "" when the message says it
    std::string remedy = {};   ///< how to mend it
};

/// Collects what the checks find. Lifetime: of one lint() call.
class Findings {
public:
    void add(const Place& place, Finding finding);
    [[nodiscard]] std::vector<Diagnostic> take() { return std::move(found_); }

private:
    std::vector<Diagnostic> found_;
};

/// One check: the codes that it may report, and its function.
struct Check {
    std::string_view name;
    std::vector<std::string_view> codes;
    void (*run)(const Graph& graph, Findings& findings);
};

/// All checks in order of code. A check is one file: its function stands below, and its row in lint.cpp.
const std::vector<Check>& allChecks();

using PathStep = std::variant<std::string_view, std::size_t>;
/// The place of a field in the text of its object, for fields whose position no typed struct keeps; the nearest that is
/// known, of what holds it, when it is not there.
Position placeOf(const Resource& resource, std::initializer_list<PathStep> path);

/// "spec.rules[3]".
std::string rulePath(std::size_t rule);

/// True when some parentRef attached the route to a listener.
bool isAttached(const RouteNode& node);

// route_parents.cpp
void routeParents(const Graph& graph, Findings& findings);
// route_hostnames.cpp
void routeHostnames(const Graph& graph, Findings& findings);
// listener_use.cpp
void listenerUse(const Graph& graph, Findings& findings);
// open_gateways.cpp
void openGateways(const Graph& graph, Findings& findings);
// deprecated_kinds.cpp
void deprecatedKinds(const Graph& graph, Findings& findings);
// service_endpoints.cpp
void serviceEndpoints(const Graph& graph, Findings& findings);
// rule_backends.cpp
void ruleBackends(const Graph& graph, Findings& findings);
// mirrors.cpp
void mirrors(const Graph& graph, Findings& findings);
// timeouts.cpp
void timeouts(const Graph& graph, Findings& findings);

} // namespace gatehouse::model::checks
