#include "app/desktop/advice.h"

#include "app/control/lint/lint_state.h"

#include <set>
#include <string>
#include <utility>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace gatehouse::desktop {
namespace {

/// check's report, and what neither import, resolve nor compile said: that is the engine's (ports that cannot be had).
std::vector<model::Diagnostic> everythingSaidOf(const control::State& state, const control::LintLevels& levels)
{
    control::LintOptions options;
    options.levels = levels;
    std::vector<model::Diagnostic> problems = control::lintState(state, options).problems;
    std::set<std::string> heard;
    const auto hear = [&](const std::vector<model::Diagnostic>& some) {
        for (const model::Diagnostic& problem : some)
            heard.insert(model::toString(problem));
    };
    hear(state.import.diagnostics);
    hear(state.compileProblems);
    hear(state.graph->notes);
    for (const model::Diagnostic& problem : state.diagnostics)
        if (!heard.contains(model::toString(problem)))
            problems.push_back(problem);
    control::sortDiagnostics(problems);
    return problems;
}

/// Linux has no priorities of ordinary threads but niceness, which is each thread's own there; Qt sets none.
void yieldToOthers()
{
#ifdef __linux__
    constexpr int courtesy = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), courtesy); // it may stay as it is where that is refused
#endif
}

} // namespace

Advice::Advice(QObject* parent) : QObject(parent)
{
    pool_.setMaxThreadCount(1);
}

Advice::~Advice()
{
    forget();
    pool_.waitForDone();
}

void Advice::ask(std::shared_ptr<const control::State> state)
{
    ++number_;
    wanted_ = std::move(state);
    if (!running_)
        start();
}

void Advice::forget()
{
    ++number_;
    wanted_.reset();
}

void Advice::start()
{
    running_ = true;
    pool_.start([this, state = std::exchange(wanted_, nullptr), levels = levels_, number = number_] {
        yieldToOthers();
        auto problems = everythingSaidOf(*state, levels);
        QMetaObject::invokeMethod(this, [this, number, problems = std::move(problems)] {
            running_ = false;
            if (wanted_)
                start();
            else if (number == number_)
                emit ready(problems);
        });
    });
}

} // namespace gatehouse::desktop
