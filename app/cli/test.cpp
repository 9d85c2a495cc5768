#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/diagnostics.h"
#include "app/cli/output/test_text.h"
#include "app/cli/output/words.h"
#include "app/cli/run/signals.h"
#include "app/testing/init.h"
#include "app/testing/runner.h"
#include "importers/files/file_watcher.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>

namespace gatehouse::cli {

namespace {

namespace fs = std::filesystem;
using testing::CaseResult;
using testing::TestCase;

constexpr const char* footer =
    R"help(A test FILE is YAML of apiVersion gatehouse.dev/v1 and kind GatewayTest; a directory is searched for such files, and
without a FILE the -f PATHs are. It may lie beside manifests. `test --init -f PATH` writes a first one.

Without --live and --target no request is sent: the same matcher and filters that serve traffic say what would become of
it. What cannot be judged is said, and never counts as passed.

Exits 0 when all passed, 1 when a test failed or the coverage is too low, 2 for bad usage and what cannot be read, 3 when
the engine could not start.)help";

/// Tests that are asked of the same manifests.
struct Suite {
    std::vector<std::string> manifests;
    std::vector<std::size_t> tests; ///< in Selection::tests
};

/// What is to be run.
struct Selection {
    testing::TestFiles files;
    testing::Tests tests;
    std::vector<Suite> suites;
};

class Test final : public Command {
public:
    void define(Parser& parser) override;
    int run(Context& context, const Parser& parser) override;

private:
    enum class Mode { Model, Live, Target };

    /// The exit code of bad usage; nullopt: all is well.
    std::optional<int> checkUsage(Context& context);
    int init(Context& context);
    int watchAndRun(Context& context);
    std::optional<Selection> select(Context& context, int& exitCode);
    [[nodiscard]] bool isWanted(const TestCase& test) const;
    int runOnce(Context& context);
    int runSuite(Context& context, const Suite& suite, const Selection& selection, std::vector<CaseResult>& results,
                 testing::Coverage& coverage);
    int runLive(Context& context, const control::Config& config, const testing::Tests& tests,
                std::vector<CaseResult>& results, testing::Coverage& coverage);
    int report(Context& context, const std::vector<CaseResult>& results, const testing::Coverage& coverage);
    int write(Context& context, const std::string& text) const;
    [[nodiscard]] InputOptions inputFor(const Suite& suite) const;

    InputOptions input_;
    CommonOptions common_;
    std::vector<std::string> paths_, tags_;
    bool live_ = false, watch_ = false, coverage_ = false, init_ = false, strict_ = false, insecure_ = false;
    std::string target_, caFile_, filter_, output_ = "text", outputFile_;
    std::optional<int> jobs_, minCoverage_;

