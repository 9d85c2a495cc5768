#include "app/cli/output/test_text.h"

#include "app/cli/output/words.h"
#include "app/testing/test_request.h"
#include "engine/routing/explain_text.h"

#include <algorithm>

namespace gatehouse::cli {

using testing::CaseResult;
using testing::Check;
using testing::Verdict;

namespace {

void printIndented(std::ostream& out, const std::string& text, const char* indent)
{
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = text.find('\n', start);
        const std::string line = text.substr(start, end - start);
        out << (line.empty() ? "" : indent) << line << '\n';
        if (end == std::string::npos)
            break;
        start = end + 1;
    }
}

} // namespace

void TestText::printResult(std::ostream& out, const CaseResult& result) const
{
    const auto unjudged =
        static_cast<std::size_t>(std::count_if(result.checks.begin(), result.checks.end(),
                                               [](const Check& check) { return check.verdict == Verdict::NotJudged; }));
    switch (result.verdict) {
    case Verdict::Passed:
        if (failuresOnly)
            return;
        out << "  " << style.green("ok") << "    " << result.test->name;
        if (unjudged > 0)
            out << style.yellow("  (" + counted(unjudged, "expectation") + " not judged)");
        out << '\n';
        break;
    case Verdict::NotJudged:
        out << "  " << style.yellow("?") << "     " << result.test->name << style.yellow("  (not judged)") << '\n';
        break;
    case Verdict::Failed:
        out << "  " << style.red("FAIL") << "  " << style.bold(result.test->name)
            << style.dim("  (" + toString(result.test->location) + ')') << "\n        " << requestWords(*result.test)
            << '\n';
        if (!result.error.empty())
            out << "        " << style.red(result.error) << '\n';
        break;
    }
    for (const Check& check : result.checks) {
        const std::string place = toString(model::SourceLocation{result.test->location.file, check.at});
        if (check.verdict == Verdict::Failed)
            out << "        " << style.red(checkWords(check)) << style.dim("  (" + place + ')') << '\n';
        else if (check.verdict == Verdict::NotJudged && (result.verdict != Verdict::Passed || everything))
            out << "        " << style.yellow(checkWords(check)) << style.dim("  (" + place + ')') << '\n';
    }
    if (result.verdict == Verdict::Failed && result.explanation)
        printIndented(out, toText(*result.explanation), "          ");
}

void TestText::print(std::ostream& out, const testing::Report& report) const
{
    std::string file;
    for (const CaseResult& result : report.results) {
        if (result.file != file && !(failuresOnly && result.verdict != Verdict::Failed)) {
            out << (file.empty() ? "" : "\n") << style.bold(result.file) << '\n';
            file = result.file;
        }
        printResult(out, result);
    }
    if (report.coverage)
        out << (file.empty() ? "" : "\n") << report.coverage->text();
    const testing::Tally tally = testing::tallyOf(report.results);
    out << (file.empty() ? "" : "\n") << counted(tally.all(), "test") << ": " << tally.passed << " passed";
    if (tally.failed > 0)
        out << ", " << style.red(std::to_string(tally.failed) + " failed");
    if (tally.notJudged > 0)
        out << ", " << style.yellow(std::to_string(tally.notJudged) + " not judged");
    out << '\n';
}

} // namespace gatehouse::cli
