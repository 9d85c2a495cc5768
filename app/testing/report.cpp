#include "app/testing/report.h"

#include "app/testing/test_request.h"
#include "engine/routing/explain_text.h"
#include "engine/routing/explain_value.h"
#include "importers/writers.h"

#include <cstdio>

namespace gatehouse::testing {

namespace {

using model::Value;

Value checkValue(const Check& check, const model::SourceLocation& test)
{
    Value value = Value::object();
    value.set("what", check.what);
    value.set("verdict", toString(check.verdict));
    value.set("expected", check.expected);
    if (check.verdict == Verdict::NotJudged)
        value.set("reason", check.got);
    else if (!check.got.empty())
        value.set("got", check.got);
    value.set("location", toString(model::SourceLocation{test.file, check.at}));
    return value;
}

Value resultValue(const CaseResult& result)
{
    const TestCase& test = *result.test;
    Value value = Value::object();
    value.set("name", test.name);
    value.set("location", toString(test.location));
    Value& tags = value.set("tags", Value::array());
    for (const std::string& tag : test.tags)
        tags.push(tag);
    value.set("request", requestWords(test));
    value.set("verdict", toString(result.verdict));
    if (!result.error.empty())
        value.set("error", result.error);
    Value& checks = value.set("checks", Value::array());
    for (const Check& check : result.checks)
        checks.push(checkValue(check, test.location));
    if (result.verdict == Verdict::Failed && result.explanation)
        value.set("explanation", routing::toValue(*result.explanation));
    return value;
}

Value coverageValue(const Coverage& coverage)
{
    Value value = Value::object();
    value.set("matches", static_cast<std::int64_t>(coverage.items().size()));
    value.set("reached", static_cast<std::int64_t>(coverage.reached()));
    value.set("percent", coverage.percent());
    Value& missing = value.set("notReached", Value::array());
    for (const CoverageItem& item : coverage.items()) {
        if (item.reached)
            continue;
        Value& entry = missing.push(Value::object());
        entry.set("route", item.route);
        entry.set("rule", static_cast<std::int64_t>(item.rule));
        if (!item.ruleName.empty())
            entry.set("ruleName", item.ruleName);
        if (item.hasMatches)
            entry.set("match", static_cast<std::int64_t>(item.match));
        entry.set("location", toString(item.location));
    }
    Value& outside = value.set("notCounted", Value::array());
    for (const OutsideCoverage& each : coverage.outside()) {
        Value& entry = outside.push(Value::object());
        entry.set("what", each.what);
        entry.set("reason", each.reason);
        entry.set("location", toString(each.location));
    }
    return value;
}

/// For XML 1.0, which has no way to write most control characters.
std::string xml(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\n':
            out += "&#10;";
            break;
        default:
            out += byte < 0x20 || byte == 0x7f ? ' ' : c;
        }
    }
    return out;
}

std::string seconds(std::chrono::microseconds time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", static_cast<double>(time.count()) / 1e6);
    return text;
}

/// All that failed of a test, a line each; `verdict` NotJudged: all that was not judged.
std::string lines(const CaseResult& result, Verdict verdict)
{
    std::string text = verdict == Verdict::Failed && !result.error.empty() ? result.error + '\n' : std::string();
    for (const Check& check : result.checks)
        if (check.verdict == verdict)
            text += checkWords(check) + '\n';
    return text;
}

/// What stands for a failure in one line; with `strict` there may be nothing but what was not judged.
std::string failureLines(const CaseResult& result)
{
    const std::string failures = lines(result, Verdict::Failed);
    return failures.empty() ? lines(result, Verdict::NotJudged) : failures;
}

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

void appendCase(std::string& out, const CaseResult& result)
{
    const TestCase& test = *result.test;
    out += "    <testcase classname=\"" + xml(result.file) + "\" name=\"" + xml(test.name) + "\" file=\"" +
           xml(result.file) + "\" line=\"" + std::to_string(test.location.position.line) + "\" time=\"" +
           seconds(result.duration) + "\"";
    const std::string unjudged = lines(result, Verdict::NotJudged);
    if (result.verdict == Verdict::Passed && unjudged.empty()) {
        out += "/>\n";
        return;
    }
    out += ">\n";
    if (result.verdict == Verdict::Failed) {
        const std::string failures = failureLines(result);
        const std::string why = result.explanation ? '\n' + routing::toText(*result.explanation) : std::string();
        out += "      <failure message=\"" + xml(firstLine(failures)) + "\">" + xml(failures + why) + "</failure>\n";
    } else if (result.verdict == Verdict::NotJudged) {
        out += "      <skipped message=\"" + xml(firstLine(unjudged)) + "\"/>\n";
    }
    if (!unjudged.empty())
        out += "      <system-out>" + xml(unjudged) + "</system-out>\n";
    out += "    </testcase>\n";
}