    Mode mode_ = Mode::Model;
    testing::RunOptions options_;
    std::optional<testing::Target> elsewhere_;
    testing::TextMatch part_, expression_; ///< of --filter
};

void Test::define(Parser& parser)
{
    parser.positionals("FILE", paths_, "Test files, directories with them, or - for standard input");
    input_.define(parser, false);
    common_.define(parser, false);
    parser.flag("--live", live_, "Start the engine and send the requests over real sockets");
    parser.option("--target", target_, "URL", "Send the requests to the gateway at http://HOST[:PORT]");
    parser.option("--cacert", caFile_, "FILE", "Authorities (PEM) that --target's certificates are checked with");
    parser.flag("-k,--insecure", insecure_, "Do not check --target's certificates");
    parser.option("-j,--jobs", jobs_, "N", "Tests at once (default: one a core, at least four with sockets)");
    parser.option("--filter", filter_, "TEXT", "Only tests whose name contains TEXT, or matches it as an expression");
    parser.list("--tag", tags_, "TAG", "Only tests with this tag; several: with any of them");
    parser.flag("--strict", strict_, "What cannot be judged has failed");
    parser.flag("--watch", watch_, "Run again whenever tests or manifests change");
    parser.option("-o,--output", output_, "FORMAT", "text, json, junit or tap", {"text", "json", "junit", "tap"});
    parser.option("-O,--output-file", outputFile_, "FILE", "Write there instead of standard output");
    parser.flag("--coverage", coverage_, "List the rules and matches that no test reached");
    parser.option("--min-coverage", minCoverage_, "PERCENT", "Fail when fewer matches are reached");
    parser.flag("--init", init_, "Write a first test file for the manifests of -f, to standard output or -O FILE");
    parser.footer(footer);
}

std::optional<int> Test::checkUsage(Context& context)
{
    if (live_ && !target_.empty())
        return usageError(context, "test: --live and --target exclude each other");
    if (init_ && (live_ || watch_ || !target_.empty() || !paths_.empty()))
        return usageError(context, "test: --init takes -f PATH and -O FILE, and runs nothing");
    if (init_ && input_.files.empty())
        return usageError(context, "test: --init wants manifests; name them with -f PATH");
    if (target_.empty() && (insecure_ || !caFile_.empty()))
        return usageError(context, "test: --cacert and --insecure are for --target");
    if (paths_.empty())
        paths_ = input_.files;
    if (paths_.empty())
        return usageError(context, "test: no test FILE given; name files or directories, or write one with --init");
    const auto fromInput = [](const std::vector<std::string>& paths) {
        return std::find(paths.begin(), paths.end(), "-") != paths.end();
    };
    if (watch_ && (fromInput(paths_) || fromInput(input_.files)))
        return usageError(context, "test: --watch cannot follow standard input");
    if (fromInput(paths_) && fromInput(input_.files))
        return usageError(context, "test: standard input is either the tests or the manifests");
    if (jobs_ && (*jobs_ < 1 || *jobs_ > 1024))
        return usageError(context, "test: --jobs " + std::to_string(*jobs_) + " is out of range; expected 1 to 1024");
    if (minCoverage_ && (*minCoverage_ < 0 || *minCoverage_ > 100))
        return usageError(context, "test: --min-coverage " + std::to_string(*minCoverage_) +
                                       " is no percentage; expected 0 to 100");
    coverage_ = coverage_ || minCoverage_;
    mode_ = live_ ? Mode::Live : target_.empty() ? Mode::Model : Mode::Target;
    if (mode_ == Mode::Target) {
        auto target = testing::readTarget(target_);
        if (!target)
            return usageError(context, "test: --target: " + target.error());
        elsewhere_ = std::move(*target);
        elsewhere_->verify = !insecure_;
        elsewhere_->caFile = caFile_;
    }
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    options_.jobs = jobs_ ? static_cast<unsigned>(*jobs_) : mode_ == Mode::Model ? cores : std::max(4u, cores);
    options_.strict = strict_;
    if (!filter_.empty()) {
        static_cast<void>(part_.add(testing::TextMatch::Kind::Contains, filter_));
        // What is no expression is a text all the same.
        static_cast<void>(expression_.add(testing::TextMatch::Kind::Matches, filter_));
    }
    return std::nullopt;
}

bool Test::isWanted(const TestCase& test) const
{
    const bool named =
        filter_.empty() || part_.holds(test.name) || (!expression_.empty() && expression_.holds(test.name));
    const bool tagged = tags_.empty() || std::any_of(test.tags.begin(), test.tags.end(), [&](const std::string& tag) {
                            return std::find(tags_.begin(), tags_.end(), tag) != tags_.end();
                        });
    return named && tagged;
}

InputOptions Test::inputFor(const Suite& suite) const
{
    InputOptions input = input_;
    input.files = suite.manifests;
    return input;
}

std::optional<Selection> Test::select(Context& context, int& exitCode)
{
    Selection selection;
    std::vector<model::Diagnostic> problems;
    selection.files = testing::readTestFiles(paths_, &context.in, problems);
    printProblems(context, common_, problems);
    exitCode = code(Exit::Usage);
    if (selection.files.unreadable || hasErrors(problems))
        return std::nullopt;
    std::size_t all = 0;
    for (const testing::TestFile& file : selection.files.files) {
        const std::vector<std::string>& manifests = input_.files.empty() ? file.manifests : input_.files;
        if (manifests.empty() && mode_ != Mode::Target) {
            usageError(context, "test: " + file.path + " names no manifests; write manifests: there, or give -f PATH");
            return std::nullopt;
        }
        all += file.tests.size();
        auto suite = std::find_if(selection.suites.begin(), selection.suites.end(),
                                  [&](const Suite& each) { return each.manifests == manifests; });
        if (suite == selection.suites.end())
            suite = selection.suites.insert(suite, Suite{manifests, {}});
        for (const TestCase& test : file.tests)
            if (isWanted(test)) {
                suite->tests.push_back(selection.tests.size());
                selection.tests.push_back(&test);
            }
    }
    if (selection.tests.empty()) {
        usageError(context, all == 0 ? "test: there are no tests"
                                     : "test: none of " + counted(all, "test") + " is wanted by --filter and --tag");
        return std::nullopt;
    }
    std::erase_if(selection.suites, [](const Suite& suite) { return suite.tests.empty(); });
    return selection;
}

int Test::runLive(Context& context, const control::Config& config, const testing::Tests& tests,
                  std::vector<CaseResult>& results, testing::Coverage& coverage)
{
    testing::LiveEngine engine(config);
    const auto state = engine.load(&context.in);
    printProblems(context, common_, state->import.diagnostics);
    if (state->import.unreadable)
        return code(Exit::Usage);
    if (hasErrors(state->import.diagnostics)) {
        context.err << "gatehouse: " << countProblems(state->import.diagnostics) << "; nothing was started\n";
        return code(Exit::Problems);
    }
    if (const std::string trouble = engine.start(); !trouble.empty()) {
        context.err << "gatehouse: test: cannot start: " << trouble << '\n';
        return code(Exit::CannotStart);
    }
    results = testing::runLive(engine, tests, options_);
    coverage.add(*state->graph, results);
    return code(Exit::Fine);
}

int Test::runSuite(Context& context, const Suite& suite, const Selection& selection, std::vector<CaseResult>& results,
                   testing::Coverage& coverage)
{
    testing::Tests tests;
    for (const std::size_t i : suite.tests)
        tests.push_back(selection.tests[i]);
    const InputOptions input = inputFor(suite);
    if (mode_ == Mode::Live) {
        const auto config = input.config(context, common_);
        return config ? runLive(context, *config, tests, results, coverage) : code(Exit::Usage);
    }
    Loaded loaded;
    if (!suite.manifests.empty()) {
        loaded = loadInput(context, {input, common_, false, true});
        if (!loaded.state || loaded.state->import.unreadable)
            return loaded.exitCode;
    } else if (coverage_) {
        return usageError(context, "test: coverage is of manifests; name them with -f PATH");
    }
    const routing::Snapshot* snapshot = loaded.state ? loaded.state->snapshot.get() : nullptr;
    results = mode_ == Mode::Model ? testing::runModel(*snapshot, tests, options_)
                                   : testing::runTarget(*elsewhere_, snapshot, tests, options_);
    if (loaded.state)
        coverage.add(*loaded.state->graph, results);
    return loaded.exitCode;
}

int Test::write(Context& context, const std::string& text) const
{
    if (outputFile_.empty()) {
        context.out << text;
        context.out.flush();
        return code(Exit::Fine);
    }
    std::ofstream file(outputFile_, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (file)
        return code(Exit::Fine);
    context.err << "gatehouse: test: cannot write " << outputFile_ << ": " << std::strerror(errno) << '\n';
    return code(Exit::Usage);
}

int Test::report(Context& context, const std::vector<CaseResult>& results, const testing::Coverage& coverage)
{
    const testing::Report report{results, coverage_ ? &coverage : nullptr,
                                 mode_ == Mode::Model  ? "model"
                                 : mode_ == Mode::Live ? "live"
                                                       : "target"};
    std::ostringstream text;
    if (output_ == "json")
        text << toJson(report);
    else if (output_ == "junit")
        text << toJunit(report);
    else if (output_ == "tap")
        text << toTap(report);
    else
        TestText{outputFile_.empty() ? common_.outStyle(context) : Style{}, common_.quiet, common_.verbose > 0}.print(
            text, report);
    int exitCode = write(context, text.str());
    if (coverage_ && output_ == "junit")
        context.err << coverage.text();
    if (exitCode == 0 && testing::tallyOf(results).failed > 0)
        exitCode = code(Exit::Problems);
    if (minCoverage_ && coverage.percent() < *minCoverage_) {
        context.err << "gatehouse: test: the coverage is below " << *minCoverage_ << " %\n";
        exitCode = std::max(exitCode, code(Exit::Problems));
    }
    return exitCode;
}

int Test::runOnce(Context& context)
{
    int exitCode = 0;
    const auto selection = select(context, exitCode);
    if (!selection)
        return exitCode;
    exitCode = 0;
    std::vector<CaseResult> results(selection->tests.size());
    testing::Coverage coverage;
    for (const Suite& suite : selection->suites) {
        std::vector<CaseResult> own;
        exitCode = std::max(exitCode, runSuite(context, suite, *selection, own, coverage));
        for (std::size_t i = 0; i < own.size(); ++i)
            results[suite.tests[i]] = std::move(own[i]);
    }
    // What hinders one set of manifests says nothing of the others.
    const std::size_t left = std::erase_if(results, [](const CaseResult& result) { return !result.test; });
    if (results.empty())
        return exitCode;
    if (left > 0)
        context.err << "gatehouse: test: " << counted(left, "test") << " of " << selection->tests.size()
                    << (left == 1 ? " was" : " were") << " not run, for the reasons above\n";
    return std::max(exitCode, report(context, results, coverage));
}

int Test::watchAndRun(Context& context)
{
    std::mutex mutex; // guards the two below
    std::unique_ptr<importers::FileWatcher> watcher;
    bool stopped = false;
    const SignalThread signals([&](int signal) {
        const std::lock_guard lock(mutex);
        stopped = stopped || signal != SIGHUP;
        if (watcher)
            stopped ? watcher->stop() : watcher->wake();
    });
    int exitCode = 0;
    for (bool again = true; again;) {
        // What the tests name is watched before it is read, so that no edit falls in between.
        std::vector<std::string> watched = paths_;
        watched.insert(watched.end(), input_.files.begin(), input_.files.end());
        std::vector<model::Diagnostic> ignored; // runOnce() reads them again, and says so
        if (input_.files.empty())
            for (const testing::TestFile& file : testing::readTestFiles(paths_, nullptr, ignored).files)
                watched.insert(watched.end(), file.manifests.begin(), file.manifests.end());
        importers::FileWatcher* current = nullptr;
        {
            const std::lock_guard lock(mutex);
            watcher = std::make_unique<importers::FileWatcher>(watched);
            current = watcher.get();
            if (stopped)
                return exitCode;
        }
        exitCode = runOnce(context);
        context.err << "watching for changes; end with Ctrl+C" << std::endl;
        current->wait();
        const std::lock_guard lock(mutex);
        again = !stopped;
        if (again)
            context.out << '\n' << std::flush;
    }
    return exitCode;
}

int Test::init(Context& context)
{
    const Loaded loaded = loadInput(context, {input_, common_, false, true});
    if (!loaded.state || loaded.exitCode != 0)
        return loaded.exitCode;
    if (!outputFile_.empty() && fs::exists(outputFile_)) {
        context.err << "gatehouse: test: " << outputFile_ << " exists, and is not overwritten\n";
        return code(Exit::Usage);
    }
    // As the file will see them.
    std::vector<std::string> manifests;
    for (const std::string& path : input_.files) {
        if (path == "-")
            continue;
        std::error_code error;
        const fs::path folder = outputFile_.empty() ? fs::path(".") : fs::path(outputFile_).parent_path();
        const fs::path relative = fs::proximate(path, folder.empty() ? fs::path(".") : folder, error);
        manifests.push_back(error ? path : relative.string());
    }
    const testing::InitialTests tests = testing::initialTests(*loaded.state->snapshot, manifests);
    const int exitCode = write(context, tests.text);
    if (exitCode == 0 && !common_.quiet)
        context.err << counted(tests.tests, "test") << " written"
                    << (tests.left > 0 ? ", " + counted(tests.left, "rule") + " left out; the file says why" : "")
                    << '\n';
    return exitCode;
}

int Test::run(Context& context, const Parser&)
{
    if (const auto exitCode = checkUsage(context))
        return *exitCode;
    if (init_)
        return init(context);
    if (mode_ != Mode::Model)
        std::signal(SIGPIPE, SIG_IGN); // a peer that left is an error of its socket
    return watch_ ? watchAndRun(context) : runOnce(context);
}

} // namespace

std::unique_ptr<Command> makeTest()
{
    return std::make_unique<Test>();
}

} // namespace gatehouse::cli
