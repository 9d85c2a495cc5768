#include "model/schema/rules.h"

namespace gatehouse::model::rules {
namespace {

void comparePairs(RuleRun& run, const Value& spec, const FieldPath& path, bool (*clash)(const Value&, const Value&),
                  const char* message)
{
    const Value::Array& refs = itemsOf(spec, "targetRefs");
    const FieldPath listPath = path.member("targetRefs");
    for (std::size_t i = 1; i < refs.size() && i < mostCompared; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Value &a = refs[j], &b = refs[i];
            if (!has(a, "name") || !sameMember(a, b, "group") || !sameMember(a, b, "kind") ||
                !sameMember(a, b, "name") || !clash(a, b))
                continue;
            run.fail(
                b, listPath.item(i),
                {message + listPath.item(j).text(), {}, "give each reference to this target a sectionName of its own"});
            break;
        }
    }
}

} // namespace

void caCertificateSource(RuleRun& run, const Value& spec, const FieldPath& path)
{
    const Value* validation = spec.find("validation");
    if (!validation || !validation->isObject())
        return;
    const bool refs = !itemsOf(*validation, "caCertificateRefs").empty();
    const bool wellKnown = !textOf(*validation, "wellKnownCACertificates").empty();
    const FieldPath at = path.member("validation");
    if (refs && wellKnown)
        run.fail(*validation->find("wellKnownCACertificates"), at.member("wellKnownCACertificates"),
                 {"caCertificateRefs and wellKnownCACertificates exclude each other", {}, "remove one of them"});
    if (!refs && !wellKnown)
        run.fail(*validation, at,
                 {"says nothing about whom to trust", "caCertificateRefs or wellKnownCACertificates",
                  "add caCertificateRefs with a ConfigMap, or wellKnownCACertificates: System"});
}

void targetRefsTellApart(RuleRun& run, const Value& spec, const FieldPath& path)
{
    comparePairs(
        run, spec, path, [](const Value& a, const Value& b) { return has(a, "sectionName") != has(b, "sectionName"); },
        "means the same target, as a whole or in part, as ");
}

void targetRefsUnique(RuleRun& run, const Value& spec, const FieldPath& path)
{
    comparePairs(
        run, spec, path, [](const Value& a, const Value& b) { return sameMember(a, b, "sectionName"); }, "repeats ");
}

void subjectAltNameUnion(RuleRun& run, const Value& spec, const FieldPath& path)
{
    const Value* validation = spec.find("validation");
    if (!validation)
        return;
    eachItem(*validation, "subjectAltNames", path.member("validation"), [&](const Value& name, const FieldPath& at) {
        const std::string& type = textOf(name, "type");
        const auto check = [&](std::string_view wantedType, std::string_view member) {
            const bool set = !textOf(name, member).empty();
            const std::string word(member);
            if (type == wantedType && !set)
                run.fail(name, at.member(member), {"type " + type + " needs " + word, {}, "add " + word});
            if (type != wantedType && !type.empty() && set)
                run.fail(*name.find(member), at.member(member),
                         {word + " does not belong to type " + type, {}, "remove it"});
        };
        check("Hostname", "hostname");
        check("URI", "uri");
    });
}

} // namespace gatehouse::model::rules
