#include "importers/decode/decode_context.h"

#include "model/schema/base64.h"

#include <algorithm>

namespace gatehouse::importers {
namespace {

using model::Value;

/// What a base64 map holds; the schema checked that it is base64.
std::map<std::string, std::string> decodedMap(const Value& object, std::string_view name)
{
    std::map<std::string, std::string> all;
    for (const auto& [key, encoded] : textMap(object, name))
        all.emplace(key, model::decodeBase64(encoded).value_or(std::string()));
    return all;
}

model::ServicePort readServicePort(const Value& value)
{
    model::ServicePort port;
    port.name = text(value, "name");
    port.protocol = text(value, "protocol");
    port.port = optionalPort(value, "port").value_or(0);
    port.targetPort = {optionalPort(value, "targetPort"), text(value, "targetPort")};
    if (!port.targetPort.number && port.targetPort.name.empty())
        port.targetPort.number = port.port;
    port.appProtocol = text(value, "appProtocol");
    port.position = value.position();
    return port;
}

model::EndpointPort readEndpointPort(const Value& value)
{
    return {text(value, "name"), text(value, "protocol"), optionalPort(value, "port"), text(value, "appProtocol")};
}

std::string readTargetPod(const Value& endpoint)
{
    const Value* target = endpoint.find("targetRef");
    return target && text(*target, "kind") == "Pod" ? text(*target, "name") : std::string();
}

model::Endpoint readEndpoint(const Value& value)
{
    model::Endpoint endpoint;
    endpoint.addresses = textList(value, "addresses");
    if (const Value* conditions = value.find("conditions"))
        if (const Value* ready = conditions->find("ready"))
            endpoint.ready = ready->asBool().value_or(true);
    endpoint.targetPod = readTargetPod(value);
    endpoint.position = value.position();
    return endpoint;
}

void readSubsetAddresses(const Value& subset, std::string_view name, bool ready, std::vector<model::Endpoint>& into)
{
    for (const Value& address : items(subset, name))
        into.push_back({{text(address, "ip")}, ready, readTargetPod(address), address.position()});
}

} // namespace

Decoded decodeNamespace(const DecodeInput& input)
{
    auto made = std::make_shared<model::Namespace>();
    fillResource(*made, input);
    made->meta.labels["kubernetes.io/metadata.name"] = made->name();
    return {made};
}

Decoded decodeService(const DecodeInput& input)
{
    auto made = std::make_shared<model::Service>();
    fillResource(*made, input);
    const Value& spec = input.spec();
    made->type = optionalText(spec, "type").value_or(made->type);
    made->clusterIP = text(spec, "clusterIP");
    made->ports = readList(spec, "ports", readServicePort);
    made->selector = textMap(spec, "selector");
    return {made};
}

/// Each subset has ports of its own, as an EndpointSlice has; so it becomes one. No subset at all is one empty slice:
/// the Service then is known to have no endpoints.
Decoded decodeEndpoints(const DecodeInput& input)
{
    const Value::Array& subsets = items(input.object(), "subsets");
    Decoded all;
    for (std::size_t i = 0; i < std::max<std::size_t>(subsets.size(), 1); ++i) {
        auto made = std::make_shared<model::EndpointSlice>();
        fillResource(*made, input);
        made->serviceName = input.key.name.name;
        if (i > 0)
            made->key.name.name += '-' + std::to_string(i);
        if (i < subsets.size()) {
            readSubsetAddresses(subsets[i], "addresses", true, made->endpoints);
            readSubsetAddresses(subsets[i], "notReadyAddresses", false, made->endpoints);
            made->ports = readList(subsets[i], "ports", readEndpointPort);
        }
        all.push_back(std::move(made));
    }
    return all;
}

Decoded decodeEndpointSlice(const DecodeInput& input)
{
    auto made = std::make_shared<model::EndpointSlice>();
    fillResource(*made, input);
    if (const auto label = made->meta.labels.find("kubernetes.io/service-name"); label != made->meta.labels.end())
        made->serviceName = label->second;
    made->endpoints = readList(input.object(), "endpoints", readEndpoint);
    made->ports = readList(input.object(), "ports", readEndpointPort);
    return {made};
}

Decoded decodeSecret(const DecodeInput& input)
{
    auto made = std::make_shared<model::Secret>();
    fillResource(*made, input);
    made->type = text(input.object(), "type");
    made->data = decodedMap(input.object(), "data");
    // The API server merges stringData into data, and stringData wins.
    for (auto& [key, value] : textMap(input.object(), "stringData"))
        made->data[key] = value;
    return {made};
}

Decoded decodeConfigMap(const DecodeInput& input)
{
    auto made = std::make_shared<model::ConfigMap>();
    fillResource(*made, input);
    made->data = textMap(input.object(), "data");
    made->binaryData = decodedMap(input.object(), "binaryData");
    return {made};
}

} // namespace gatehouse::importers
