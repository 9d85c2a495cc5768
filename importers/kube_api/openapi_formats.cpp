#include "importers/kube_api/openapi_schema.h"

namespace gatehouse::importers {

std::string_view formatPattern(model::Format format)
{
    using model::Format;
    switch (format) {
    case Format::Hostname:
        return R"(^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)";
    case Format::PreciseHostname:
    case Format::SectionName:
    case Format::DnsSubdomain:
        return R"(^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)";
    case Format::NamespaceName:
    case Format::DnsLabel:
        return R"(^[a-z0-9]([-a-z0-9]*[a-z0-9])?$)";
    case Format::KindName:
        return R"(^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$)";
    case Format::GroupName:
        return R"(^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)";
    case Format::HeaderName:
        return R"(^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$)";
    case Format::Duration:
        return R"(^([0-9]{1,5}(h|m|s|ms)){1,4}$)";
    case Format::None:
    case Format::ObjectName:
    case Format::ControllerName:
    case Format::AbsoluteUri:
    case Format::CorsOrigin:
    case Format::LabelKey:
    case Format::LabelValue:
    case Format::Base64:
    case Format::DateTime:
    case Format::PortOrName:
    case Format::PathValue:
    case Format::GrpcService:
    case Format::GrpcMethod:
    case Format::Protocol:
    case Format::AddressType:
    case Format::IpAddress:
    case Format::HeaderValue:
    case Format::WellKnownCA:
        break;
    }
    return {};
}

std::string_view kindDescription(std::string_view group, std::string_view kind)
{
    struct Row {
        std::string_view group, kind, description;
    };
    constexpr std::string_view gateway = "gateway.networking.k8s.io";
    static constexpr Row rows[] = {
        {"", "ConfigMap", "Settings that are no secret, as names and values."},
        {"", "Endpoints", "The addresses behind a Service, in one object; EndpointSlices took its place."},
        {"", "Event", "Something that happened to an object, told for a while."},
        {"", "Namespace", "A space for names, and the unit in which routes and grants are given away."},
        {"", "Node", "A machine that runs Pods; here it is this one."},
        {"", "Pod", "Containers that run together; here the built-in echo answers for them."},
        {"", "Secret", "Contents that must not be shown, such as certificates and their keys."},
        {"", "Service", "A name and ports for a set of Pods: what routes name as their backend."},
        {"", "ServiceAccount", "An identity for what runs in Pods."},
        {"apiextensions.k8s.io", "CustomResourceDefinition", "Describes a kind that is not built in."},
        {"apps", "Deployment", "Keeps a number of like Pods running."},
        {"apps", "ReplicaSet", "The Pods of one state of a Deployment."},
        {"coordination.k8s.io", "Lease", "Says who leads at the moment, and until when."},
        {"discovery.k8s.io", "EndpointSlice", "Some of the addresses behind a Service, and how they are."},
        {"events.k8s.io", "Event", "Something that happened to an object, told for a while."},
        {gateway, "BackendTLSPolicy", "Says how Gateways speak TLS to a Service and whom they trust there."},
        {gateway, "GRPCRoute", "Sends gRPC calls to backends, by service, method and headers."},
        {gateway, "Gateway",
         "Asks for listeners: addresses, ports, protocols and certificates to which routes attach."},
        {gateway, "GatewayClass", "A class of Gateways and the controller that plays them."},
        {gateway, "HTTPRoute", "Sends HTTP requests to backends, by hostname, path, method, headers and query."},
        {gateway, "ListenerSet", "Adds listeners to a Gateway that somebody else owns."},
        {gateway, "ReferenceGrant", "Lets objects of other namespaces refer to objects of this one."},
        {gateway, "TCPRoute", "Sends TCP connections to backends."},
        {gateway, "TLSRoute", "Sends TLS connections to backends, by the server name that the client asks for."},
        {gateway, "UDPRoute", "Sends UDP datagrams to backends."},
    };
    for (const Row& row : rows)
        if (row.kind == kind && row.group == group)
            return row.description;
    return {};
}

} // namespace gatehouse::importers
