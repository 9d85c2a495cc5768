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
    for (const Value& variable : items(value, "env"))
        if (const auto literal = optionalText(variable, "value"))
            container.env[text(variable, "name")] = *literal;
    return container;
}

} // namespace

Decoded decodePod(const DecodeInput& input)
{
    auto made = std::make_shared<model::Pod>();
    fillResource(*made, input);
    made->containers = readList(input.spec(), "containers", readContainer);
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
    if (const Value* metadata = pods->find("metadata"))
        made->podLabels = textMap(*metadata, "labels");
    if (const Value* spec = pods->find("spec"))
        made->containers = readList(*spec, "containers", readContainer);
    return {made};
}

} // namespace gatehouse::importers
