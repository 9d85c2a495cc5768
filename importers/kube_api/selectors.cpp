#include "importers/kube_api/selectors.h"

#include "importers/decode/decode_context.h"
#include "model/schema/schema.h"

#include <algorithm>
#include <cctype>

namespace gatehouse::importers {
namespace {

using model::Unexpected;
using model::Value;
using LabelTerm = Selection::LabelTerm;
using FieldTerm = Selection::FieldTerm;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    return text;
}

/// The parts between commas that are not inside parentheses.
std::vector<std::string_view> splitTerms(std::string_view text)
{
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] == '(')
            ++depth;
        if (i < text.size() && text[i] == ')')
            --depth;
        if (i < text.size() && (text[i] != ',' || depth > 0))
            continue;
        if (const std::string_view part = trimmed(text.substr(begin, i - begin)); !part.empty())
            parts.push_back(part);
        begin = i + 1;
    }
    return parts;
}

bool isKey(std::string_view key)
{
    return model::checkFormat(model::Format::LabelKey, key).empty();
}

bool isValue(std::string_view value)
{
    return value.empty() || model::checkFormat(model::Format::LabelValue, value).empty();
}

/// "key in (a, b)" and "key notin (a)".
bool readSet(std::string_view term, LabelTerm& read)
{
    const std::size_t open = term.find('(');
    if (open == std::string_view::npos || !term.ends_with(')'))
        return false;
    const std::string_view head = trimmed(term.substr(0, open));
    const std::size_t blank = head.find_last_of(" \t");
    if (blank == std::string_view::npos)
        return false;
    const std::string_view word = head.substr(blank + 1);
    if (word != "in" && word != "notin")
        return false;
    read.op = word == "in" ? LabelTerm::Operator::In : LabelTerm::Operator::NotIn;
    read.key = trimmed(head.substr(0, blank));
    std::string_view values = term.substr(open + 1, term.size() - open - 2);
    for (;;) {
        const std::size_t comma = values.find(',');
        read.values.emplace_back(trimmed(values.substr(0, comma)));
        if (comma == std::string_view::npos)
            break;
        values = values.substr(comma + 1);
    }
    return std::all_of(read.values.begin(), read.values.end(), isValue);
}

struct Comparison {
    std::string_view left, right;
    bool equal = true;
    bool found = false;
};

/// "a=b", "a==b" and "a!=b".
Comparison splitComparison(std::string_view term)
{
    const std::size_t at = term.find('=');
    if (at == std::string_view::npos || at == 0)
        return {};
    const bool unequal = term[at - 1] == '!';
    const bool twice = !unequal && at + 1 < term.size() && term[at + 1] == '=';
    return {trimmed(term.substr(0, unequal ? at - 1 : at)), trimmed(term.substr(at + (twice ? 2 : 1))), !unequal, true};
}

/// API machinery's grammar: "k in (a,b)", "k notin (a)", "k=v", "k==v", "k!=v", "k", "!k".
bool readLabelTerm(std::string_view term, LabelTerm& read)
{
    if (term.find('(') != std::string_view::npos)
        return readSet(term, read) && isKey(read.key);
    if (const Comparison comparison = splitComparison(term); comparison.found) {
        read.op = comparison.equal ? LabelTerm::Operator::In : LabelTerm::Operator::NotIn;
        read.key = comparison.left;
        read.values.emplace_back(comparison.right);
        return isKey(read.key) && isValue(read.values.front());
    }
    const bool absent = term.front() == '!';
    read.op = absent ? LabelTerm::Operator::DoesNotExist : LabelTerm::Operator::Exists;
    read.key = trimmed(absent ? term.substr(1) : term);
    return isKey(read.key);
}

struct FieldsOfKind {
    std::string_view kind;
    std::vector<std::string_view> fields;
};

