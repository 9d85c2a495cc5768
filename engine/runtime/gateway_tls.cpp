#include "engine/runtime/gateway_tls.h"

#include "engine/engine.h"

#include <deque>
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

/// Listeners of one address whose own certificates are no good get one for their names; builds anew if any did.
void GatewayTls::standIn(const routing::PortTable& port, DevelopmentCertificates* source, Texts texts,
                         TlsContexts::Built& built, Change& change)
{
    std::deque<TlsIdentity> identities;
    std::map<std::size_t, std::string> reasons;
    for (std::size_t i = 0; i < port.listeners.size(); ++i) {
        const routing::ListenerTable& table = port.listeners[i];
        if (built.usable[i] || table.developmentNames.empty() || !source)
            continue;
        auto identity = source->certificateFor(table.developmentNames);
        if (!identity) {
            built.errors[i] += (built.errors[i].empty() ? "no certificate, and no development certificate: "
                                                        : "; no development certificate: ") +
                               identity.error();
            continue;
        }
        const TlsIdentity& kept = identities.emplace_back(std::move(*identity));
        texts[i].certificates.push_back({"the development certificate", &kept.certificatePem, &kept.keyPem});
        reasons.emplace(i, built.errors[i]);
    }
    if (reasons.empty())
        return;
    std::vector<std::string> before = std::move(built.errors);
    built = contexts_.build(texts, true);
    for (std::size_t i = 0; i < port.listeners.size(); ++i) {
        const auto reason = reasons.find(i);
        if (reason != reasons.end() && built.usable[i])
            change.standIns[port.listeners[i].listener.value] = std::move(reason->second);
        else if (reason == reasons.end())
            built.errors[i] = std::move(before[i]);
    }
}

GatewayTls::Change GatewayTls::follow(const routing::Snapshot& snapshot, DevelopmentCertificates* development)
{
    Change change;
    auto servers = std::make_shared<TlsServers>();
    for (const routing::PortTable& port : snapshot.ports) {
        if (port.carrier != routing::Carrier::Tls)
            continue;
        Texts texts;
        for (const routing::ListenerTable& table : port.listeners)
            texts.push_back(textOf(snapshot, table));
        TlsContexts::Built built = contexts_.build(texts, true);
        standIn(port, development, std::move(texts), built, change);
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
