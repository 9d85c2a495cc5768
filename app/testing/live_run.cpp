#include "app/testing/exchange.h"
#include "app/testing/model_run.h"
#include "app/testing/observe_answers.h"
#include "app/testing/parallel.h"
#include "app/testing/runner.h"
#include "app/testing/test_request.h"

#include <algorithm>
#include <future>
#include <map>
#include <mutex>

namespace gatehouse::testing {

namespace {

using StatePtr = std::shared_ptr<const control::State>;

/// What was asked of the engine, and what came back.
struct Asked {
    Observation model;
    Exchange exchange;
    std::string source;   ///< the client's address; "": one that others have, too
    bool unasked = false; ///< nothing listens, so that the model says it all
    bool begun = false;   ///< false: the run was stopped before
};

/// Every test has a loopback address of its own as a client, so that the engine's events can be told apart.
std::string sourceOf(std::size_t test)
{
    return "127.254." + std::to_string(test / 254 % 256) + '.' + std::to_string(1 + test % 254);
}

ExchangeHints hintsFor(const routing::Snapshot& snapshot, const routing::Explanation& explanation)
{
    ExchangeHints hints;
    hints.refusal = explanation.refused;
    const routing::CompiledRule* rule = ruleOf(snapshot, explanation);
    const bool echoes = rule && !rule->backends.empty() &&
                        std::all_of(rule->backends.begin(), rule->backends.end(), [&](const auto& backend) {
                            return backend.weight == 0 || isEcho(snapshot, backend);
                        });
    for (std::size_t b = 0; echoes && b < rule->backends.size(); ++b)
        if (rule->backends[b].weight > 0)
            hints.echo = snapshot.clusters[rule->backends[b].cluster.value].endpoints.front().echo->mode;
    return hints;
}

Asked ask(const routing::Snapshot& snapshot, const TestCase& test, const std::string& source)
{
    Asked asked;
    asked.model = observeModel(snapshot, test);
    const auto& explanation = asked.model.explanation;
    if (!asked.model.error.empty() || !explanation || !explanation->endpoint) {
        asked.unasked = true;
        return asked;
    }
    Connection connection;
    connection.address = explanation->endpoint->address;
    connection.port = explanation->endpoint->port;
    connection.timeout = test.timeout;
    if (connection.address.starts_with("127."))
        connection.source = asked.source = source;
    asked.exchange = converse(test, connection, hintsFor(snapshot, *explanation));
    return asked;
}

/// Which listeners could not be opened; "" when all are.
std::string startTrouble(const control::State& state)
{
    std::string trouble;
    for (const model::Diagnostic& problem : state.diagnostics)
        if (problem.code == "GH4101")
            trouble += (trouble.empty() ? "" : "; ") + problem.message;
    return trouble;
}

} // namespace

struct LiveEngine::Impl {
    control::ControlLoop::Observers observers()
    {
        control::ControlLoop::Observers observers;
        observers.changed = [this](StatePtr state) {
            if (state->live && !told) {
                told = true;
                up.set_value(std::move(state));
            }
        };
        observers.events = [this](std::vector<model::AccessEvent> batch) {
            const std::lock_guard lock(mutex);
            std::move(batch.begin(), batch.end(), std::back_inserter(events));
        };
        return observers;
    }

    std::promise<StatePtr> up;
    bool told = false; ///< of the control thread
    std::mutex mutex;  ///< guards the events, which come on a thread of their own
    std::vector<model::AccessEvent> events;
    StatePtr serving;
    std::unique_ptr<control::ControlLoop> loop; ///< last: it calls the observers until it ends
};

LiveEngine::LiveEngine(control::Config config) : impl_(std::make_unique<Impl>())
{
    config.projectTopology = false;
    config.logFormat = "none";
    // The same manifests may be served at this moment, by `gatehouse run` or by the window that the tests are run in.
    if (!config.host)
        config.host = engine::probeHost();
    config.host->inUse = engine::portInUse;
    config.drainTimeout = std::chrono::seconds(2); // what is still open then, no test waits for
    impl_->loop = std::make_unique<control::ControlLoop>(std::move(config), impl_->observers());
}

LiveEngine::~LiveEngine() = default;

StatePtr LiveEngine::load(std::istream* standardInput)
{
    return impl_->loop->load(standardInput);
}

std::string LiveEngine::start()
{
    impl_->loop->startEngine();
    impl_->serving = impl_->up.get_future().get();
    return startTrouble(*impl_->serving);
}

StatePtr LiveEngine::serving() const
{
    return impl_->serving;
}

std::vector<model::AccessEvent> LiveEngine::stop()
{
    impl_->loop.reset();
    return std::move(impl_->events);
}

std::vector<CaseResult> runLive(LiveEngine& engine, const Tests& tests, const RunOptions& options)
{
    const StatePtr state = engine.serving();
    const bool ownAddresses = engine::probeHost().manyLoopbackAddresses;
    std::vector<Asked> asked(tests.size());
    const auto askOne = [&](std::size_t i) {
        asked[i] = ask(*state->snapshot, *tests[i], ownAddresses ? sourceOf(i) : std::string());
        asked[i].begun = true;
        if (options.asked)
            options.asked();
    };
    inParallel(
        tests.size(), options.jobs,
        [&](std::size_t i) {
            if (!tests[i]->expect.backends)
                askOne(i);
        },
        options.stop);
    // One after the other: two tests that ask the same rule in step would share its turns out between them.
    for (std::size_t i = 0; i < tests.size(); ++i)
        if (tests[i]->expect.backends && !options.stop.stop_requested())
            askOne(i);

    // Sessions are events when they end: after the engine's end there is one for everything.
    std::map<std::string, std::vector<model::AccessEvent>> events;
    for (model::AccessEvent& event : engine.stop())
        events[event.clientAddress].push_back(std::move(event));
    std::vector<CaseResult> results(tests.size());
    for (std::size_t i = 0; i < tests.size(); ++i) {
        if (!asked[i].begun)
            continue;
        static const std::vector<model::AccessEvent> none;
        const auto found = asked[i].source.empty() ? events.end() : events.find(asked[i].source);
        if (found != events.end())
            std::stable_sort(found->second.begin(), found->second.end(),
                             [](const auto& a, const auto& b) { return a.start < b.start; });
        AnswerSources sources;
        sources.events = found == events.end() ? &none : &found->second;
        sources.graph = state->graph.get();
        sources.explanation = asked[i].model.explanation;
        results[i] =
            judge(*tests[i],
                  asked[i].unasked ? asked[i].model : observeAnswers(*tests[i], asked[i].exchange, std::move(sources)),
                  options.strict);
        explainFailure(*state->snapshot, results[i]);
        results[i].duration = asked[i].exchange.duration;
    }
    return results;
}

} // namespace gatehouse::testing
