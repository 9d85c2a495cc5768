#include "app/cli/output/diagnostics.h"

#include "app/control/codes/codes.h"

#include <algorithm>
#include <set>

namespace gatehouse::cli {

namespace {

using model::Diagnostic;
using model::Severity;
using model::Value;

/// SARIF calls an Info a note.
const char* level(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Info:
        return "note";
    }
    return "none";
}

/// SARIF wants a URI reference (RFC 3986): everything that has a meaning in one is escaped.
std::string uriOf(const std::string& path)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || c == '/' || c == '.' || c == '-' || c == '_' || c == '~';
        if (plain)
            uri += c;
        else
            (uri += '%').append({hex[byte >> 4], hex[byte & 15]});
    }
    return uri;
}

Value textOf(const std::string& text)
{
    Value message = Value::object();
    message.set("text", text);
    return message;
}

Value resultOf(const Diagnostic& problem)
{
    Value result = Value::object();
    result.set("ruleId", problem.code);
    result.set("level", level(problem.severity));
    // Place, level and code have fields of their own: the message is the rest of the contract's line.
    Diagnostic unplaced = problem;
    unplaced.location = {};
    const std::string line = toString(unplaced);
    const std::size_t prefix = toString(problem.severity).size() + 1 + problem.code.size();
    result.set("message", textOf(line.substr(std::min(line.find_first_not_of(" :", prefix), line.size()))));
    Value& locations = result.set("locations", Value::array());
    if (!problem.location.file)
        return result;
    Value& location = locations.push(Value::object());
    Value& physical = location.set("physicalLocation", Value::object());
    physical.set("artifactLocation", Value::object()).set("uri", uriOf(*problem.location.file));
    if (const model::Position position = problem.location.position; position.known()) {
        Value& region = physical.set("region", Value::object());
        region.set("startLine", static_cast<std::int64_t>(position.line));
        if (position.column > 0)
            region.set("startColumn", static_cast<std::int64_t>(position.column));
    }
    if (problem.object) {
        Value& logical = location.set("logicalLocations", Value::array()).push(Value::object());
        logical.set("fullyQualifiedName",
                    toString(*problem.object) + (problem.fieldPath.empty() ? "" : ' ' + problem.fieldPath));
    }
    return result;
}

Value ruleOf(const std::string& code)
{
    Value rule = Value::object();
    rule.set("id", code);
    const control::CodeInfo* info = control::findCode(code);
    if (!info)
        return rule;
    rule.set("shortDescription", textOf(info->title));
    rule.set("fullDescription", textOf(info->meaning));
    rule.set("help", textOf("`gatehouse check --explain " + code + "` shows it wrong and right. " +
                            control::suppressionHelp(*info)));
    rule.set("defaultConfiguration", Value::object()).set("level", level(info->severity));
    return rule;
}

} // namespace

Value problemsToSarif(const std::vector<Diagnostic>& problems)
{
    std::set<std::string> codes;
    for (const Diagnostic& problem : problems)
        codes.insert(problem.code);

    Value log = Value::object();
    log.set("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.set("version", "2.1.0");
    Value& run = log.set("runs", Value::array()).push(Value::object());
    Value& driver = run.set("tool", Value::object()).set("driver", Value::object());
    driver.set("name", "gatehouse");
    driver.set("version", GATEHOUSE_VERSION);
    Value& rules = driver.set("rules", Value::array());
    for (const std::string& code : codes)
        rules.push(ruleOf(code));
    run.set("columnKind", "unicodeCodePoints");
    Value& results = run.set("results", Value::array());
    for (const Diagnostic& problem : problems)
        results.push(resultOf(problem));
    return log;
}

} // namespace gatehouse::cli
