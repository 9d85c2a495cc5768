#pragma once

#include "importers/ingress/ingress.h"
#include "importers/ingress/path_match.h"

#include <set>

namespace gatehouse::importers::ingress {

/// A Service's port; port 0 when it could not be found, which was reported.
struct Destination {
    model::ObjectName service;
    std::uint16_t port = 0;
    std::string appProtocol; ///< of the Service, when it is in the input

    [[nodiscard]] bool known() const { return port != 0; }
    bool operator==(const Destination&) const = default;
};

struct CanaryShare {
    Canary canary;
    Destination destination;
};

/// One path of one host, and where its requests go.
struct ServedPath {
    const Ingress* ingress = nullptr;
    const Policy* policy = nullptr;
    const Path* path = nullptr;
    PathMatch match;
    Destination destination;
    std::optional<CanaryShare> canary;
};

/// A Secret with the certificate of a host.
struct Certificate {
    model::ObjectName secret;
    std::string host; ///< of the listener
};

/// One host ("": every host that has no server), after the rules of all Ingresses of a class are put together.
struct Server {
    std::string host;
    std::vector<ServedPath> paths;         ///< no two alike; of older Ingresses first
    std::vector<Certificate> certificates; ///< one; a catch-all server may have one for each host of TLS
    std::set<std::string> namespaces;      ///< of its Ingresses
};

struct PlannedIngress {
    const Ingress* ingress = nullptr;
    Policy policy;
};

/// The Ingresses of one class.
struct ClassPlan {
    std::string className; ///< "" where none is named
    std::vector<std::unique_ptr<PlannedIngress>> ingresses;
    std::map<std::string, Server> servers; ///< by host
    /// Default backends as paths; ServedPath::path points here.
    std::vector<std::unique_ptr<Path>> defaultPaths;
};

/// Puts the rules of all Ingresses together, class by class. Lifetime: refers to `input`.
std::vector<ClassPlan> planServers(const Input& input, const IngressOptions& options, Reports& reports);

} // namespace gatehouse::importers::ingress
