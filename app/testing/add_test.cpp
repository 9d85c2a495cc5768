#include "app/testing/add_test.h"

#include "app/testing/case_value.h"
#include "importers/writers.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace gatehouse::testing {

using model::Value;
namespace fs = std::filesystem;

namespace {

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (; !text.empty(); text.remove_prefix(lines.back().size()))
        lines.push_back(text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1));
    return lines;
}

/// Paths that name the same, whatever way they are written.
std::set<std::string> places(const std::vector<std::string>& paths)
{
    std::set<std::string> all;
    for (const std::string& path : paths) {
        std::error_code error;
        const fs::path place = fs::weakly_canonical(fs::absolute(path, error), error);
        all.insert(error ? path : place.string());
    }
    return all;
}

std::string besideFile(const std::string& path, const std::string& file)
{
    std::error_code error;
    const fs::path folder = fs::path(file).parent_path();
    const fs::path relative =
        fs::proximate(fs::absolute(path, error), fs::absolute(folder.empty() ? "." : folder, error), error);
    return error ? path : relative.generic_string();
}

/// Where the last document begins, in lines.
std::size_t lastDocument(const std::vector<std::string_view>& lines)
{
    std::size_t begin = 0;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].starts_with("---") &&
            (lines[i].size() < 4 || std::isspace(static_cast<unsigned char>(lines[i][3]))))
            begin = i + 1;
    return begin;
}

/// What stands before the dash of each test in the last document; nullopt where tests are not its last key, or not a
/// line each.
std::optional<std::string> indentOfTests(const std::vector<std::string_view>& lines)
{
    const std::size_t none = lines.size();
    std::size_t key = none;
    for (std::size_t i = lastDocument(lines); i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        if (line.empty() || std::isspace(static_cast<unsigned char>(line[0])) || line[0] == '#' || line[0] == '-')
            continue;
        key = none;
        const std::size_t rest = line.find_first_not_of(" \t\r\n", 6);
        if (line.starts_with("tests:") && (rest == std::string_view::npos || line[rest] == '#'))
            key = i;
    }
    for (std::size_t i = key + 1; i < lines.size(); ++i) {
        const std::size_t begin = lines[i].find_first_not_of(' ');
        if (begin == std::string_view::npos || lines[i][begin] == '#' || lines[i][begin] == '\n')
            continue;
        return lines[i][begin] == '-' ? std::optional(std::string(begin, ' ')) : std::nullopt;
    }
    return std::nullopt;
}

std::string freeName(const std::string& wished, const std::vector<TestFile>& files)
{
    const auto taken = [&](const std::string& name) {
        return std::any_of(files.begin(), files.end(), [&](const TestFile& file) {
            return std::any_of(file.tests.begin(), file.tests.end(),
                               [&](const TestCase& test) { return test.name == name; });
        });
    };
    std::string name = wished;
    for (int i = 2; taken(name); ++i)
        name = wished + " (" + std::to_string(i) + ')';
    return name;
}

std::size_t testCount(const std::vector<TestFile>& files)
{
    std::size_t count = 0;
    for (const TestFile& file : files)
        count += file.tests.size();
    return count;
}

/// Whether a text, read again, has the tests that it had and this one as the last.
bool readsAs(const std::string& path, const std::string& text, const TestCase& test, std::size_t before)
{
    std::vector<model::Diagnostic> problems;
    const auto files = readTestText(path, text, problems);
    if (model::hasErrors(problems) || files.empty() || files.back().tests.empty() || testCount(files) != before + 1)
        return false;
    return caseValue(files.back().tests.back(), Value()) == caseValue(test, Value());
}

Value newDocument(const std::string& path, const std::vector<std::string>& manifests, const Value& test)
{
    Value document = Value::object();
    document.set("apiVersion", testApiVersion);
    document.set("kind", testKind);
    if (!manifests.empty()) {
        Value& list = document.set("manifests", Value::array());
        for (const std::string& manifest : manifests)
            list.push(besideFile(manifest, path));
    }
    document.set("tests", Value::array()).push(test);
    return document;
}

/// The line of the last test's dash, from 1.
std::size_t lineOfLast(const std::string& path, const std::string& text)
{
    std::vector<model::Diagnostic> ignored;
    return readTestText(path, text, ignored).back().tests.back().location.position.line;
}

} // namespace

model::Result<GrownTests, std::string> addTest(const std::string& path, std::string_view text,
                                               const std::vector<std::string>& manifests, TestCase test,
                                               const Value& expect)
{
    if (fs::path(path).extension() == ".json")
        return model::Unexpected{path + " is JSON; tests are added to YAML files"};
    const bool fresh = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    std::vector<model::Diagnostic> problems;
    const auto files = fresh ? std::vector<TestFile>() : readTestText(path, text, problems);
    if (model::hasErrors(problems))
        return model::Unexpected{model::toString(problems.front())};
    const std::size_t before = testCount(files);
    test.name = freeName(test.name, files);
    const Value value = caseValue(test, expect);

    std::string old(fresh ? std::string_view() : text);
    if (!old.empty() && !old.ends_with('\n'))
        old += '\n';
    const auto done = [&](std::string grown) {
        const std::size_t line = lineOfLast(path, grown);
        return GrownTests{std::move(grown), test.name, line};
    };
    const bool sameManifests =
        !files.empty() && (files.back().manifests.empty() || places(files.back().manifests) == places(manifests));
    if (const auto indent = sameManifests ? indentOfTests(linesOf(old)) : std::nullopt) {
        std::string grown = old;
        Value one = Value::array();
        one.push(value);
        const std::string block = importers::toYaml(one);
        for (const std::string_view line : linesOf(block))
            grown += (line == "\n" ? "" : *indent) + std::string(line);
        if (readsAs(path, grown, test, before))
            return done(std::move(grown));
    }
    std::string grown = fresh ? "# Tests of `gatehouse test`.\n" : old + "---\n";
    grown += importers::toYaml(newDocument(path, manifests, value));
    if (!readsAs(path, grown, test, before))
        return model::Unexpected{std::string("a test file cannot hold this request")};
    return done(std::move(grown));
}

} // namespace gatehouse::testing
