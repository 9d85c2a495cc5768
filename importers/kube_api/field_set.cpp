#include "importers/kube_api/field_set.h"

#include "importers/kube_api/body_reader.h"
#include "importers/writers.h"

namespace gatehouse::importers {

using model::Value;

namespace {

void collectPaths(const FieldSet& set, const std::string& path, std::vector<std::string>& all);

std::string shownStep(const std::string& step)
{
    const std::string rest = step.size() > 2 ? step.substr(2) : std::string();
    if (step.starts_with("f:"))
        return '.' + rest;
    if (step.starts_with("v:"))
        return "[=" + rest + ']';
    const auto keys = step.starts_with("k:") ? readBodyText(rest, false) : Answer<Value>(Value());
    const auto* members = keys ? keys->asObject() : nullptr;
    if (!members)
        return '[' + rest + ']';
    std::string shown;
    for (const model::Member& member : *members)
        shown += (shown.empty() ? "[" : ",") + member.name + '=' + toJson(member.value, 0);
    return shown + ']';
}

void collectPaths(const FieldSet& set, const std::string& path, std::vector<std::string>& all)
{
    if (set.member)
        all.push_back(path);
    for (const auto& [step, below] : set.children)
        collectPaths(below, path + shownStep(step), all);
}

} // namespace

void FieldSet::add(const FieldSet& other)
{
    member = member || other.member;
    for (const auto& [step, below] : other.children)
        children[step].add(below);
}

void FieldSet::subtract(const FieldSet& other)
{
    member = member && !other.member;
    for (const auto& [step, below] : other.children) {
        const auto own = children.find(step);
        if (own == children.end())
            continue;
        own->second.subtract(below);
        if (own->second.empty())
            children.erase(own);
    }
}

void FieldSet::subtractWithContent(const FieldSet& other)
{
    if (other.member && other.children.empty()) {
        *this = {};
        return;
    }
    member = member && !other.member;
    for (const auto& [step, below] : other.children) {
        const auto own = children.find(step);
        if (own == children.end())
            continue;
        own->second.subtractWithContent(below);
        if (own->second.empty())
            children.erase(own);
    }
}

FieldSet FieldSet::intersection(const FieldSet& other) const
{
    FieldSet common;
    common.member = member && other.member;
    for (const auto& [step, below] : children) {
        const auto match = other.children.find(step);
        if (match == other.children.end())
            continue;
        if (FieldSet deeper = below.intersection(match->second); !deeper.empty())
            common.children.emplace(step, std::move(deeper));
    }
    return common;
}

std::vector<std::string> FieldSet::paths() const
{
    std::vector<std::string> all;
    collectPaths(*this, {}, all);
    return all;
}

Value toFieldsV1(const FieldSet& set)
{
    Value fields = Value::object();
    if (set.member && !set.children.empty())
        fields.set(".", Value::object());
    // Steps are unique and sorted, so that nothing has to be looked for.
    for (const auto& [step, below] : set.children)
        fields.asObject()->push_back({step, toFieldsV1(below), {}});
    return fields;
}

FieldSet fromFieldsV1(const Value& fields)
{
    FieldSet set;
    const auto* members = fields.asObject();
    if (!members)
        return set;
    for (const model::Member& member : *members)
        if (member.name != ".")
            set.children.emplace(member.name, fromFieldsV1(member.value));
    set.member = members->empty() || fields.find(".");
    return set;
}

} // namespace gatehouse::importers