/// Fields by which API servers select, besides metadata.name and metadata.namespace.
const std::vector<FieldsOfKind>& selectableFields()
{
    static const std::vector<FieldsOfKind> all = {
        {"Pod",
         {"spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
          "status.phase", "status.podIP", "status.nominatedNodeName"}},
        {"Event",
         {"involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
          "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
          "reportingComponent", "source", "type", "regarding.kind", "regarding.namespace", "regarding.name",
          "regarding.uid", "reportingController"}},
        {"Secret", {"type"}},
        {"Namespace", {"status.phase"}},
        {"Node", {"spec.unschedulable"}},
        {"ReplicaSet", {"status.replicas"}},
        {"Service", {"spec.clusterIP", "spec.type"}},
    };
    return all;
}

bool isSelectable(const ApiKind& kind, std::string_view field)
{
    if (field == "metadata.name" || (field == "metadata.namespace" && kind.namespaced))
        return true;
    for (const FieldsOfKind& row : selectableFields())
        if (row.kind == kind.kind)
            return std::find(row.fields.begin(), row.fields.end(), field) != row.fields.end();
    return false;
}

std::vector<std::string> splitPath(std::string_view field)
{
    std::vector<std::string> path;
    for (;;) {
        const std::size_t dot = field.find('.');
        path.emplace_back(field.substr(0, dot));
        if (dot == std::string_view::npos)
            return path;
        field = field.substr(dot + 1);
    }
}

std::string fieldText(const Value& object, const std::vector<std::string>& path)
{
    const Value* at = &object;
    for (const std::string& name : path)
        if (!(at = at->find(name)))
            return {};
    if (const std::string* text = at->asString())
        return *text;
    if (const auto number = at->asInt())
        return std::to_string(*number);
    if (const auto flag = at->asBool())
        return *flag ? "true" : "false";
    return {};
}

bool matchesLabel(const LabelTerm& term, const Value* labels)
{
    const Value* label = labels ? labels->find(term.key) : nullptr;
    const std::string* value = label ? label->asString() : nullptr;
    const bool listed = value && std::find(term.values.begin(), term.values.end(), *value) != term.values.end();
    switch (term.op) {
    case LabelTerm::Operator::In:
        return listed;
    case LabelTerm::Operator::NotIn:
        return !listed;
    case LabelTerm::Operator::Exists:
        return value != nullptr;
    case LabelTerm::Operator::DoesNotExist:
        return value == nullptr;
    }
    return false;
}

} // namespace

bool Selection::matches(const Value& object) const
{
    const Value* metadata = labels.empty() ? nullptr : object.find("metadata");
    const Value* own = metadata ? metadata->find("labels") : nullptr;
    return std::all_of(labels.begin(), labels.end(), [&](const LabelTerm& term) { return matchesLabel(term, own); }) &&
           std::all_of(fields.begin(), fields.end(), [&](const FieldTerm& term) {
               return (fieldText(object, term.path) == term.value) == term.equal;
           });
}

Answer<Selection> readSelection(const ApiRequest& request, const ApiKind& kind)
{
    Selection selection;
    for (const std::string_view term : splitTerms(request.parameter("labelSelector"))) {
        LabelTerm read;
        if (!readLabelTerm(term, read))
            return Unexpected{badRequest("unable to parse requirement: " + std::string(term))};
        selection.labels.push_back(std::move(read));
    }
    for (const std::string_view term : splitTerms(request.parameter("fieldSelector"))) {
        const Comparison comparison = splitComparison(term);
        if (!comparison.found)
            return Unexpected{badRequest("invalid selector: '" + std::string(term) + "'; can't understand '" +
                                         std::string(term) + '\'')};
        if (!isSelectable(kind, comparison.left))
            return Unexpected{badRequest("field label not supported: " + std::string(comparison.left))};
        selection.fields.push_back({splitPath(comparison.left), std::string(comparison.right), comparison.equal});
    }
    return selection;
}

} // namespace gatehouse::importers
