#pragma once

#include "model/schema/field_path.h"
#include "model/schema/schema.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::model::rules {

/// One rule between fields at work: what it looks at and where it reports. Rules see objects that may have failed their
/// schema, so they take nothing for granted but what they look up. Lifetime: of one validateRules() call.
class RuleRun {
public:
    RuleRun(std::string_view code, const CheckContext& context, std::vector<Diagnostic>& problems)
        : code_(code), context_(context), problems_(problems)
    {
    }

    struct Fault {
        std::string message;
        std::string expected;
        std::string remedy;
    };
    void fail(const Value& at, const FieldPath& path, Fault fault);

private:
    std::string_view code_;
    const CheckContext& context_;
    std::vector<Diagnostic>& problems_;
};

/// A named rule: which kinds have it, its stable code, and its function, which gets the object's spec.
struct Rule {
    std::string_view name;
    const char* code;
    std::vector<std::string_view> kinds;
    void (*check)(RuleRun& run, const Value& spec, const FieldPath& path);
};

/// All rules in order of code.
const std::vector<Rule>& allRules();

// Look-ups that never fail.
const std::string& textOf(const Value& object, std::string_view name);
bool has(const Value& object, std::string_view name);
const Value::Array& itemsOf(const Value& object, std::string_view name);
/// Equal when both are absent or both are there with the same content.
bool sameMember(const Value& a, const Value& b, std::string_view name);

/// Rules that compare every item with every other stop here; the schema refuses longer lists anyway.
inline constexpr std::size_t mostCompared = 128;

/// Calls visit(item, path) for each item of the list `name` of `object`.
template <class Visit>
void eachItem(const Value& object, std::string_view name, const FieldPath& path, Visit visit)
{
    const Value::Array& items = itemsOf(object, name);
    const FieldPath listPath = path.member(name);
    for (std::size_t i = 0; i < items.size(); ++i)
        visit(items[i], listPath.item(i));
}

// rules_listeners.cpp
void listenerWithoutTls(RuleRun& run, const Value& spec, const FieldPath& path);
void httpsTerminates(RuleRun& run, const Value& spec, const FieldPath& path);
void tlsNeedsMode(RuleRun& run, const Value& spec, const FieldPath& path);
void listenerWithoutHostname(RuleRun& run, const Value& spec, const FieldPath& path);
void listenersDistinct(RuleRun& run, const Value& spec, const FieldPath& path);
void terminateNeedsCertificate(RuleRun& run, const Value& spec, const FieldPath& path);
void addressesUnique(RuleRun& run, const Value& spec, const FieldPath& path);
void addressValue(RuleRun& run, const Value& spec, const FieldPath& path);
void labelSelectorOperators(RuleRun& run, const Value& spec, const FieldPath& path);
// rules_parent_refs.cpp
void parentRefsTellApart(RuleRun& run, const Value& spec, const FieldPath& path);
void parentRefsUnique(RuleRun& run, const Value& spec, const FieldPath& path);
// rules_http_route.cpp
void pathValue(RuleRun& run, const Value& spec, const FieldPath& path);
void totalMatches(RuleRun& run, const Value& spec, const FieldPath& path);
void ruleNamesUnique(RuleRun& run, const Value& spec, const FieldPath& path);
void redirectWithoutBackends(RuleRun& run, const Value& spec, const FieldPath& path);
void prefixReplacementNeedsPrefix(RuleRun& run, const Value& spec, const FieldPath& path);
void timeoutOrder(RuleRun& run, const Value& spec, const FieldPath& path);
void sessionPersistenceSettings(RuleRun& run, const Value& spec, const FieldPath& path);
// rules_filters.cpp
void filterUnion(RuleRun& run, const Value& spec, const FieldPath& path);
void filtersNotRepeated(RuleRun& run, const Value& spec, const FieldPath& path);
void redirectOrRewrite(RuleRun& run, const Value& spec, const FieldPath& path);
void pathModifierUnion(RuleRun& run, const Value& spec, const FieldPath& path);
void mirrorShare(RuleRun& run, const Value& spec, const FieldPath& path);
void corsWildcardAlone(RuleRun& run, const Value& spec, const FieldPath& path);
void externalAuthProtocol(RuleRun& run, const Value& spec, const FieldPath& path);
// rules_backend_refs.cpp
void servicePortNeeded(RuleRun& run, const Value& spec, const FieldPath& path);
// rules_grpc_route.cpp
void grpcMethodNotEmpty(RuleRun& run, const Value& spec, const FieldPath& path);
void grpcMethodCharacters(RuleRun& run, const Value& spec, const FieldPath& path);
// rules_backend_tls.cpp
void caCertificateSource(RuleRun& run, const Value& spec, const FieldPath& path);
void targetRefsTellApart(RuleRun& run, const Value& spec, const FieldPath& path);
void targetRefsUnique(RuleRun& run, const Value& spec, const FieldPath& path);
void subjectAltNameUnion(RuleRun& run, const Value& spec, const FieldPath& path);

/// Calls visit(owner, path) for everything that has a `filters` list: rules, then their backendRefs.
template <class Visit>
void eachFilterOwner(const Value& spec, const FieldPath& path, Visit visit)
{
    eachItem(spec, "rules", path, [&](const Value& rule, const FieldPath& rulePath) {
        visit(rule, rulePath);
        eachItem(rule, "backendRefs", rulePath, visit);
    });
}

/// Calls visit(filter, path) for every filter of the route.
template <class Visit>
void eachFilter(const Value& spec, const FieldPath& path, Visit visit)
{
    eachFilterOwner(spec, path, [&](const Value& owner, const FieldPath& ownerPath) {
        eachItem(owner, "filters", ownerPath, visit);
    });
}

} // namespace gatehouse::model::rules
