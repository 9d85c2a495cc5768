#include "app/desktop/test_run.h"

#include "app/testing/coverage.h"
#include "app/testing/runner.h"
#include "app/testing/test_request.h"
#include "ui/document/object_names.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace gatehouse::desktop {
namespace {

using testing::CaseResult;
using testing::TestCase;

QString tr(const char* text)
{
    return QCoreApplication::translate("tests", text);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

ui::TestVerdict verdictOf(testing::Verdict verdict)
{
    switch (verdict) {
    case testing::Verdict::Passed:
        return ui::TestVerdict::Passed;
    case testing::Verdict::Failed:
        return ui::TestVerdict::Failed;
    case testing::Verdict::NotJudged:
        return ui::TestVerdict::Skipped;
    }
    return ui::TestVerdict::NotRun;
}

void addHeaders(ui::ProbeRequest& request, const testing::Headers& headers)
{
    for (const auto& [name, value] : headers)
        request.headers.emplace_back(text(name), text(value));
}

ui::ProbeRequest probeOf(const TestCase& test)
{
    ui::ProbeRequest request;
    request.gateway = text(test.gateway);
    if (const auto* http = std::get_if<testing::HttpRequest>(&test.request)) {
        request.method = text(http->method);
        request.target = text(http->url);
        addHeaders(request, http->headers);
    } else if (const auto* grpc = std::get_if<testing::GrpcRequest>(&test.request)) {
        request.kind = ui::ProbeKind::Grpc;
        request.target = text(grpc->host);
        request.call = text(grpc->call);
        addHeaders(request, grpc->metadata);
    } else {
        const auto& stream = std::get<testing::StreamRequest>(test.request);
        request.kind = stream.kind == testing::StreamKind::Tls   ? ui::ProbeKind::Tls
                       : stream.kind == testing::StreamKind::Tcp ? ui::ProbeKind::Tcp
                                                                 : ui::ProbeKind::Udp;
        request.target = text(stream.to);
    }
    return request;
}

ui::TestItem itemOf(const TestCase& test)
{
    ui::TestItem item;
    item.name = text(test.name);
    for (const std::string& tag : test.tags)
        item.tags << text(tag);
    item.request = text(testing::requestWords(test));
    item.probe = probeOf(test);
    item.location = test.location;
    return item;
}

void fill(ui::TestItem& item, const CaseResult& result)
{
    item.verdict = verdictOf(result.verdict);
    item.error = text(result.error);
    item.duration = result.duration;
    for (const testing::Check& check : result.checks)
        item.checks.push_back({text(check.what),
                               verdictOf(check.verdict),
                               text(check.expected),
                               text(check.got),
                               {item.location.file, check.at}});
}

ui::TestCoverage coverageOf(const testing::Coverage& coverage)
{
    ui::TestCoverage out;
    for (const testing::CoverageItem& item : coverage.items()) {
        const auto key = ui::routeKey(item.route);
        if (!key)
            continue;
        ui::RuleCoverage& rule = out.routes[*key].rules[item.rule];
        rule.name = text(testing::ruleWords(item.rule, item.ruleName));
        if (!rule.location.known())
            rule.location = item.location;
        ++rule.matches;
        rule.reached += item.reached ? 1 : 0;
    }
    for (const testing::OutsideCoverage& each : coverage.outside())
        out.outside.push_back({text(each.what), text(each.reason),
                               ui::routeKey(each.what.substr(0, each.what.find(' '))), each.location});
    out.reached = static_cast<int>(coverage.reached());
    out.matches = static_cast<int>(coverage.items().size());
    out.percent = coverage.percent();
    return out;
}

/// Tests that are asked of the same manifests; each is (file, test) in the report.
struct Suite {
    std::vector<std::string> manifests;
    std::vector<std::pair<std::size_t, std::size_t>> tests;
};

class Run {
public:
    Run(TestPlaces& places, const ui::TestWish& wish, const TestProgress& progress)
        : places_(places), wish_(wish), progress_(progress)
    {
        report_.live = wish.live;
    }

    ui::TestReport list()
    {
        read();
        return std::move(report_);
    }

    ui::TestReport run()
    {
        read();
        for (const Suite& suite : suites_)
            all_ += static_cast<int>(suite.tests.size());
        tell(0);
        for (const Suite& suite : suites_) {
            if (!progress_.stop.stop_requested())
                runSuite(suite);
        }
        report_.stopped = progress_.stop.stop_requested();
        // Only a run of everything says what no test reaches.
        if (wish_.only.empty() && !report_.stopped && report_.fault.isEmpty() && all_ > 0)
            report_.coverage = coverageOf(coverage_);
        return std::move(report_);
    }

private:
    void read()
    {
        files_ = findTests();
        std::set<std::string> watched(places_.opened.begin(), places_.opened.end());
        watched.insert(places_.extra.begin(), places_.extra.end());
        for (std::size_t f = 0; f < files_.files.size(); ++f) {
            const testing::TestFile& file = files_.files[f];
            ui::TestFileItem& item = report_.files.emplace_back();
            item.path = text(file.path);
            const std::vector<std::string>& manifests = file.manifests.empty() ? places_.opened : file.manifests;
            watched.insert(manifests.begin(), manifests.end());
            auto suite = std::find_if(suites_.begin(), suites_.end(),
                                      [&](const Suite& each) { return each.manifests == manifests; });
            if (suite == suites_.end())
                suite = suites_.insert(suite, Suite{manifests, {}});
            for (std::size_t t = 0; t < file.tests.size(); ++t) {
                item.tests.push_back(itemOf(file.tests[t]));
                if (isWanted(item.path, item.tests.back().name))
                    suite->tests.emplace_back(f, t);
            }
        }
        std::erase_if(suites_, [](const Suite& suite) { return suite.tests.empty(); });
        places_.watched.assign(watched.begin(), watched.end());
    }

    testing::TestFiles findTests()
    {
        const auto keep = [this](const std::vector<model::Diagnostic>& problems, std::string_view code) {
            std::copy_if(problems.begin(), problems.end(), std::back_inserter(report_.problems),
                         [&](const model::Diagnostic& problem) {
                             return problem.severity == model::Severity::Error && problem.code.starts_with(code);
                         });
        };
        std::vector<model::Diagnostic> problems;
        testing::TestFiles found = testing::readTestFiles(places_.opened, nullptr, problems);
        keep(problems, "GH31"); // what is wrong with manifests is told among the problems of the window
        for (const std::string& path : places_.extra) {
            problems.clear();
            testing::TestFiles more = testing::readTestFiles({path}, nullptr, problems);
            keep(problems, "");
            if (more.files.empty() && problems.empty())
                fault(tr("There is no test in %1").arg(text(path)));
            for (testing::TestFile& file : more.files) {
                const bool known = std::any_of(found.files.begin(), found.files.end(),
                                               [&](const testing::TestFile& each) { return each.path == file.path; });
                if (!known)
                    found.files.push_back(std::move(file));
            }
        }
        return found;
    }

    [[nodiscard]] bool isWanted(const QString& path, const QString& name) const
    {
        return wish_.only.empty() ||
               std::find(wish_.only.begin(), wish_.only.end(), std::pair(path, name)) != wish_.only.end();
    }

    void fault(const QString& why)
    {
        if (report_.fault.isEmpty())
            report_.fault = why;
    }

    void tell(int more)
    {
        const int done = done_ += more;
        if (progress_.told)
            progress_.told(done, all_);
    }

    void runSuite(const Suite& suite)
    {
        std::vector<model::Diagnostic> problems;
        control::Config config = configFor(suite.manifests, places_.setup, problems);
        if (const auto error = firstError(problems)) {
            fault(*error);
            return;
        }
        config.projectTopology = false;
        testing::Tests tests;
        for (const auto& [f, t] : suite.tests)
            tests.push_back(&files_.files[f].tests[t]);
        const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
        testing::RunOptions options;
        options.jobs = wish_.live ? std::max(4u, cores) : cores;
        options.stop = progress_.stop;
        options.asked = [this] { tell(1); };
        const std::vector<CaseResult> results =
            wish_.live ? runLive(config, tests, options) : runByTables(config, tests, options);
        for (std::size_t i = 0; i < results.size(); ++i) {
            if (results[i].test)
                fill(report_.files[suite.tests[i].first].tests[suite.tests[i].second], results[i]);
        }
    }

    static std::optional<QString> firstError(const std::vector<model::Diagnostic>& problems)
    {
        const auto error = std::find_if(problems.begin(), problems.end(),
                                        [](const auto& problem) { return problem.severity == model::Severity::Error; });
        return error == problems.end() ? std::nullopt : std::optional(text(model::toString(*error)));
    }

    std::vector<CaseResult> runByTables(const control::Config& config, const testing::Tests& tests,
                                        const testing::RunOptions& options)
    {
        importers::ManifestImporter importer;
        const auto state = control::buildState(importer, config);
        if (state->import.unreadable) {
            fault(firstError(state->import.diagnostics).value_or(tr("The manifests cannot be read")));
            return {};
        }
        auto results = testing::runModel(*state->snapshot, tests, options);
        coverage_.add(*state->graph, results);
        return results;
    }

    std::vector<CaseResult> runLive(const control::Config& config, const testing::Tests& tests,
                                    const testing::RunOptions& options)
    {
        testing::LiveEngine engine(config);
        const auto state = engine.load(nullptr);
        if (const auto error = firstError(state->import.diagnostics)) {
            fault(tr("Nothing was started, as the manifests have errors: %1").arg(*error));
            return {};
        }
        if (const std::string trouble = engine.start(); !trouble.empty()) {
            fault(tr("The tests' engine cannot start: %1").arg(text(trouble)));
            return {};
        }
        auto results = testing::runLive(engine, tests, options);
        coverage_.add(*state->graph, results);
        return results;
    }

    TestPlaces& places_;
    const ui::TestWish& wish_;
    const TestProgress& progress_;
    ui::TestReport report_;
    testing::TestFiles files_;
    std::vector<Suite> suites_;
    testing::Coverage coverage_;
    std::atomic<int> done_{0};
    int all_ = 0;
};

} // namespace

ui::TestReport listTests(TestPlaces& places)
{
    return Run(places, {}, {}).list();
}

ui::TestReport runTests(TestPlaces& places, const ui::TestWish& wish, const TestProgress& progress)
{
    return Run(places, wish, progress).run();
}

} // namespace gatehouse::desktop
