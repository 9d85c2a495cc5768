#include "importers/kube_api/server_side_apply.h"

#include "importers/decode/decode_context.h"
#include "importers/kube_api/value_tools.h"

#include <algorithm>
#include <map>

namespace gatehouse::importers {

using model::Unexpected;
using model::Value;

namespace {

bool isOwn(const ManagedEntry& entry, const FieldWriter& writer)
{
    return entry.manager == writer.manager && entry.operation == "Apply" && entry.subresource == writer.subresource;
}

void mergeValue(Value& target, const Value& config, const MergeShape& shape);

void mergeLists(Value& target, const Value::Array& config, const MergeShape& shape)
{
    const ListRule rule = shape.list();
    Value::Array& list = *target.asArray();
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < list.size(); ++i)
        places.emplace(itemStep(list[i], rule), i);
    for (const Value& item : config) {
        const std::string step = itemStep(item, rule);
        const auto place = step.empty() ? places.end() : places.find(step);
        if (place == places.end())
            list.push_back(item);
        else
            mergeValue(list[place->second], item, shape.item());
    }
}

/// `config` wins where both say something; lists and objects merge as their shape says.
void mergeValue(Value& target, const Value& config, const MergeShape& shape)
{
    if (config.isArray() && target.isArray() && shape.list().kind != ListRule::Kind::Atomic)
        return mergeLists(target, *config.asArray(), shape);
    if (!config.isObject() || !target.isObject() || shape.isAtomicObject()) {
        target = config;
        return;
    }
    MemberEditor editor(target);
    for (const model::Member& member : *config.asObject()) {
        if (Value* old = editor.find(member.name))
            mergeValue(*old, member.value, shape.member(member.name));
        else
            editor.make(member.name) = member.value;
    }
}

/// Removes the places of `gone` that `others` do not own, or own nothing below. Returns whether `value` itself goes.
class Pruner {
public:
    static bool prune(Value& value, const FieldSet& gone, const FieldSet* others, const MergeShape& shape)
    {
        if (gone.member && !others)
            return true;
        if (Value::Object* members = value.asObject()) {
            std::erase_if(*members, [&](model::Member& member) {
                return pruneStep(member.value, "f:" + member.name, gone, others, shape.member(member.name));
            });
            // An object that only held what is gone goes with it.
            return members->empty() && !gone.children.empty() && !others;
        }
        if (Value::Array* items = value.asArray()) {
            const ListRule rule = shape.list();
            if (rule.kind == ListRule::Kind::Atomic)
                return false;
            std::erase_if(
                *items, [&](Value& item) { return pruneStep(item, itemStep(item, rule), gone, others, shape.item()); });
            return items->empty() && !gone.children.empty() && !others;
        }
        return false;
    }

private:
    static bool pruneStep(Value& value, const std::string& step, const FieldSet& gone, const FieldSet* others,
                          const MergeShape& shape)
    {
        const auto below = gone.children.find(step);
        if (below == gone.children.end())
            return false;
        const FieldSet* owned = nullptr;
        if (others)
            if (const auto found = others->children.find(step); found != others->children.end())
                owned = &found->second;
        return prune(value, below->second, owned, shape);
    }
};

ApiError conflictError(const ApiKind& kind, const std::string& name,
                       const std::vector<std::pair<std::string, std::string>>& conflicts)
{
    ApiError error;
    error.code = 409;
    error.reason = "Conflict";
    error.group = kind.group;
    error.kind = kind.plural;
    error.name = name;
    std::map<std::string, std::vector<std::string>> byManager;
    for (const auto& [manager, field] : conflicts) {
        byManager[manager].push_back(field);
        error.causes.push_back({"FieldManagerConflict", "conflict with " + manager, field});
    }
    error.message = "Apply failed with " + std::to_string(conflicts.size()) +
                    (conflicts.size() == 1 ? " conflict: " : " conflicts: ");
    bool first = true;
    for (const auto& [manager, fields] : byManager) {
        error.message += first ? "" : "\n";
        first = false;
        if (fields.size() == 1) {
            error.message += "conflict with " + manager + ": " + fields.front();
            continue;
        }
        error.message += "conflicts with " + manager + ':';
        for (const std::string& field : fields)
            error.message += "\n- " + field;
    }
    return error;
}

class Apply {
public:
    explicit Apply(ApplyInput& input)
        : input_(input), shape_(*input.kind),
          entries_(input.live ? readManagedFields(*input.live) : std::vector<ManagedEntry>())
    {
    }

