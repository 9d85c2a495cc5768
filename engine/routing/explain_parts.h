#pragma once

#include "engine/routing/explain.h"

#include <string>
#include <string_view>

namespace gatehouse::routing {

/// What explanations of requests and of connections share. Nothing here decides: the matchers did.

std::string toText(const BindKey& key);                  ///< "127.0.0.1:80", "[::1]:80"
std::string hostnameText(const ListenerTable& listener); ///< "*" without one
/// Why a listener of another protocol takes no part, and how it is asked.
std::string speaks(model::Protocol protocol);
/// Where a cluster that may be spoken to sends: "127.0.0.1:9000, built-in echo over TLS as backend.test".
std::string endpointWords(const Cluster& cluster);
/// "namespace/name:port" of a reference, whether it resolves or not.
std::string backendName(const model::ResolvedBackend& backend, const model::Route& route);

struct OutsiderQuestion {
    std::string_view host;                   ///< asked for, in any case
    const ListenerTable* listener = nullptr; ///< whose it is; null: nobody's
    const PortTable* port = nullptr;
    std::string gateway;               ///< asked for; "": any
    std::string_view what = "request"; ///< what is explained, in words
};
/// Routes that name a Gateway in question, or the host, and have no rule in the tables that were asked.
std::vector<Outsider> outsidersOf(const Snapshot& snapshot, const OutsiderQuestion& question);

} // namespace gatehouse::routing
