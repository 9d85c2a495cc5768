#pragma once

#include "engine/routing/snapshot.h"
#include "engine/runtime/serving.h"

#include <map>
#include <memory>
#include <string>

namespace gatehouse::engine {

class TlsClient;

/// The client sides for all clusters that are spoken to over TLS. Thread: control.
class BackendTlsClients {
public:
    /// Completes the addresses of such clusters. What a policy demands decides which connections may be shared: an
    /// address under another policy is another endpoint. Policies whose content did not change keep their connections.
    void follow(const routing::Snapshot& snapshot, ClusterAddresses& addresses);

private:
    struct Entry {
        std::shared_ptr<const TlsClient> client; ///< null: `error` says why
        std::string error;
        std::uint64_t number = 0;
        bool used = true;
    };
    const Entry& find(const routing::BackendTls& tls);

    std::map<std::string, Entry> entries_; // by everything that the policy says
    std::uint64_t made_ = 0;
};

} // namespace gatehouse::engine
