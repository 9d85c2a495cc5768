#pragma once

#include "engine/routing/snapshot.h"
#include "engine/runtime/serving.h"
#include "engine/tls/tls_contexts.h"

#include <map>
#include <memory>
#include <string>

namespace gatehouse::engine {

class DevelopmentCertificates;

/// The TLS sides of all HTTPS addresses of a snapshot, with its listeners' certificates. Thread: control.
class GatewayTls {
public:
    struct Change {
        std::shared_ptr<const TlsServers> servers; ///< addresses where at least one listener can serve
        /// What is wrong with a listener's certificates, by its place in the graph; those that serve in spite of it are
        /// left out.
        std::map<std::uint32_t, std::string> errors;
        /// Listeners that a development certificate stands in for, and what is wrong with their own; "" if they have
        /// none.
        std::map<std::uint32_t, std::string> standIns;
    };
    /// Makes what the snapshot wants; certificates whose text did not change are not read again. `development` may be
    /// null.
    Change follow(const routing::Snapshot& snapshot, DevelopmentCertificates* development);
    /// An endpoint of our own: one certificate, whatever name is asked for; `clients` are asked for theirs. Errors:
    /// what OpenSSL finds wrong with it.
    model::Result<std::shared_ptr<const TlsServer>, std::string>
    local(const TlsIdentity& identity, std::optional<TlsClientsText> clients = std::nullopt);

private:
    using Texts = std::vector<TlsListenerText>;
    void standIn(const routing::PortTable& port, DevelopmentCertificates* source, Texts texts,
                 TlsContexts::Built& built, Change& change);

    TlsContexts contexts_;
};

} // namespace gatehouse::engine
