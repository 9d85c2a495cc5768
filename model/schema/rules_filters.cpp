#include "model/schema/rules.h"

#include <algorithm>

namespace gatehouse::model::rules {
namespace {

struct FilterMember {
    std::string_view type;
    std::string_view member;
    bool repeatable;
};

constexpr FilterMember filterMembers[] = {
    {"RequestHeaderModifier", "requestHeaderModifier", false},
    {"ResponseHeaderModifier", "responseHeaderModifier", false},
    {"RequestMirror", "requestMirror", true},
    {"RequestRedirect", "requestRedirect", false},
    {"URLRewrite", "urlRewrite", false},
    {"CORS", "cors", false},
    {"ExternalAuth", "externalAuth", true},
    {"ExtensionRef", "extensionRef", true},
};

/// A path modifier, and an external authorisation, carry the member that their type names and no other.
void checkMember(RuleRun& run, const Value& owner, const FieldPath& path, std::string_view discriminator,
                 const FilterMember& row)
{
    const bool wanted = textOf(owner, discriminator) == row.type;
    const Value* member = owner.find(row.member);
    const std::string name(row.member), type(row.type);
    if (wanted && !member)
        run.fail(owner, path.member(row.member), {type + " needs " + name, {}, "add " + name});
    if (!wanted && member && has(owner, discriminator))
        run.fail(*member, path.member(row.member),
                 {name + " does not belong to " + textOf(owner, discriminator),
                  {},
                  "remove it, or set " + std::string(discriminator) + ": " + type});
}

} // namespace

void filterUnion(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachFilter(spec, path, [&](const Value& filter, const FieldPath& at) {
        for (const FilterMember& row : filterMembers)
            checkMember(run, filter, at, "type", row);
    });
}

void filtersNotRepeated(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachFilterOwner(spec, path, [&](const Value& owner, const FieldPath& ownerPath) {
        for (const FilterMember& row : filterMembers) {
            bool seen = row.repeatable;
            if (seen)
                continue;
            eachItem(owner, "filters", ownerPath, [&](const Value& filter, const FieldPath& at) {
                if (textOf(filter, "type") != row.type)
                    return;
                if (seen)
                    run.fail(filter, at,
                             {"a list has one filter of type " + std::string(row.type) + " at most",
                              {},
                              "merge it with the first"});
                seen = true;
            });
        }
    });
}

void redirectOrRewrite(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachFilterOwner(spec, path, [&](const Value& owner, const FieldPath& ownerPath) {
        const Value::Array& filters = itemsOf(owner, "filters");
        const bool redirects = std::any_of(filters.begin(), filters.end(),
                                           [](const Value& f) { return textOf(f, "type") == "RequestRedirect"; });
        if (!redirects)
            return;
        eachItem(owner, "filters", ownerPath, [&](const Value& filter, const FieldPath& at) {
            if (textOf(filter, "type") == "URLRewrite")
                run.fail(filter, at, {"URLRewrite and RequestRedirect exclude each other", {}, "remove one of them"});
        });
    });
}

void pathModifierUnion(RuleRun& run, const Value& spec, const FieldPath& path)
{
    constexpr FilterMember members[] = {{"ReplaceFullPath", "replaceFullPath", false},
                                        {"ReplacePrefixMatch", "replacePrefixMatch", false}};
    eachFilter(spec, path, [&](const Value& filter, const FieldPath& at) {
        for (const std::string_view name : {"requestRedirect", "urlRewrite"}) {
            const Value* settings = filter.find(name);
            const Value* modifier = settings ? settings->find("path") : nullptr;
            if (!modifier)
                continue;
            const FieldPath settingsPath = at.member(name);
            for (const FilterMember& row : members)
                checkMember(run, *modifier, settingsPath.member("path"), "type", row);
        }
    });
}

void mirrorShare(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachFilter(spec, path, [&](const Value& filter, const FieldPath& at) {
        const Value* mirror = filter.find("requestMirror");
        const Value* fraction = mirror ? mirror->find("fraction") : nullptr;
        if (!fraction)
            return;
        const FieldPath mirrorPath = at.member("requestMirror");
        const FieldPath fractionPath = mirrorPath.member("fraction");
        if (has(*mirror, "percent"))
            run.fail(*fraction, fractionPath, {"percent and fraction exclude each other", {}, "remove one of them"});
        const Value* numerator = fraction->find("numerator");
        const Value* denominator = fraction->find("denominator");
        if (numerator && denominator && numerator->asInt() && denominator->asInt() &&
            *numerator->asInt() > *denominator->asInt())
            run.fail(
                *numerator, fractionPath.member("numerator"),
                {"no more than every request can be copied", "at most " + std::to_string(*denominator->asInt()), {}});
    });
}

void corsWildcardAlone(RuleRun& run, const Value& spec, const FieldPath& path)
{
    eachFilter(spec, path, [&](const Value& filter, const FieldPath& at) {
        const Value* cors = filter.find("cors");
        if (!cors)
            return;
        const FieldPath corsPath = at.member("cors");
        for (const std::string_view name : {"allowOrigins", "allowMethods", "allowHeaders"}) {
            const Value::Array& items = itemsOf(*cors, name);
            const bool any = std::any_of(items.begin(), items.end(),
                                         [](const Value& item) { return item.isString() && *item.asString() == "*"; });
            if (any && items.size() > 1)
                run.fail(*cors->find(name), corsPath.member(name),
                         {"* covers everything, so it stands alone", {}, "remove *, or the others"});
        }
    });
}

void externalAuthProtocol(RuleRun& run, const Value& spec, const FieldPath& path)
{
    constexpr FilterMember members[] = {{"GRPC", "grpc", false}, {"HTTP", "http", false}};
    eachFilter(spec, path, [&](const Value& filter, const FieldPath& at) {
        if (const Value* auth = filter.find("externalAuth"))
            for (const FilterMember& row : members)
                checkMember(run, *auth, at.member("externalAuth"), "protocol", row);
    });
}

} // namespace gatehouse::model::rules
