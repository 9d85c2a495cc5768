#include "engine/runtime/backend_tls.h"

#include "engine/tls/certificate_chain.h"
#include "engine/tls/tls_client.h"

#include <utility>

namespace gatehouse::engine {

namespace {

/// Everything that a policy says, with lengths, so that no two policies read alike.
std::string keyOf(const routing::BackendTls& tls)
{
    std::string key;
    const auto add = [&](const std::string& text) { key.append(std::to_string(text.size())).append(":").append(text); };
    add(tls.hostname);
    for (const model::SubjectAltName& name : tls.subjectAltNames) {
        key += name.isUri ? 'u' : 'd';
        add(name.value);
    }
    for (const std::string* pem : tls.caCertificates) {
        key += 'c';
        add(*pem);
    }
    if (tls.clientCertificate) {
        key += 'k';
        key += digestOf(tls.clientCertificate->data.at("tls.crt"));
        key += digestOf(tls.clientCertificate->data.at("tls.key")); // no copy of a key is kept in a map
    }
    return key;
}

} // namespace

const BackendTlsClients::Entry& BackendTlsClients::find(const routing::BackendTls& tls)
{
    const auto [it, isNew] = entries_.try_emplace(keyOf(tls));
    Entry& entry = it->second;
    entry.used = true;
    if (!isNew)
        return entry;
    entry.number = ++made_;
    TlsClientOptions options;
    options.serverName = tls.hostname;
    for (const model::SubjectAltName& name : tls.subjectAltNames)
        options.names.push_back({name.isUri, name.value});
    options.caCertificates = tls.caCertificates;
    if (tls.clientCertificate) {
        options.certificatePem = &tls.clientCertificate->data.at("tls.crt");
        options.keyPem = &tls.clientCertificate->data.at("tls.key");
    }
    auto client = TlsClient::make(options);
    if (client)
        entry.client = *client;
    else
        entry.error = "no TLS with the backend can be set up: " + client.error();
    return entry;
}

void BackendTlsClients::follow(const routing::Snapshot& snapshot, ClusterAddresses& addresses)
{
    for (auto& [key, entry] : entries_)
        entry.used = false;
    for (std::size_t i = 0; i < snapshot.clusters.size(); ++i) {
        const routing::Cluster& cluster = snapshot.clusters[i];
        if (!cluster.tls || !cluster.refusal.empty())
            continue;
        const Entry& entry = find(*cluster.tls);
        for (EndpointAddress& address : addresses[i]) {
            address.tls = entry.client;
            address.tlsNumber = entry.number;
            if (address.error.empty())
                address.error = entry.error;
        }
    }
    std::erase_if(entries_, [](const auto& each) { return !each.second.used; });
}

} // namespace gatehouse::engine
