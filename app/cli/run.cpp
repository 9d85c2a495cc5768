#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/diagnostics.h"
#include "app/cli/output/listeners.h"
#include "app/cli/output/words.h"
#include "app/cli/run/changes.h"
#include "app/cli/run/child.h"
#include "app/cli/run/ending.h"
#include "app/cli/run/message_queue.h"
#include "app/cli/run/ready.h"
#include "app/cli/run/signals.h"
#include "app/cli/run/urls.h"
#include "app/control/access_log.h"
#include "app/control/local_ca_store.h"
#include "app/kube_api/kubeconfig.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>
#include <unistd.h>
#include <variant>

namespace gatehouse::cli {

namespace {

using StatePtr = std::shared_ptr<const control::State>;

struct Changed {
    StatePtr state;
};
struct Rejected {
    StatePtr state;
};
struct Signalled {
    int signal;
};
struct ChildEnded {
    int exitCode;
};
struct Trouble {
    std::string text;
};
using Message = std::variant<Changed, Rejected, Signalled, ChildEnded, Trouble>;

constexpr const char* footer =
    R"help(With --dev-certs, curl --cacert "$(gatehouse ca export --path)" trusts what has no certificate of its own.

-- COMMAND... runs once every listener is up, with a variable for each:
  GATEHOUSE_URL_<GATEWAY>_<LISTENER>=http://127.0.0.1:8080
in upper case, with _ for everything else than letters and digits. Where two listeners would share a name,
it is GATEHOUSE_URL_<NAMESPACE>_<GATEWAY>_<LISTENER>. Gatehouse then exits with the command's code.

SIGTERM and SIGINT let the requests in flight end, then exit 0; a second one exits at once. SIGHUP applies the files again.)help";

/// How many rows of routes the start shows: `run` is for traffic, `status` for everything.
constexpr std::size_t shownRoutes = 40;

/// How long the end waits for a reader of the log that does not read.
constexpr std::chrono::seconds logTimeout{3};

/// "" when it cannot be read.
std::string fileText(const std::string& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string millis(double ms)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f ms", ms);
    return text;
}

class Run final : public Command {
public:
    void define(Parser& parser) override;
    int run(Context& context, const Parser& parser) override;

private:
    std::optional<control::Config> makeConfig(Context& context) const;
    std::string addKubeApi(control::Config& config) const;
    bool checkReadyDescriptor(Context& context) const;
    /// Imports and starts; a value is the exit code that ends the command.
    std::optional<int> start(Context& context, control::ControlLoop& loop, SignalThread& signals);
    void show(Context& context, const control::State& state) const;
    void printTables(std::ostream& out, const control::State& state, const Style& style) const;
    void writeEvents(const std::vector<model::AccessEvent>& events);
    int announce(Context& context, const control::State& state);
    int serve(Context& context, control::ControlLoop& loop);
    void applied(Context& context, const StatePtr& state);
    void rejected(Context& context, const control::State& state) const;
    void tellOfSettings(Context& context);
    void abandon();

    InputOptions input_;
    CommonOptions common_;
    bool watch_ = true, tracing_ = false, explain_ = false;
    std::optional<int> workers_, readyDescriptor_;
    std::string readyFile_, admin_, events_;
    std::optional<std::string> kubeApi_; ///< the address; "" for the default
    bool kubeApiHttp_ = false;
    std::string kubeconfig_, save_;

