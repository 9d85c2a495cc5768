#include "app/control/compare/set_diff.h"

#include "importers/json/json_reader.h"
#include "importers/text_problem.h"
#include "importers/writers.h"
#include "model/base/value_diff.h"
#include "model/graph/status.h"

#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace gatehouse::control {
namespace {

using model::Value;

std::string nameOf(const model::ObjectKey& key)
{
    return key.kind + ' ' + toString(key.name);
}

constexpr std::string_view lastAppliedKey = "kubectl.kubernetes.io/last-applied-configuration";

/// Keys that a cluster writes and nobody means to compare.
bool isBookkeeping(std::string_view path)
{
    for (const std::string_view field : {"metadata.managedFields", "metadata.resourceVersion", "metadata.uid",
                                         "metadata.generation", "metadata.creationTimestamp", "status"})
        if (path.starts_with(field))
            return true;
    return false;
}

/// A document without what kubectl writes into it: a copy of all that it says, of a Secret's data, too. Lifetime: of
/// the document.
class Compared {
public:
    explicit Compared(const Value& document) : document_(&document)
    {
        const Value* metadata = document.find("metadata");
        const Value* annotations = metadata ? metadata->find("annotations") : nullptr;
        if (!annotations || !annotations->find(lastAppliedKey))
            return;
        document_ = &copy_.emplace(document);
        Value& cut = *copy_->find("metadata")->find("annotations");
        cut.erase(lastAppliedKey);
        if (cut.asObject()->empty())
            copy_->find("metadata")->erase("annotations");
    }
    Compared(const Compared&) = delete;
    Compared& operator=(const Compared&) = delete;
    [[nodiscard]] const Value& value() const { return *document_; }

private:
    std::optional<Value> copy_;
    const Value* document_;
};

/// What was applied last, as kubectl keeps it in an annotation; null where it did not.
Value lastApplied(const Value& document)
{
    const Value* at = &document;
    for (const std::string_view name : {std::string_view("metadata"), std::string_view("annotations"), lastAppliedKey})
        if (at = at->find(name); !at)
            return {};
    const std::string* text = at->asString();
    std::vector<model::Diagnostic> unread; // what somebody else wrote there is not for us to judge
    importers::ProblemList problems(nullptr, unread);
    std::vector<Value> values;
    if (!text || !importers::readJson({*text, 1, true}, {}, values, problems) || values.size() != 1)
        return {};
    return std::move(values.front());
}

/// The paths of what an applied document takes away: what only the cluster has is its own, as the address of a Service,
/// and stays.
std::set<std::string> takenAway(const Value& before, const Value& after)
{
    std::set<std::string> paths;
    if (const Value applied = lastApplied(before); !applied.isNull())
        for (const model::ValueChange& change : differences(applied, after))
            if (const Value::Object* members = change.before ? change.before->asObject() : nullptr;
                !change.after && (!members || !members->empty())) // kubectl writes empty annotations for none
                paths.insert(change.path);
    return paths;
}

std::vector<FieldChange> fieldChanges(const model::Resource& before, const model::Resource& after, SecondSet second)
{
    static const Value none = Value::object();
    const bool secret = before.key.group.empty() && before.key.kind == "Secret";
    std::vector<FieldChange> changes;
    const Compared was(before.document ? *before.document : none), is(after.document ? *after.document : none);
    std::optional<std::set<std::string>> gone;
    for (const model::ValueChange& change : differences(was.value(), is.value())) {
        if (isBookkeeping(change.path))
            continue;
        // Items of lists are replaced with their list.
        if (second == SecondSet::Applied && !change.after && !change.path.ends_with(']')) {
            if (!gone)
                gone = takenAway(before.document ? *before.document : none, is.value());
            if (!gone->contains(change.path))
                continue;
        }
        const bool hidden = secret && (change.path.starts_with("data") || change.path.starts_with("stringData"));
        const auto text = [&](const Value* value) {
            return !value ? std::string() : hidden ? "<redacted>" : importers::toJson(*value, 0);
        };
        changes.push_back({change.path, text(change.before), text(change.after)});
    }
    return changes;
}

std::map<model::ObjectKey, const model::Resource*> resourcesOf(const State& state)
{
    std::map<model::ObjectKey, const model::Resource*> resources;
    state.import.resources->forEach(
        [&](const model::Resource& resource) { resources.emplace(resource.key, &resource); });
    return resources;
}

std::vector<ResourceChange> compareResources(const State& before, const State& after, SecondSet second)
{
    const auto old = resourcesOf(before), now = resourcesOf(after);
    std::map<model::ObjectKey, ResourceChange> changes;
    for (const auto& [key, resource] : old) {
        const auto like = now.find(key);
        if (like == now.end()) {
            changes.emplace(key, ResourceChange{ChangeKind::Removed, key, resource->source, {}});
            continue;
        }
        auto fields =
            resource == like->second ? std::vector<FieldChange>{} : fieldChanges(*resource, *like->second, second);
        if (!fields.empty())
            changes.emplace(key, ResourceChange{ChangeKind::Changed, key, like->second->source, std::move(fields)});
    }
    for (const auto& [key, resource] : now)
        if (!old.contains(key))
            changes.emplace(key, ResourceChange{ChangeKind::Added, key, resource->source, {}});
    std::vector<ResourceChange> list;
    for (auto& [key, change] : changes)
        list.push_back(std::move(change));
    return list;
}

using AttachmentKey = std::pair<std::string, std::string>; ///< route, listener

struct Attached {
    std::string hosts;
    model::ObjectKey route;
};

std::map<AttachmentKey, Attached> attachmentsOf(const model::Graph& graph)
{
    std::map<AttachmentKey, Attached> attachments;
    for (const model::RouteNode& node : graph.routes)
        for (const model::ParentNode& parent : node.parents)
            for (const model::Attachment& attachment : parent.attachments) {
                if (!parent.accepted)
                    continue;
                const model::ListenerNode& listener = graph[attachment.listener];
                std::string place = "Gateway " + toString(graph[listener.gateway].resource->key.name);
                if (listener.listenerSet)
                    place += " ListenerSet " + toString(graph[*listener.listenerSet].resource->key.name);
                place += " listener " + listener.resource->name;
                std::string hosts;
                for (const model::Hostname& hostname : attachment.hostnames)
                    hosts += (hosts.empty() ? "" : ", ") + hostname.text();
                attachments.emplace(AttachmentKey{nameOf(node.resource->key), place},
                                    Attached{hosts.empty() ? "*" : hosts, node.resource->key});
            }
    return attachments;
}

std::vector<AttachmentChange> compareAttachments(const model::Graph& before, const model::Graph& after)
{
    auto old = attachmentsOf(before), now = attachmentsOf(after);
    std::map<AttachmentKey, AttachmentChange> changes;
    for (const auto& [key, was] : old) {
        const auto like = now.find(key);
        if (like == now.end())
            changes[key] = {ChangeKind::Removed, key.first, key.second, was.hosts, "", was.route};
        else if (like->second.hosts != was.hosts)
            changes[key] = {ChangeKind::Changed, key.first, key.second, was.hosts, like->second.hosts, was.route};
    }
    for (const auto& [key, is] : now)
        if (!old.contains(key))
            changes[key] = {ChangeKind::Added, key.first, key.second, "", is.hosts, is.route};
    std::vector<AttachmentChange> list;
    for (auto& [key, change] : changes)
        list.push_back(std::move(change));
    return list;
}

struct ConditionText {
    std::string state, message;
};
using StatusKey = std::tuple<model::ObjectKey, std::string, std::string>; ///< object, scope, type

std::string textOf(const Value& object, std::string_view member)
{
    const Value* const value = object.find(member);
    const std::string* const text = value ? value->asString() : nullptr;
    return text ? *text : std::string();
}

/// "parent infra/shared-gw section http"
std::string refScope(std::string_view what, const model::ObjectKey& owner, const Value& item, std::string_view member)
{
    const Value* const ref = item.find(member);
    if (!ref)
        return std::string(what);
    std::string namespace_ = textOf(*ref, "namespace");
    if (namespace_.empty())
        namespace_ = owner.name.namespace_;
    std::string text = std::string(what) + ' ' + namespace_ + '/' + textOf(*ref, "name");
    if (const std::string section = textOf(*ref, "sectionName"); !section.empty())
        text += " section " + section;
    if (const Value* const port = ref->find("port"); port && port->asInt())
        text += " port " + std::to_string(*port->asInt());
    return text;
}

class Conditions {
public:
    explicit Conditions(const State& state)
    {
        for (const auto& [key, status] : model::statuses(*state.graph, state.programming, {model::Timestamp{}})) {
            add(key, "", *status);
            each(*status, "listeners", [&](const Value& item) { add(key, "listener " + textOf(item, "name"), item); });
            each(*status, "parents",
                 [&](const Value& item) { add(key, refScope("parent", key, item, "parentRef"), item); });
            each(*status, "ancestors",
                 [&](const Value& item) { add(key, refScope("ancestor", key, item, "ancestorRef"), item); });
        }
    }
    std::map<StatusKey, ConditionText> found;

private:
    template <class Visit>
    static void each(const Value& status, std::string_view member, Visit&& visit)
    {
        const Value* const list = status.find(member);
        if (list && list->asArray())
            for (const Value& item : *list->asArray())
                visit(item);
    }

