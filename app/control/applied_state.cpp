#include "app/control/applied_state.h"

namespace gatehouse::control {

namespace {

/// What only the engine could find out about a listener, at the listener's place in the text.
model::Diagnostic listenerProblem(const model::Graph& graph, std::size_t listener, const char* code,
                                  const std::string& what)
{
    const model::ListenerNode& node = graph.listeners[listener];
    const model::Resource* owner = graph[node.gateway].resource;
    if (node.listenerSet)
        owner = graph[*node.listenerSet].resource;
    model::Diagnostic problem;
    problem.code = code;
    problem.severity = problem.code == "GH4101" ? model::Severity::Error : model::Severity::Warning;
    problem.message = "listener " + node.resource->name + ' ' + what;
    problem.location = owner->at(node.resource->position);
    problem.object = owner->key;
    return problem;
}

} // namespace

void completeState(State& state, const engine::ApplyReport& report, const Config& config)
{
    state.programming = engine::programmingOf(*state.snapshot, report);
    state.live = true;
    if (config.projectTopology)
        state.topology = std::make_shared<const model::Topology>(model::project(*state.graph, &state.programming));
    for (std::size_t i = 0; i < report.listeners.size(); ++i) {
        const engine::ListenerReport& listener = report.listeners[i];
        if (!listener.error.empty())
            state.diagnostics.push_back(
                listenerProblem(*state.graph, i, "GH4101", "does not serve: " + listener.error));
        else if (!listener.developmentReason.empty())
            state.diagnostics.push_back(listenerProblem(
                *state.graph, i, "GH4102", "shows a development certificate instead: " + listener.developmentReason));
    }
    sortDiagnostics(state.diagnostics);
}

void fillStatuses(State& state, const State* before, model::Timestamp now)
{
    model::StatusClock clock{now};
    // The first State may have none, and then nothing to share.
    if (before && !before->statuses.empty()) {
        clock.previous = &before->statuses;
        clock.previousGraph = before->graph.get();
    }
    state.statuses = model::statuses(*state.graph, state.programming, clock);
}

} // namespace gatehouse::control