    MessageQueue<Message> messages_;
    std::string settingsFile_, settings_; ///< gatehouse.yaml, and what it said when it was read or last spoken of
    Leftover written_;                    ///< the kubeconfig
    std::unique_ptr<ReadySignal> ready_;
    std::unique_ptr<Child> child_;
    StatePtr serving_;
    std::string logFormat_, logBuffer_;
    Context* context_ = nullptr;
    std::mutex outMutex_; ///< the log is written by its own thread
};

void Run::define(Parser& parser)
{
    input_.define(parser);
    common_.define(parser);
    parser.flag("--watch,!--no-watch", watch_, "Follow changes of the files (default)");
    parser.option("--workers", workers_, "N", "Worker threads (default: one a core)");
    parser.option("--events", events_, "FORMAT", "The access log on standard output (default: text)",
                  {"text", "json", "none"});
    parser.option("--log-format", events_, "FORMAT", "The same as --events", {"text", "json", "none"});
    parser.flag("--explain", explain_, "With --events json: each request's line has what `explain` says of it");
    parser.flag("--tracing", tracing_, "Make W3C traceparent where it is missing, and each hop a span");
    parser.option("--ready-file", readyFile_, "FILE", "Written when every listener is up; removed at exit");
    parser.option("--ready-fd", readyDescriptor_, "N", "Written to and closed when every listener is up");
    parser.option("--admin", admin_, "ADDRESS",
                  "Serve /livez /readyz /metrics /config /events /explain on a loopback HOST:PORT");
    parser.optionalValue("--kube-api", kubeApi_, "HOST:PORT",
                         "Serve the Kubernetes API (default: 127.0.0.1 and a free port)");
    parser.flag("--kube-api-plain-http", kubeApiHttp_, "Serve it without TLS and token, as kubectl proxy does");
    parser.option("--kubeconfig", kubeconfig_, "FILE", "Where to write the kubeconfig; removed at exit");
    parser.option("--save", save_, "DIR", "Keep objects applied through the Kubernetes API as manifests");
    parser.trailing("[-- COMMAND...]");
    parser.footer(footer);
}

std::optional<control::Config> Run::makeConfig(Context& context) const
{
    auto config = input_.config(context, common_);
    if (!config)
        return std::nullopt;
    const auto refuse = [&](const std::string& message) {
        usageError(context, message);
        return std::nullopt;
    };
    if (config->paths.empty() && !config->cluster && !kubeApi_)
        return refuse(noPath);
    if (context.hasTrailing && context.trailing.empty())
        return refuse("no COMMAND after --");
    if (workers_) {
        if (*workers_ < 1 || *workers_ > 1024)
            return refuse("--workers: expected 1 to 1024");
        config->workers = static_cast<unsigned>(*workers_);
    }
    if (!events_.empty())
        config->logFormat = events_;
    config->tracing = config->tracing || tracing_;
    if (explain_ && config->logFormat != "json")
        return refuse("--explain: it goes with --events json, which is where it is written");
    config->explainEvents = explain_;
    if (!admin_.empty()) {
        auto address = control::parseAdminAddress(admin_);
        if (!address)
            return refuse("--admin: " + address.error());
        config->admin = *address;
    }
    if (const std::string why = addKubeApi(*config); !why.empty())
        return refuse(why);
    // Nothing is drawn before it is asked for, so that the first answer comes soon.
    config->projectTopology = config->admin.has_value();
    return config;
}

/// The error says what is wrong with the flags; "" when they are fine.
std::string Run::addKubeApi(control::Config& config) const
{
    if (!kubeApi_) {
        const char* orphan = kubeApiHttp_           ? "--kube-api-plain-http"
                             : !kubeconfig_.empty() ? "--kubeconfig"
                             : !save_.empty()       ? "--save"
                                                    : nullptr;
        return orphan ? std::string(orphan) + " needs --kube-api" : std::string();
    }
    kube::Settings settings;
    settings.plainHttp = kubeApiHttp_;
    settings.saveDirectory = save_;
    settings.kubeconfig = kubeconfig_.empty() ? kube::defaultKubeconfig() : kubeconfig_;
    if (settings.kubeconfig.empty())
        return "--kube-api: no place for the kubeconfig, since HOME is not set; name one by --kubeconfig FILE";
    if (!kubeApi_->empty()) {
        const auto address = control::parseAdminAddress(*kubeApi_);
        if (!address)
            return "--kube-api: " + address.error();
        settings.address = address->address;
        settings.port = address->port;
    }
    config.kubeApi = std::move(settings);
    return {};
}

bool Run::checkReadyDescriptor(Context& context) const
{
    if (!readyDescriptor_)
        return true;
    const int flags = fcntl(*readyDescriptor_, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) {
        // The COMMAND must not keep the reader waiting for the end.
        fcntl(*readyDescriptor_, F_SETFD, FD_CLOEXEC);
        return true;
    }
    usageError(context,
               "--ready-fd: file descriptor " + std::to_string(*readyDescriptor_) + " is not open for writing");
    return false;
}

void Run::printTables(std::ostream& out, const control::State& state, const Style& style) const
{
    const NamespaceFilter wanted = [this](const std::string& ns) { return common_.wants(ns); };
    listenerTable(state, wanted).print(out, style.colour);
    std::size_t left = 0;
    const Table routes = routeTable(state, wanted, shownRoutes, left);
    if (!routes.empty()) {
        out << '\n';
        routes.print(out, style.colour);
    }
    if (left > 0)
        out << counted(left, "more route") << "; `gatehouse status` lists them all\n";
}

void printEndpoints(std::ostream& out, const control::Endpoints& endpoints)
{
    if (!endpoints.admin.empty())
        out << "\nadmin endpoint: http://" << endpoints.admin << '\n';
    if (!endpoints.kubeApi.empty())
        out << "\nKubernetes API: " << endpoints.kubeApi << "\n  export KUBECONFIG=" << endpoints.kubeconfig << '\n';
}

/// Whom clients have to trust where a certificate is none of the manifests'.
void printAuthority(std::ostream& out, const control::State& state)
{
    const auto& listeners = state.programming.listeners;
    if (std::none_of(listeners.begin(), listeners.end(), [](const auto& each) { return each.developmentCertificate; }))
        return;
    out << "\ndevelopment certificates: trust "
        << control::LocalCaStore(control::defaultCaDirectory()).certificatePath()
        << "\n  curl --cacert \"$(gatehouse ca export --path)\" ...\n";
}

void Run::show(Context& context, const control::State& state) const
{
    if (!common_.quiet) {
        // With a JSON log standard output holds nothing but JSON lines.
        const bool toErr = logFormat_ == "json";
        std::ostream& out = toErr ? context.err : context.out;
        printTables(out, state, toErr ? common_.errStyle(context) : common_.outStyle(context));
        printAuthority(out, state);
        printEndpoints(out, state.endpoints);
        if (logFormat_ != "none")
            out << '\n';
        out.flush();
    }
    if (common_.verbose > 0)
        context.err << describeImport(state) << ", apply " << millis(state.applyMs) << std::endl;
}

void Run::writeEvents(const std::vector<model::AccessEvent>& events)
{
    logBuffer_.clear();
    for (const model::AccessEvent& event : events) {
        if (logFormat_ == "json")
            control::appendJson(logBuffer_, event);
        else
            control::appendText(logBuffer_, event);
    }
    const std::lock_guard lock(outMutex_);
    context_->out << logBuffer_;
    context_->out.flush();
}

std::optional<int> Run::start(Context& context, control::ControlLoop& loop, SignalThread& signals)
{
    const StatePtr first = loop.load(&context.in);
    signals.endGently();
    printProblems(context, common_, first->import.diagnostics);
    if (first->import.unreadable)
        return code(Exit::Usage);
    if (hasErrors(first->import.diagnostics)) {
        context.err << "gatehouse: " << countProblems(first->import.diagnostics) << "; nothing was started\n";
        return code(Exit::Problems);
    }
    printProblems(context, common_, first->graph->notes);
    printProblems(context, common_, first->compileProblems);
    if (first->graph->gateways.empty() && !kubeApi_) {
        context.err << "gatehouse: the input holds no Gateway to play"
                    << (first->import.resources->gateways.empty() ? "" : "; --controller leaves none") << '\n';
        return code(Exit::Problems);
    }
    loop.startEngine();
    for (;;) {
        Message message = messages_.wait();
        if (const auto* signalled = std::get_if<Signalled>(&message)) {
            if (signalled->signal == SIGHUP)
                continue;
            return code(Exit::Fine);
        }
        if (const auto* changed = std::get_if<Changed>(&message); changed && changed->state->live) {
            serving_ = changed->state;
            return std::nullopt;
        }
    }
}

int Run::announce(Context& context, const control::State& state)
{
    const Style style = common_.errStyle(context);
    if (!state.endpoints.error.empty()) {
        context.err << "gatehouse: cannot start " << state.endpoints.error << '\n';
        return code(Exit::CannotStart);
    }
    std::size_t up = 0, failed = 0;
    for (const model::ListenerProgramming& listener : state.programming.listeners)
        up += listener.programmed;
    for (const model::Diagnostic& problem : state.diagnostics)
        if (problem.code == "GH4101") {
            ++failed;
            context.err << problemLine(problem, style) << '\n';
        }
    if (up == 0 && !kubeApi_) {
        context.err << "gatehouse: no listener could start\n";
        for (std::size_t i = 0; i < state.graph->listeners.size(); ++i)
            context.err << "  " << listenerOwner(*state.graph, state.graph->listeners[i]) << '/'
                        << state.graph->listeners[i].resource->name << ": " << listenerTrouble(state, i) << '\n';
        return code(Exit::CannotStart);
    }
    if (failed > 0) {
        context.err << style.yellow("warning") << ": " << counted(failed, "listener") << " of "
                    << state.programming.listeners.size() << " could not start; not ready, the others serve"
                    << std::endl;
        ready_->giveUpDescriptor();
        ready_->withdraw(); // not every listener that it names is up
        return context.hasTrailing && !child_ ? code(Exit::CannotStart) : 0;
    }
    if (const std::string error = ready_->announce(urlVariables(state)); !error.empty()) {
        context.err << "gatehouse: " << error << std::endl;
        return code(Exit::CannotStart);
    }
    return 0;
}

/// What was said before is not said again; announce() speaks of listeners that failed.
std::vector<model::Diagnostic> newProblems(const control::State& before, const control::State& after)
{
    std::set<std::string> said;
    for (const model::Diagnostic& problem : before.diagnostics)
        said.insert(toString(problem));
    std::vector<model::Diagnostic> fresh = after.diagnostics;
    std::erase_if(fresh, [&](const model::Diagnostic& problem) {
        return problem.code == "GH4101" || said.contains(toString(problem));
    });
    return fresh;
}

void Run::applied(Context& context, const StatePtr& state)
{
    const StatePtr before = serving_;
    serving_ = state;
    if (!common_.quiet)
        context.err << "re-applied in "
                    << millis(state->importMs + state->resolveMs + state->compileMs + state->applyMs) << ": "
                    << describeChanges(*before, *state) << std::endl;
    printProblems(context, common_, newProblems(*before, *state));
    tellOfSettings(context);
    announce(context, *state);
}

/// Settings are read once: a port that moved under a running COMMAND would help nobody.
void Run::tellOfSettings(Context& context)
{
    std::string now = fileText(settingsFile_);
    if (now == settings_)
        return;
    settings_ = std::move(now);
    context.err << "gatehouse: " << settingsFile_ << " changed; run gatehouse again to apply it" << std::endl;
}

/// Takes back what tells others that we serve. Thread: any.
void Run::abandon()
{
    ready_->withdraw();
    written_.remove();
}

void Run::rejected(Context& context, const control::State& state) const
{
    printProblems(context, common_, state.import.diagnostics);
    context.err << "gatehouse: " << countProblems(state.import.diagnostics)
                << "; still serving the last good configuration" << std::endl;
}

int Run::serve(Context& context, control::ControlLoop& loop)
{
    for (;;) {
        Message message = messages_.wait();
        if (const auto* changed = std::get_if<Changed>(&message)) {
            applied(context, changed->state);
        } else if (const auto* refused = std::get_if<Rejected>(&message)) {
            rejected(context, *refused->state);
        } else if (const auto* ended = std::get_if<ChildEnded>(&message)) {
            return ended->exitCode;
        } else if (const auto* trouble = std::get_if<Trouble>(&message)) {
            context.err << "gatehouse: " << trouble->text << std::endl;
        } else if (const auto* signalled = std::get_if<Signalled>(&message)) {
            if (signalled->signal == SIGHUP) {
                tellOfSettings(context);
                loop.reapply();
            } else if (child_) {
                child_->forward(signalled->signal); // its end is ours
            } else {
                return 0;
            }
        }
    }
}

int Run::run(Context& context, const Parser&)
{
    context_ = &context;
    auto config = makeConfig(context);
    if (!config || !checkReadyDescriptor(context))
        return code(Exit::Usage);
    logFormat_ = config->logFormat;
    settingsFile_ = config->configFile;
    settings_ = fileText(settingsFile_);
    ready_ = std::make_unique<ReadySignal>(readyFile_, readyDescriptor_);

    // Before any other thread, which must inherit the blocked signals.
    SignalThread signals([this](int signal) { messages_.post(Signalled{signal}); }, [this] { abandon(); });

    control::ControlLoop::Observers observers;
    observers.changed = [this](StatePtr state) { messages_.post(Changed{std::move(state)}); };
    observers.rejected = [this](StatePtr state) { messages_.post(Rejected{std::move(state)}); };
    observers.trouble = [this](std::string text) { messages_.post(Trouble{std::move(text)}); };
    if (logFormat_ != "none")
        observers.events = [this](const std::vector<model::AccessEvent>& events) { writeEvents(events); };
    const auto longestEnd = config->drainTimeout + logTimeout;
    std::optional<Deadline> deadline;
    // Destroyed before the rest: drains, and writes the last lines of the log.
    control::ControlLoop loop(std::move(*config), std::move(observers));
    loop.watch(watch_);
    if (const auto ended = start(context, loop, signals))
        return *ended;
    written_.remember(serving_->endpoints.kubeconfig);
    {
        const std::lock_guard lock(outMutex_);
        show(context, *serving_);
    }
    if (const int failure = announce(context, *serving_))
        return failure;
    if (context.hasTrailing) {
        auto variables = urlVariables(*serving_);
        if (!serving_->endpoints.kubeconfig.empty())
            variables.emplace_back("KUBECONFIG", serving_->endpoints.kubeconfig);
        auto child =
            Child::start(context.trailing, variables, [this](int exitCode) { messages_.post(ChildEnded{exitCode}); });
        if (!child) {
            context.err << "gatehouse: " << child.error() << std::endl;
            return code(Exit::CannotStart);
        }
        child_ = std::move(*child);
    }
    const int exitCode = serve(context, loop);
    ready_->withdraw();
    deadline.emplace(longestEnd, [this, exitCode] {
        abandon();
        _exit(exitCode);
    });
    return exitCode;
}

} // namespace

std::unique_ptr<Command> makeRun()
{
    return std::make_unique<Run>();
}

} // namespace gatehouse::cli
