#pragma once

#include "model/schema/schema.h"

#include <initializer_list>

namespace gatehouse::model::schema {

/// Builders of the static schema tables. Lifetime: every node lives as long as the program, in one arena.
/// Thread: called only while kindSchemas() builds its table, which happens once.

using Node = const SchemaNode*;

inline constexpr std::size_t noLimit = static_cast<std::size_t>(-1);

/// Bounds of a length; `max == noLimit` and `min == 0` leave that side open.
struct Length {
    std::size_t min = 0;
    std::size_t max = noLimit;
};

Node object(std::vector<SchemaField> fields);
/// An object of which we read some members; the others are kept and not spoken of (core kinds).
Node openObject(std::vector<SchemaField> fields);
Node map(Node values, Length members = {}, Format keys = Format::None);
Node list(Node items, Length items_ = {});
Node listMap(Node items, std::vector<std::string_view> keys, Length items_ = {});
Node listSet(Node items, Length items_ = {});
Node string(Length length = {}, Format format = Format::None);
Node oneOf(std::vector<std::string_view> values);
Node integer(std::int64_t minimum, std::int64_t maximum);
Node integerAtLeast(std::int64_t minimum);
Node integerOneOf(std::vector<std::string_view> values);
Node boolean();
Node any();
Node intOrName();

SchemaField field(std::string_view name, Node node, std::string_view doc);
SchemaField required(std::string_view name, Node node, std::string_view doc);
SchemaField byDefault(std::string_view name, Node node, Value value, std::string_view doc);
SchemaField immutable(SchemaField field);
SchemaField experimental(SchemaField field);

/// The default "one PathPrefix match of /" and alike: an object Value from name and value pairs.
Value objectValue(std::initializer_list<std::pair<std::string_view, Value>> members);

// Shared types of the Gateway API.
Node groupName();
Node kindName();
Node objectName();
Node namespaceName();
Node sectionName();
Node hostname();
Node preciseHostname();
Node portNumber();
Node duration();
Node headerName();
Node headerValue();

// Shared structures.
Node objectMeta(Format nameFormat, bool namespaced);
Node parentReference();
Node localObjectReference();
Node objectReference();
Node parametersReference();
Node secretObjectReference();
Node labelSelector();
/// Fields of BackendObjectReference, for the kinds that add their own to it.
std::vector<SchemaField> backendReferenceFields();
Node backendObjectReference();
Node sessionPersistence();
SchemaField useDefaultGateways();
/// Header or query parameter match: type, name, value.
Node valueMatches(Node value, std::string_view what);

/// Whole Gateway API object: apiVersion, kind, metadata, spec (required) and a status of any shape.
Node customResource(Node spec, bool namespaced = true);
/// Whole core object with the fields that we read.
Node coreObject(std::vector<SchemaField> fields, Format nameFormat = Format::DnsSubdomain, bool namespaced = true);

// Filters.
Node httpRouteFilters();
Node grpcRouteFilters();

// Whole objects by kind; `old...` are the looser alpha shapes.
Node gatewayClassRoot();
Node gatewayRoot();
Node listenerSetRoot();
Node httpRouteRoot();
Node grpcRouteRoot();
Node tlsRouteRoot();
Node oldTlsRouteRoot();
Node tcpOrUdpRouteRoot();
Node oldTcpOrUdpRouteRoot();
Node referenceGrantRoot();
Node backendTlsPolicyRoot();
Node namespaceRoot();
Node serviceRoot();
Node endpointsRoot();
Node endpointSliceRoot();
Node secretRoot();
Node configMapRoot();
Node podRoot();
Node deploymentRoot();

} // namespace gatehouse::model::schema