    Answer<Applied> run()
    {
        FieldSet wanted = fieldsOf(input_.config, shape_);
        dropServerFields(wanted);
        Value merged = input_.live ? *input_.live : input_.config;
        if (input_.live)
            mergeValue(merged, input_.config, shape_);
        prune(merged, wanted);
        if (auto error = settle(merged))
            return Unexpected{std::move(*error)};
        record(std::move(wanted));
        return Applied{std::move(merged), managedFieldsValue(entries_)};
    }

private:
    /// What the manager applied before and applies no longer.
    void prune(Value& merged, const FieldSet& wanted)
    {
        FieldSet gone, others;
        for (const ManagedEntry& entry : entries_)
            (isOwn(entry, input_.writer) ? gone : others).add(entry.fields);
        others.add(wanted);
        gone.subtract(wanted);
        if (!gone.empty())
            Pruner::prune(merged, gone, &others, shape_);
    }

    /// Conflicts with what others own; when forced they lose it.
    std::optional<ApiError> settle(const Value& merged)
    {
        if (!input_.live)
            return std::nullopt;
        FieldChanges changes = compareFields(*input_.live, withDefaults(merged), shape_);
        dropServerFields(changes.changed);
        std::vector<std::pair<std::string, std::string>> conflicts;
        for (ManagedEntry& entry : entries_) {
            if (!isOwn(entry, input_.writer)) {
                const FieldSet common = changes.changed.intersection(entry.fields);
                std::string manager = '"' + entry.manager + '"';
                if (!entry.subresource.empty())
                    manager += " with subresource \"" + entry.subresource + '"';
                for (std::string& path : common.paths())
                    conflicts.emplace_back(manager + " using " + entry.apiVersion, std::move(path));
                entry.fields.subtractWithContent(changes.changed);
            }
            entry.fields.subtractWithContent(changes.removed);
        }
        if (conflicts.empty() || input_.force)
            return std::nullopt;
        return conflictError(*input_.kind, metadataText(*input_.live, "name"), conflicts);
    }

    /// The object as it will be stored, faults aside: a list that lacks nothing but its defaults is no other list.
    [[nodiscard]] Value withDefaults(const Value& merged) const
    {
        Value complete = merged;
        std::vector<model::Diagnostic> ignored;
        if (input_.kind->schema)
            model::validate(*input_.kind->schema, complete, {}, ignored);
        return complete;
    }

    void record(FieldSet wanted)
    {
        const auto own = std::find_if(entries_.begin(), entries_.end(),
                                      [&](const ManagedEntry& entry) { return isOwn(entry, input_.writer); });
        const FieldWriter& writer = input_.writer;
        ManagedEntry& entry = own == entries_.end() ? entries_.emplace_back() : *own;
        // The time is that of the last change of the entry, so that applying the same again changes nothing.
        if (entry.fields != wanted || entry.apiVersion != writer.apiVersion)
            entry.time = writer.time;
        entry.manager = writer.manager;
        entry.operation = "Apply";
        entry.apiVersion = writer.apiVersion;
        entry.subresource = writer.subresource;
        entry.fields = std::move(wanted);
    }

    ApplyInput& input_;
    MergeShape shape_;
    std::vector<ManagedEntry> entries_;
};

} // namespace

Answer<Applied> applyConfiguration(ApplyInput input)
{
    Value& metadata = memberObject(input.config, "metadata");
    if (hasItems(metadata.find("managedFields")))
        return Unexpected{badRequest("metadata.managedFields must be nil")};
    for (const char* name : {"managedFields", "creationTimestamp", "generation", "selfLink"})
        metadata.erase(name);
    if (input.writer.subresource == "status") {
        for (const char* name : {"labels", "annotations", "finalizers", "ownerReferences"})
            metadata.erase(name);
        std::erase_if(*input.config.asObject(), [](const model::Member& member) {
            return member.name != "apiVersion" && member.name != "kind" && member.name != "metadata" &&
                   member.name != "status";
        });
    } else if (input.kind->hasStatus) {
        input.config.erase("status");
    }
    return Apply(input).run();
}

} // namespace gatehouse::importers