std::string suiteAttributes(const std::string& name, const std::vector<CaseResult>& results)
{
    const Tally tally = tallyOf(results);
    std::chrono::microseconds time{0};
    for (const CaseResult& result : results)
        time += result.duration;
    return " name=\"" + xml(name) + "\" tests=\"" + std::to_string(tally.all()) + "\" failures=\"" +
           std::to_string(tally.failed) + "\" errors=\"0\" skipped=\"" + std::to_string(tally.notJudged) +
           "\" time=\"" + seconds(time) + "\"";
}

/// A line of TAP: '#' would begin a directive.
std::string tapText(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '#' || c == '\\')
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

void appendDiagnostics(std::string& out, const CaseResult& result)
{
    Value block = Value::object();
    const std::string failures = failureLines(result);
    block.set("message", firstLine(failures));
    block.set("at", toString(result.test->location));
    if (result.explanation)
        block.set("explanation", routing::toText(*result.explanation));
    Value& checks = block.set("failures", Value::array());
    for (std::size_t start = 0; start < failures.size();) {
        const std::size_t end = failures.find('\n', start);
        checks.push(failures.substr(start, end - start));
        start = end + 1;
    }
    const std::string yaml = importers::toYaml(block);
    out += "  ---\n";
    for (std::size_t start = 0; start < yaml.size();) {
        const std::size_t end = yaml.find('\n', start);
        out += "  " + yaml.substr(start, end - start) + '\n';
        start = end + 1;
    }
    out += "  ...\n";
}

} // namespace

Tally tallyOf(const std::vector<CaseResult>& results)
{
    Tally tally;
    for (const CaseResult& result : results)
        ++(result.verdict == Verdict::Passed   ? tally.passed
           : result.verdict == Verdict::Failed ? tally.failed
                                               : tally.notJudged);
    return tally;
}

std::string checkWords(const Check& check)
{
    if (check.verdict == Verdict::NotJudged)
        return check.what + ": not judged: " + check.got;
    return check.what + ": expected " + check.expected + ", got " + check.got;
}

std::string toJson(const Report& report)
{
    const Tally tally = tallyOf(report.results);
    Value value = Value::object();
    value.set("mode", report.mode);
    Value& summary = value.set("summary", Value::object());
    summary.set("tests", static_cast<std::int64_t>(tally.all()));
    summary.set("passed", static_cast<std::int64_t>(tally.passed));
    summary.set("failed", static_cast<std::int64_t>(tally.failed));
    summary.set("notJudged", static_cast<std::int64_t>(tally.notJudged));
    Value& tests = value.set("tests", Value::array());
    for (const CaseResult& result : report.results)
        tests.push(resultValue(result));
    if (report.coverage)
        value.set("coverage", coverageValue(*report.coverage));
    return importers::toJson(value);
}

std::string toJunit(const Report& report)
{
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                      suiteAttributes("gatehouse test (" + report.mode + ')', report.results) + ">\n";
    // Results of one file stand together.
    for (auto first = report.results.begin(); first != report.results.end();) {
        auto last = first;
        while (last != report.results.end() && last->file == first->file)
            ++last;
        out += "  <testsuite" + suiteAttributes(first->file, {first, last}) + ">\n";
        for (; first != last; ++first)
            appendCase(out, *first);
        out += "  </testsuite>\n";
    }
    return out + "</testsuites>\n";
}

std::string toTap(const Report& report)
{
    std::string out = "TAP version 14\n1.." + std::to_string(report.results.size()) + '\n';
    for (std::size_t i = 0; i < report.results.size(); ++i) {
        const CaseResult& result = report.results[i];
        out += std::string(result.verdict == Verdict::Failed ? "not ok " : "ok ") + std::to_string(i + 1) + " - " +
               tapText(result.test->name);
        const std::string unjudged = lines(result, Verdict::NotJudged);
        if (result.verdict == Verdict::NotJudged)
            out += " # SKIP " + tapText(firstLine(unjudged));
        out += '\n';
        if (result.verdict == Verdict::Failed)
            appendDiagnostics(out, result);
    }
    if (report.coverage) {
        const std::string text = report.coverage->text();
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = text.find('\n', start);
            out += "# " + text.substr(start, end - start) + '\n';
            start = end + 1;
        }
    }
    return out;
}

} // namespace gatehouse::testing
