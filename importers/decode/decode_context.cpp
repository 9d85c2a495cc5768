#include "importers/decode/decode_context.h"

#include "model/schema/timestamp.h"

namespace gatehouse::importers {

using model::Value;

std::string text(const Value& object, std::string_view name)
{
    const Value* member = object.find(name);
    const std::string* found = member ? member->asString() : nullptr;
    return found ? *found : std::string();
}

std::optional<std::string> optionalText(const Value& object, std::string_view name)
{
    const Value* member = object.find(name);
    const std::string* found = member ? member->asString() : nullptr;
    return found ? std::optional(*found) : std::nullopt;
}

std::int64_t number(const Value& object, std::string_view name, std::int64_t otherwise)
{
    const Value* member = object.find(name);
    return member ? member->asInt().value_or(otherwise) : otherwise;
}

std::optional<std::uint16_t> optionalPort(const Value& object, std::string_view name)
{
    const std::int64_t port = number(object, name);
    return port > 0 && port <= 65535 ? std::optional(static_cast<std::uint16_t>(port)) : std::nullopt;
}

std::optional<std::chrono::milliseconds> optionalDuration(const Value& object, std::string_view name)
{
    const Value* member = object.find(name);
    const std::string* found = member ? member->asString() : nullptr;
    return found ? model::parseDuration(*found) : std::nullopt;
}

std::map<std::string, std::string> textMap(const Value& object, std::string_view name)
{
    std::map<std::string, std::string> all;
    const Value* map = object.find(name);
    if (const Value::Object* members = map ? map->asObject() : nullptr)
        for (const model::Member& member : *members)
            if (const std::string* value = member.value.asString())
                all.emplace(member.name, *value);
    return all;
}

std::vector<std::string> textList(const Value& object, std::string_view name)
{
    std::vector<std::string> all;
    for (const Value& item : items(object, name))
        if (const std::string* value = item.asString())
            all.push_back(*value);
    return all;
}

const Value::Array& items(const Value& object, std::string_view name)
{
    static const Value::Array none;
    const Value* list = object.find(name);
    const Value::Array* found = list ? list->asArray() : nullptr;
    return found ? *found : none;
}

model::ParentReference readParentReference(const Value& value)
{
    model::ParentReference ref;
    ref.group = optionalText(value, "group").value_or(std::move(ref.group));
    ref.kind = optionalText(value, "kind").value_or(std::move(ref.kind));
    ref.namespace_ = optionalText(value, "namespace");
    ref.name = text(value, "name");
    ref.sectionName = optionalText(value, "sectionName");
    ref.port = optionalPort(value, "port");
    ref.position = value.position();
    return ref;
}

model::BackendObjectReference readBackendObjectReference(const Value& value)
{
    model::BackendObjectReference ref;
    ref.group = text(value, "group");
    ref.kind = text(value, "kind");
    ref.namespace_ = optionalText(value, "namespace");
    ref.name = text(value, "name");
    ref.port = optionalPort(value, "port");
    ref.position = value.position();
    return ref;
}

model::ObjectReference readObjectReference(const Value& value)
{
    model::ObjectReference ref;
    ref.group = text(value, "group");
    ref.kind = text(value, "kind");
    ref.namespace_ = optionalText(value, "namespace");
    ref.name = text(value, "name");
    ref.position = value.position();
    return ref;
}

model::LabelSelector readLabelSelector(const Value& value)
{
    using model::LabelOperator;
    model::LabelSelector selector;
    selector.matchLabels = textMap(value, "matchLabels");
    selector.matchExpressions = readList(value, "matchExpressions", [](const Value& item) {
        model::LabelRequirement requirement;
        requirement.key = text(item, "key");
        const std::string op = text(item, "operator");
        requirement.op = op == "NotIn"          ? LabelOperator::NotIn
                         : op == "Exists"       ? LabelOperator::Exists
                         : op == "DoesNotExist" ? LabelOperator::DoesNotExist
                                                : LabelOperator::In;
        requirement.values = textList(item, "values");
        return requirement;
    });
    return selector;
}

std::vector<model::Hostname> readHostnames(const Value& spec)
{
    std::vector<model::Hostname> all;
    for (const std::string& name : textList(spec, "hostnames"))
        if (auto parsed = model::Hostname::parse(name))
            all.push_back(std::move(parsed).value());
    return all;
}

std::vector<model::BackendRef> readBackendRefs(const Value& rule)
{
    return readList(rule, "backendRefs", [](const Value& item) {
        model::BackendRef backend;
        backend.ref = readBackendObjectReference(item);
        backend.weight = static_cast<std::uint32_t>(number(item, "weight", 1));
        backend.filters = readFilters(item);
        return backend;
    });
}

std::vector<model::ValueMatch> readValueMatches(const Value& match, std::string_view name)
{
    return readList(match, name, [](const Value& item) {
        model::ValueMatch one;
        one.type = text(item, "type") == "RegularExpression" ? model::ValueMatchType::RegularExpression
                                                             : model::ValueMatchType::Exact;
        one.name = text(item, "name");
        one.value = text(item, "value");
        one.position = item.position();
        return one;
    });
}

const Value& DecodeInput::spec() const
{
    static const Value none = Value::object();
    const Value* spec = document->find("spec");
    return spec && spec->isObject() ? *spec : none;
}

void fillResource(model::Resource& resource, const DecodeInput& input)
{
    resource.key = input.key;
    resource.apiVersion = input.apiVersion;
    resource.source = input.source;
    resource.document = input.document;
    const Value* metadata = input.object().find("metadata");
    if (!metadata)
        return;
    model::ObjectMeta& meta = resource.meta;
    meta.labels = textMap(*metadata, "labels");
    meta.annotations = textMap(*metadata, "annotations");
    meta.generation = number(*metadata, "generation", 1);
    if (const auto created = optionalText(*metadata, "creationTimestamp"))
        meta.creationTimestamp = model::parseTimestamp(*created);
    meta.uid = text(*metadata, "uid");
    meta.resourceVersion = text(*metadata, "resourceVersion");
}

} // namespace gatehouse::importers
