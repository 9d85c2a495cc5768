#include "engine/routing/client_validation.h"

#include "engine/routing/ca_bundle.h"

#include <algorithm>

namespace gatehouse::routing {

std::optional<ClientValidation> clientValidation(const model::Graph& graph, const model::ListenerNode& listener)
{
    const model::Gateway& gateway = *graph[listener.gateway].resource;
    const auto& ports = gateway.frontendPerPort;
    const auto entry = std::find_if(ports.begin(), ports.end(),
                                    [&](const auto& each) { return each.port == listener.resource->port; });
    const auto& validation = entry == ports.end() ? gateway.frontendDefault : entry->validation;
    if (!validation)
        return std::nullopt;
    ClientValidation result;
    result.required = validation->mode == model::ClientValidationMode::AllowValidOnly;
    for (const model::ObjectReference& ref : validation->caCertificateRefs) {
        const std::string namespace_ = ref.namespace_.value_or(gateway.namespace_());
        if (!model::isGranted(*graph.resources, {gateway.key.group, gateway.key.kind, gateway.namespace_(), ref.group,
                                                 ref.kind, namespace_, ref.name}))
            continue;
        if (const std::string* text = caBundleOf(*graph.resources, ref, namespace_))
            result.caCertificates.push_back(text);
    }
    return result;
}

} // namespace gatehouse::routing
