#pragma once

#include "importers/ingress/servers.h"
#include "model/base/value.h"

namespace gatehouse::importers::ingress {

/// Gives each name once: what is taken gets a number behind it. Deterministic.
class Names {
public:
    std::string unique(const std::string& wanted);

private:
    std::set<std::string> taken_;
};

/// A host inside a name: "shop-example-com", "wildcard-example-com", "all-hosts".
std::string slugOf(const std::string& host);

/// What routes are attached to: listener of a Gateway or of a ListenerSet of it.
struct ListenerRef {
    std::string ownerKind = "Gateway", ownerName, section;
};

/// The listeners of one server.
struct ServerListeners {
    std::vector<ListenerRef> http, https;
};

/// A class's Gateway with its listeners, by host.
struct BuiltGateway {
    model::ObjectName name;
    std::vector<model::Value> objects; ///< the Gateway, ListenerSets, ReferenceGrants
    std::map<std::string, ServerListeners> listeners;
};

BuiltGateway buildGateway(const ClassPlan& plan, const IngressOptions& options, Reports& reports);

/// The routes of a class. `names` holds those of routes, each behind its namespace and '/'.
std::vector<model::Value> buildRoutes(const ClassPlan& plan, const BuiltGateway& gateway, Names& names,
                                      Reports& reports);

/// An object's head: apiVersion, kind, metadata.
model::Value objectOf(const char* apiVersion, const char* kind, const model::ObjectName& name);

} // namespace gatehouse::importers::ingress