    void add(const model::ObjectKey& key, const std::string& scope, const Value& holder)
    {
        each(holder, "conditions", [&](const Value& condition) {
            found[{key, scope, textOf(condition, "type")}] = {
                textOf(condition, "status") + " (" + textOf(condition, "reason") + ')', textOf(condition, "message")};
        });
    }
};

std::vector<StatusChange> compareStatuses(const State& before, const State& after)
{
    const Conditions old(before), now(after);
    const auto had = resourcesOf(before), has = resourcesOf(after);
    std::map<StatusKey, StatusChange> changes;
    const auto change = [&](const StatusKey& key) -> StatusChange& {
        StatusChange& made = changes[key];
        made.key = std::get<0>(key);
        made.object = nameOf(made.key);
        made.scope = std::get<1>(key);
        made.type = std::get<2>(key);
        return made;
    };
    const auto inBoth = [&](const StatusKey& key) {
        return had.contains(std::get<0>(key)) && has.contains(std::get<0>(key));
    };
    for (const auto& [key, text] : old.found) {
        const auto like = now.found.find(key);
        if (!inBoth(key) || (like != now.found.end() && like->second.state == text.state))
            continue;
        StatusChange& made = change(key);
        made.before = text.state;
        made.after = like == now.found.end() ? "" : like->second.state;
        made.message = like == now.found.end() ? text.message : like->second.message;
    }
    for (const auto& [key, text] : now.found)
        if (inBoth(key) && !old.found.contains(key)) {
            StatusChange& made = change(key);
            made.after = text.state;
            made.message = text.message;
        }
    std::vector<StatusChange> list;
    for (auto& [key, made] : changes)
        list.push_back(std::move(made));
    return list;
}

} // namespace

std::string_view toString(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Added:
        return "added";
    case ChangeKind::Removed:
        return "removed";
    case ChangeKind::Changed:
        break;
    }
    return "changed";
}

SetDiff compareStates(const State& before, const State& after, SecondSet second)
{
    SetDiff diff;
    diff.resources = compareResources(before, after, second);
    diff.attachments = compareAttachments(*before.graph, *after.graph);
    diff.statuses = compareStatuses(before, after);
    diff.behaviour = routing::compareBehaviour(*before.snapshot, *after.snapshot);
    return diff;
}

} // namespace gatehouse::control
