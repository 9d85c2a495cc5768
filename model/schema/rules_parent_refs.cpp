#include "model/schema/rules.h"

namespace gatehouse::model::rules {
namespace {

/// Two references of one parent. A namespace that is written out differs from an absent one, also when both mean the
/// route's own: the CRDs compare what is written.
bool sameParent(const Value& a, const Value& b)
{
    return has(a, "name") && sameMember(a, b, "group") && sameMember(a, b, "kind") && sameMember(a, b, "name") &&
           sameMember(a, b, "namespace");
}

bool samePresence(const Value& a, const Value& b, std::string_view name)
{
    return has(a, name) == has(b, name);
}

/// Reports each reference for which an earlier one of the same parent makes `clash` true, once.
void comparePairs(RuleRun& run, const Value& spec, const FieldPath& path, bool (*clash)(const Value&, const Value&),
                  const char* message, const char* remedy)
{
    const Value::Array& refs = itemsOf(spec, "parentRefs");
    const FieldPath listPath = path.member("parentRefs");
    for (std::size_t i = 1; i < refs.size() && i < mostCompared; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (!sameParent(refs[j], refs[i]) || !clash(refs[j], refs[i]))
                continue;
            run.fail(refs[i], listPath.item(i), {message + listPath.item(j).text(), {}, remedy});
            break;
        }
    }
}

} // namespace

void parentRefsTellApart(RuleRun& run, const Value& spec, const FieldPath& path)
{
    comparePairs(
        run, spec, path,
        [](const Value& a, const Value& b) {
            return !samePresence(a, b, "sectionName") || !samePresence(a, b, "port");
        },
        "means the same parent in another way than ",
        "give sectionName, port or both in each reference to this parent");
}

void parentRefsUnique(RuleRun& run, const Value& spec, const FieldPath& path)
{
    comparePairs(
        run, spec, path,
        [](const Value& a, const Value& b) { return sameMember(a, b, "sectionName") && sameMember(a, b, "port"); },
        "repeats ", "remove one, or give them different sectionNames or ports");
}

} // namespace gatehouse::model::rules
