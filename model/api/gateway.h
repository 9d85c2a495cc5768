#pragma once

#include "model/api/references.h"
#include "model/base/hostname.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::model {

struct GatewayClass : Resource {
    std::string controllerName;
    std::optional<ObjectReference> parametersRef;
    std::string description;
};

/// ListenerProtocol; Other is a `domain/name` or unknown protocol, kept as text in Listener::protocolText.
enum class Protocol : std::uint8_t { HTTP, HTTPS, TLS, TCP, UDP, Other };
std::string_view toString(Protocol protocol);

enum class TlsMode : std::uint8_t { Terminate, Passthrough };

struct ListenerTls {
    TlsMode mode = TlsMode::Terminate;
    std::vector<ObjectReference> certificateRefs; ///< group "" and kind "Secret" by default
    std::map<std::string, std::string> options;
    Position position;
};

enum class FromNamespaces : std::uint8_t { All, Selector, Same, None };

struct NamespaceSelection {
    FromNamespaces from = FromNamespaces::Same;
    std::optional<LabelSelector> selector;
    Position position;
};

struct RouteGroupKind {
    std::string group = std::string(gatewayGroup);
    std::string kind;
    Position position;
};

/// Listener of a Gateway, and ListenerEntry of a ListenerSet (semantics 3.2, 3.3).
struct Listener {
    std::string name;
    std::optional<Hostname> hostname;
    std::uint16_t port = 0;
    Protocol protocol = Protocol::HTTP;
    std::string protocolText;
    std::optional<ListenerTls> tls;
    NamespaceSelection allowedNamespaces;
    std::vector<RouteGroupKind> allowedKinds; ///< empty: every kind that the protocol supports
    Position position;
};

struct GatewayAddress {
    std::string type = "IPAddress";
    std::string value; ///< empty: assign one
    Position position;
};

enum class ClientValidationMode : std::uint8_t { AllowValidOnly, AllowInsecureFallback };

struct FrontendValidation {
    std::vector<ObjectReference> caCertificateRefs;
    ClientValidationMode mode = ClientValidationMode::AllowValidOnly;
    Position position;
};

struct FrontendTlsPort {
    std::uint16_t port = 0;
    std::optional<FrontendValidation> validation;
};

struct Gateway : Resource {
    std::string gatewayClassName;
    std::vector<Listener> listeners;
    std::vector<GatewayAddress> addresses;
    std::map<std::string, std::string> infrastructureLabels;
    std::map<std::string, std::string> infrastructureAnnotations;
    std::optional<ObjectReference> parametersRef;
    NamespaceSelection allowedListeners{FromNamespaces::None, std::nullopt, {}};
    std::optional<ObjectReference> backendClientCertificateRef;
    std::optional<FrontendValidation> frontendDefault;
    std::vector<FrontendTlsPort> frontendPerPort;
};

struct ListenerSet : Resource {
    ObjectReference parentRef;
    std::vector<Listener> listeners;
};

struct ReferenceGrantFrom {
    std::string group;
    std::string kind;
    std::string namespace_;
};

struct ReferenceGrantTo {
    std::string group;
    std::string kind;
    std::optional<std::string> name;
};

struct ReferenceGrant : Resource {
    std::vector<ReferenceGrantFrom> from;
    std::vector<ReferenceGrantTo> to;
};

} // namespace gatehouse::model
