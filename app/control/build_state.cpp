#include "app/control/session.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace gatehouse::control {

namespace {

/// Milliseconds of one stage after the other.
class StageTimer {
public:
    double lap()
    {
        const auto now = std::chrono::steady_clock::now();
        const std::chrono::duration<double, std::milli> spent = now - last_;
        last_ = now;
        return spent.count();
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// What makes a listener the same one in another State.
auto identityOf(const model::Graph& graph, const model::ListenerNode& node)
{
    const model::ObjectName set = node.listenerSet ? graph[*node.listenerSet].resource->key.name : model::ObjectName();
    return std::tuple(graph[node.gateway].resource->key.name, set, node.resource->name, node.resource->port,
                      node.resource->protocolText, node.serves);
}

/// A listener that stays as it is goes on with what the engine found out about it: its port may be taken.
void keepWhatIsKnown(State& draft, const State& saved)
{
    std::map<decltype(identityOf(*saved.graph, saved.graph->listeners[0])), const model::ListenerProgramming*> known;
    for (std::size_t i = 0; i < saved.graph->listeners.size(); ++i)
        known[identityOf(*saved.graph, saved.graph->listeners[i])] = &saved.programming.listeners[i];
    for (std::size_t i = 0; i < draft.graph->listeners.size(); ++i) {
        const auto found = known.find(identityOf(*draft.graph, draft.graph->listeners[i]));
        if (found != known.end())
            draft.programming.listeners[i] = *found->second;
    }
    if (draft.topology)
        draft.topology = std::make_shared<const model::Topology>(model::project(*draft.graph, &draft.programming));
}

} // namespace

void sortDiagnostics(std::vector<model::Diagnostic>& diagnostics)
{
    const auto file = [](const model::Diagnostic& d) {
        return d.location.file ? std::string_view(*d.location.file) : std::string_view();
    };
    // The object and the words come last, so that the order never tells who found a problem first.
    const auto place = [&](const model::Diagnostic& d) {
        return std::tuple(file(d), d.location.position.line, d.location.position.column, std::string_view(d.code));
    };
    const auto rest = [](const model::Diagnostic& d) { return std::tie(d.object, d.fieldPath, d.message); };
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [&](const model::Diagnostic& a, const model::Diagnostic& b) {
                         const auto placeA = place(a), placeB = place(b);
                         return placeA != placeB ? placeA < placeB : rest(a) < rest(b);
                     });
}

void shareResources(importers::ImportResult& import, const model::ResourceSet& previous)
{
    auto shared = std::make_shared<model::ResourceSet>(*import.resources);
    shared->shareWith(previous);
    import.resources = std::move(shared);
}

std::shared_ptr<State> deriveState(importers::ImportResult import, const Config& config, const State* previous)
{
    auto state = std::make_shared<State>();
    state->import = std::move(import);
    StageTimer timer;

    // Pods and EndpointSlices first: they are resources like those that were written.
    state->workloads = model::deriveWorkloads(state->import.resources, previous ? previous->workloads : nullptr);
    // Attachment, grants and conditions: all that needs neither addresses nor sockets.
    state->graph = std::make_shared<const model::Graph>(
        model::resolve(state->workloads->resources, {config.controller, config.developmentCertificates},
                       previous ? previous->graph.get() : nullptr));
    state->resolveMs = timer.lap();

    // Addresses before tables: a table belongs to a socket.
    const routing::HostFacts host = config.host ? *config.host : engine::probeHost();
    const routing::BindPlan plan =
        routing::planBinds(*state->graph, config.binds, host, previous ? &previous->snapshot->plan : nullptr);
    routing::CompileOptions options;
    options.backends = config.backends;
    options.proxyProtocol = config.proxyProtocol;
    options.echoUnmapped = config.echoUnmapped;
    options.developmentCertificates = config.developmentCertificates;
    options.version = previous ? previous->snapshot->version + 1 : 1;
    state->snapshot = routing::compile(state->graph, plan, options, state->compileProblems,
                                       previous ? previous->snapshot.get() : nullptr);
    state->programming = routing::expectedProgramming(*state->graph, plan);
    state->compileMs = timer.lap();

    if (config.projectTopology) {
        state->topology = std::make_shared<const model::Topology>(model::project(*state->graph, &state->programming));
        state->projectMs = timer.lap();
    }

    const auto add = [&](const std::vector<model::Diagnostic>& more) {
        state->diagnostics.insert(state->diagnostics.end(), more.begin(), more.end());
    };
    add(state->import.diagnostics);
    add(state->graph->notes);
    add(state->compileProblems);
    sortDiagnostics(state->diagnostics);
    return state;
}

bool isUsable(const importers::ImportResult& import)
{
    return !import.unreadable && !hasErrors(import.diagnostics);
}

std::shared_ptr<const State> buildDraft(importers::ManifestImporter& importer, const Config& config,
                                        const importers::TextOverlay& overlay, const State& saved)
{
    StageTimer timer;
    importers::ImportResult import = importer.import(config.paths, nullptr, {}, overlay);
    const double importMs = timer.lap();
    std::shared_ptr<State> state = deriveState(std::move(import), config, &saved);
    state->importMs = importMs;
    if (saved.live)
        keepWhatIsKnown(*state, saved);
    return state;
}

std::shared_ptr<const State> buildState(importers::ManifestImporter& importer, const Config& config,
                                        const State* previous, std::istream* standardInput)
{
    StageTimer timer;
    const ClusterTexts cluster = config.cluster ? readCluster(*config.cluster) : ClusterTexts();
    importers::ImportResult import = importer.import(config.paths, standardInput, cluster.texts);
    if (previous && previous->import.resources)
        shareResources(import, *previous->import.resources);
    addProblems(import, cluster);
    const double importMs = timer.lap();
    std::shared_ptr<State> state = deriveState(std::move(import), config, previous);
    state->importMs = importMs;
    return state;
}

} // namespace gatehouse::control
