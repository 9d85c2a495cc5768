#pragma once

#include <string>
#include <string_view>

namespace gatehouse::control {

/// Manifests for examples, so that each shows what it is about and little else. `spec` is YAML, indented by two spaces;
/// a first line break is left out. Routes are named `shop` and attach to the Gateway `gw`.

/// A Gateway `gw` of class `example`; `spec` is what stands behind the class.
std::string gatewayWith(std::string_view spec);
/// The same with one listener in flow style: "{name: http, protocol: HTTP, port: 80}".
std::string gatewayOf(std::string_view listeners);
/// An HTTPRoute; `spec` is what stands behind parentRefs.
std::string httpRouteWith(std::string_view spec);
/// An HTTPRoute of one rule; `rule` is the rule's fields, indented by four spaces, the first one after "  - ".
std::string httpRule(std::string_view rule);
/// A GRPCRoute of one rule.
std::string grpcRule(std::string_view rule);
/// A route of another kind.
std::string routeWith(std::string_view kind, std::string_view spec);
/// A ListenerSet `extra` of the Gateway `gw`.
std::string listenerSetWith(std::string_view listeners);
/// A BackendTLSPolicy `web-tls`.
std::string policyWith(std::string_view spec);
/// An object of a core kind ("v1").
std::string core(std::string_view kind, std::string_view name, std::string_view rest);
/// Two objects, or more, of one file.
std::string documents(std::string_view first, std::string_view second);

} // namespace gatehouse::control
