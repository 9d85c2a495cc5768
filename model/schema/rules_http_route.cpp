#include "model/schema/rules.h"

#include "model/schema/duration.h"

#include <algorithm>

namespace gatehouse::model::rules {
namespace {

bool replacesPrefix(const Value& filter)
{
    for (const std::string_view name : {"requestRedirect", "urlRewrite"}) {
        const Value* settings = filter.find(name);
        const Value* modifier = settings ? settings->find("path") : nullptr;
        if (modifier && textOf(*modifier, "type") == "ReplacePrefixMatch" && has(*modifier, "replacePrefixMatch"))
            return true;
    }
    return false;
}

bool hasOnePrefixMatch(const Value& rule)
{
    const Value::Array& matches = itemsOf(rule, "matches");
    const Value* path = matches.size() == 1 ? matches[0].find("path") : nullptr;
    return path && textOf(*path, "type") == "PathPrefix";
}

/// Every fault of an Exact or PathPrefix value; "" sentences are left out.
std::vector<std::string> pathFaults(const std::string& path)
{
    std::vector<std::string> faults;
    if (!path.starts_with('/'))
        faults.emplace_back("must start with /");
    for (const char* part : {"//", "/./", "/../", "%2f", "%2F", "#"})
        if (path.find(part) != std::string::npos)
            faults.emplace_back(std::string("must not contain ") + part);
    for (const char* end : {"/..", "/."})
        if (path.ends_with(end))
            faults.emplace_back(std::string("must not end with ") + end);
    // A '#' has its own sentence.
    if (faults.empty())
        if (std::string fault = checkFormat(Format::PathValue, path); !fault.empty())
            faults.push_back("is not valid: " + fault);
    return faults;
}

} // namespace

void pathValue(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        eachItem(rule, "matches", rulePath, [&](const Value& match, const FieldPath& at) {
            const Value* matchPath = match.find("path");
            if (!matchPath)
                return;
            const Value* value = matchPath->find("value");
            const std::string* text = value ? value->asString() : nullptr;
            const std::string& type = textOf(*matchPath, "type");
            if (!text || (type != "Exact" && type != "PathPrefix"))
                return;
            const FieldPath pathPath = at.member("path");
            for (std::string& fault : pathFaults(*text))
                run.fail(*value, pathPath.member("value"),
                         {"the path \"" + *text + "\" of type " + type + ' ' + fault, {}, {}});
        });
    });
}

void totalMatches(RuleRun& run, const Value& spec, const FieldPath& path)
{
    constexpr std::size_t most = 128;
    std::size_t total = 0;
    for (const Value& rule : itemsOf(spec, "rules"))
        total += itemsOf(rule, "matches").size();
    if (total > most)
        run.fail(*spec.find("rules"), path.member("rules"),
                 {"the rules have " + std::to_string(total) + " matches together", "at most " + std::to_string(most),
                  "split the route in two"});
}

void ruleNamesUnique(RuleRun& run, const Value& spec, const FieldPath& path)
{
    const Value::Array& rules = itemsOf(spec, "rules");
    const FieldPath listPath = path.member("rules");
    for (std::size_t i = 1; i < rules.size() && i < mostCompared; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (!has(rules[i], "name") || !sameMember(rules[j], rules[i], "name"))
                continue;
            const FieldPath rulePath = listPath.item(i);
            run.fail(*rules[i].find("name"), rulePath.member("name"),
                     {"the rule has the name of " + listPath.item(j).text(), {}, "rename one"});
            break;
        }
    }
}

void redirectWithoutBackends(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        if (itemsOf(rule, "backendRefs").empty())
            return;
        eachItem(rule, "filters", rulePath, [&](const Value& filter, const FieldPath& at) {
            if (has(filter, "requestRedirect"))
                run.fail(filter, at,
                         {"a rule that redirects forwards nothing, so it has no backendRefs",
                          {},
                          "remove backendRefs, or use URLRewrite to forward under another path"});
        });
    });
}

void prefixReplacementNeedsPrefix(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        if (hasOnePrefixMatch(rule))
            return;
        const auto check = [&](const Value& filter, const FieldPath& at) {
            if (replacesPrefix(filter))
                run.fail(filter, at,
                         {"replacePrefixMatch needs the rule to have one match and that to be a PathPrefix",
                          {},
                          "split the rule, one for each prefix"});
        };
        eachItem(rule, "filters", rulePath, check);
        eachItem(rule, "backendRefs", rulePath, [&](const Value& backend, const FieldPath& backendPath) {
            eachItem(backend, "filters", backendPath, check);
        });
    });
}

void timeoutOrder(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        const Value* timeouts = rule.find("timeouts");
        if (!timeouts)
            return;
        const auto request = parseDuration(textOf(*timeouts, "request"));
        const auto backend = parseDuration(textOf(*timeouts, "backendRequest"));
        if (!request || !backend || request->count() == 0 || *backend <= *request)
            return;
        const FieldPath timeoutsPath = rulePath.member("timeouts");
        run.fail(*timeouts->find("backendRequest"), timeoutsPath.member("backendRequest"),
                 {"one try of a backend may not take longer than the whole request",
                  "at most " + formatDuration(*request),
                  {}});
    });
}

void sessionPersistenceSettings(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        const Value* session = rule.find("sessionPersistence");
        const Value* cookie = session ? session->find("cookieConfig") : nullptr;
        if (!cookie)
            return;
        const FieldPath at = rulePath.member("sessionPersistence");
        if (textOf(*cookie, "lifetimeType") == "Permanent" && !has(*session, "absoluteTimeout"))
            run.fail(*session, at.member("absoluteTimeout"), {"a Permanent cookie needs an absoluteTimeout", {}, {}});
        if (textOf(*session, "type") != "Cookie")
            run.fail(*cookie, at.member("cookieConfig"), {"only sessions of type Cookie have it", {}, "remove it"});
    });
}

} // namespace gatehouse::model::rules
