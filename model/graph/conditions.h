#pragma once

#include "model/graph/condition.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// Condition types and reasons as the Gateway API spells them; each stands here once.
namespace type {
inline constexpr std::string_view accepted = "Accepted";
inline constexpr std::string_view programmed = "Programmed";
inline constexpr std::string_view resolvedRefs = "ResolvedRefs";
inline constexpr std::string_view conflicted = "Conflicted";
inline constexpr std::string_view overlappingTLSConfig = "OverlappingTLSConfig";
inline constexpr std::string_view partiallyInvalid = "PartiallyInvalid";
inline constexpr std::string_view supportedVersion = "SupportedVersion";
inline constexpr std::string_view insecureFrontendValidationMode = "InsecureFrontendValidationMode";
} // namespace type

namespace reason {
inline constexpr std::string_view accepted = "Accepted";
inline constexpr std::string_view addressNotAssigned = "AddressNotAssigned";
inline constexpr std::string_view addressNotUsable = "AddressNotUsable";
inline constexpr std::string_view backendNotFound = "BackendNotFound";
inline constexpr std::string_view configurationChanged = "ConfigurationChanged";
inline constexpr std::string_view conflicted = "Conflicted";
inline constexpr std::string_view hostnameConflict = "HostnameConflict";
inline constexpr std::string_view incompatibleFilters = "IncompatibleFilters";
inline constexpr std::string_view invalid = "Invalid";
inline constexpr std::string_view invalidCACertificateKind = "InvalidCACertificateKind";
inline constexpr std::string_view invalidCACertificateRef = "InvalidCACertificateRef";
inline constexpr std::string_view invalidCertificateRef = "InvalidCertificateRef";
inline constexpr std::string_view invalidClientCertificateRef = "InvalidClientCertificateRef";
inline constexpr std::string_view invalidKind = "InvalidKind";
inline constexpr std::string_view invalidParameters = "InvalidParameters";
inline constexpr std::string_view invalidRouteKinds = "InvalidRouteKinds";
inline constexpr std::string_view listenersNotResolved = "ListenersNotResolved";
inline constexpr std::string_view listenersNotValid = "ListenersNotValid";
inline constexpr std::string_view noConflicts = "NoConflicts";
inline constexpr std::string_view noMatchingListenerHostname = "NoMatchingListenerHostname";
inline constexpr std::string_view noMatchingParent = "NoMatchingParent";
inline constexpr std::string_view noValidCACertificate = "NoValidCACertificate";
inline constexpr std::string_view notAllowed = "NotAllowed";
inline constexpr std::string_view notAllowedByListeners = "NotAllowedByListeners";
inline constexpr std::string_view overlappingHostnames = "OverlappingHostnames";
inline constexpr std::string_view parentNotAccepted = "ParentNotAccepted";
inline constexpr std::string_view parentNotProgrammed = "ParentNotProgrammed";
inline constexpr std::string_view pending = "Pending";
inline constexpr std::string_view portUnavailable = "PortUnavailable";
inline constexpr std::string_view programmed = "Programmed";
inline constexpr std::string_view protocolConflict = "ProtocolConflict";
inline constexpr std::string_view refNotPermitted = "RefNotPermitted";
inline constexpr std::string_view resolvedRefs = "ResolvedRefs";
inline constexpr std::string_view supportedVersion = "SupportedVersion";
inline constexpr std::string_view targetNotFound = "TargetNotFound";
inline constexpr std::string_view unsupportedAddress = "UnsupportedAddress";
inline constexpr std::string_view unsupportedProtocol = "UnsupportedProtocol";
inline constexpr std::string_view unsupportedValue = "UnsupportedValue";
} // namespace reason

/// Conditions by what they say. Those that are True need no words from the caller; those that are False take the
/// sentence that says what, where and how to mend it, since only the caller knows it.
namespace condition {

Condition accepted(std::string_view what);          ///< what: "Gateway", "listener", "route", ...
Condition acceptedInPart(std::string_view problem); ///< True/ListenersNotValid
Condition notAccepted(std::string_view reason, std::string message);
Condition resolvedRefs();
Condition unresolvedRefs(std::string_view reason, std::string message);
Condition noConflicts();
Condition conflicted(std::string_view reason, std::string message);
Condition overlappingHostnames();
Condition programmed(std::string message);
Condition notProgrammed(std::string_view reason, std::string message);
Condition supportedVersion();
Condition insecureFrontendValidation();
Condition partiallyInvalid(std::string_view reason, std::string message);

} // namespace condition

/// True when the list has the type with status True.
bool isTrue(const std::vector<Condition>& conditions, std::string_view type);

} // namespace gatehouse::model
