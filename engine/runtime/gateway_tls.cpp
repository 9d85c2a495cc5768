#include "engine/runtime/gateway_tls.h"

#include <utility>

namespace gatehouse::engine {

namespace {

TlsListenerText textOf(const routing::Snapshot& snapshot, const routing::ListenerTable& table)
{
    TlsListenerText text;
    text.identity = table.gatewayName + '/' + table.listenerName;
    if (const auto& set = (*snapshot.graph)[table.listener].listenerSet)
        text.identity += '/' + toString((*snapshot.graph)[*set].resource->key.name);
    text.hostname = table.hostname;
    text.http = table.protocol == model::Protocol::HTTPS;
    for (const model::Secret* secret : table.certificates) {
        const auto certificate = secret->data.find("tls.crt"), key = secret->data.find("tls.key");
        if (certificate != secret->data.end() && key != secret->data.end())
            text.certificates.push_back({"Secret " + toString(secret->key.name), &certificate->second, &key->second});
    }
    if (table.clientValidation)
        text.clients =
            TlsClientsText{table.clientValidation->required ? TlsClientCheck::Required : TlsClientCheck::Asked,
                           table.clientValidation->caCertificates};
    return text;
}

} // namespace

GatewayTls::Change GatewayTls::follow(const routing::Snapshot& snapshot)
{
    Change change;
    auto servers = std::make_shared<TlsServers>();
    for (const routing::PortTable& port : snapshot.ports) {
        if (port.carrier != routing::Carrier::Tls)
            continue;
        std::vector<TlsListenerText> texts;
        for (const routing::ListenerTable& table : port.listeners)
            texts.push_back(textOf(snapshot, table));
        TlsContexts::Built built = contexts_.build(texts, true);
        for (std::size_t i = 0; i < port.listeners.size(); ++i) {
            if (!built.usable[i] && !port.listeners[i].passthrough)
                change.errors[port.listeners[i].listener.value] =
                    built.errors[i].empty() ? "no certificate" : std::move(built.errors[i]);
        }
        if (built.server)
            servers->emplace(port.key, std::move(built.server));
    }
    contexts_.forgetUnused();
    change.servers = std::move(servers);
    return change;
}

model::Result<std::shared_ptr<const TlsServer>, std::string> GatewayTls::local(const TlsIdentity& identity,
                                                                               std::optional<TlsClientsText> clients)
{
    TlsListenerText text{"local", std::nullopt, {}, std::move(clients)};
    text.certificates.push_back({"the endpoint's certificate", &identity.certificatePem, &identity.keyPem});
    TlsContexts::Built built = contexts_.build({text}, false);
    if (!built.server)
        return model::Unexpected{std::move(built.errors.front())};
    return std::move(built.server);
}

} // namespace gatehouse::engine
