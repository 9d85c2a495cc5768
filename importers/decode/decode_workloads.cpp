#include "importers/decode/decode_context.h"

namespace gatehouse::importers {
namespace {

using model::Value;

model::Container readContainer(const Value& value)
{
    model::Container container;
    container.name = text(value, "name");
    container.image = text(value, "image");
    container.ports = readList(value, "ports", [](const Value& item) {
        return model::ContainerPort{text(item, "name"), optionalPort(item, "containerPort").value_or(0),
                                    text(item, "protocol")};
    });
    for (const Value& variable : items(value, "env")) {
        const Value* source = variable.find("valueFrom");
        const Value* reference = source ? source->find("fieldRef") : nullptr;
        if (reference)
            container.envFields[text(variable, "name")] = text(*reference, "fieldPath");
        else if (const auto literal = optionalText(variable, "value"))
            container.env[text(variable, "name")] = *literal;
    }
    return container;
}

/// What `holder` (a volume, or a source of a projected one) shows; optional objects hold no Pod up.
void readMounted(const Value& holder, std::string_view nameOfSecret, std::vector<model::MountedObject>& into)
{
    const auto add = [&](std::string_view member, std::string_view nameMember, model::MountedObject::Kind kind) {
        const Value* object = holder.find(member);
        const Value* optional = object ? object->find("optional") : nullptr;
        if (object && !(optional && optional->asBool().value_or(false)))
            into.push_back({kind, text(*object, nameMember)});
    };
    add("secret", nameOfSecret, model::MountedObject::Kind::Secret);
    add("configMap", "name", model::MountedObject::Kind::ConfigMap);
}

std::vector<model::MountedObject> readMounts(const Value& podSpec)
{
    std::vector<model::MountedObject> all;
    for (const Value& volume : items(podSpec, "volumes")) {
        readMounted(volume, "secretName", all);
        if (const Value* projected = volume.find("projected"))
            for (const Value& source : items(*projected, "sources"))
                readMounted(source, "name", all);
    }
    return all;
}

} // namespace

Decoded decodePod(const DecodeInput& input)
{
    auto made = std::make_shared<model::Pod>();
    fillResource(*made, input);
    made->containers = readList(input.spec(), "containers", readContainer);
    made->mounts = readMounts(input.spec());
    // Status is no input anywhere else; of a Pod it is all that says where and whether it runs.
    made->podIP = text(input.status, "podIP");
    for (const Value& condition : items(input.status, "conditions"))
        if (text(condition, "type") == "Ready")
            made->ready = text(condition, "status") == "True";
    return {made};
}

Decoded decodeDeployment(const DecodeInput& input)
{
    auto made = std::make_shared<model::Deployment>();
    fillResource(*made, input);
    made->replicas = static_cast<std::int32_t>(number(input.spec(), "replicas", 1));
    const Value* pods = input.spec().find("template");
    if (!pods)
        return {made};
    if (const Value* metadata = pods->find("metadata")) {
        made->podLabels = textMap(*metadata, "labels");
        made->podAnnotations = textMap(*metadata, "annotations");
    }
    if (const Value* spec = pods->find("spec")) {
        made->containers = readList(*spec, "containers", readContainer);
        made->mounts = readMounts(*spec);
    }
    return {made};
}

} // namespace gatehouse::importers
