#pragma once

#include "model/api/references.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::model {

/// The core Kubernetes kinds, as far as routing reads them (contract section 2).

struct Namespace : Resource {}; ///< labels always hold kubernetes.io/metadata.name

/// A port given by number or by the name of a container port.
struct IntOrName {
    std::optional<std::uint16_t> number;
    std::string name;
};

struct ServicePort {
    std::string name;
    std::string protocol = "TCP";
    std::uint16_t port = 0;
    IntOrName targetPort; ///< defaults to `port`
    std::string appProtocol;
    Position position;
};

struct Service : Resource {
    std::string type = "ClusterIP"; ///< ExternalName Services are no backends (semantics 11.1)
    std::string clusterIP;          ///< "None": headless
    std::vector<ServicePort> ports;
    std::map<std::string, std::string> selector;
};

struct Endpoint {
    std::vector<std::string> addresses;
    bool ready = true;
    std::string targetPod; ///< targetRef.name of kind Pod; "" if none
    Position position;
};

struct EndpointPort {
    std::string name;
    std::string protocol = "TCP";
    std::optional<std::uint16_t> port;
    std::string appProtocol;
};

/// An EndpointSlice, or one subset of an Endpoints object read as one. `serviceName` is the label
/// kubernetes.io/service-name, or the Endpoints object's own name.
struct EndpointSlice : Resource {
    std::string serviceName;
    std::vector<Endpoint> endpoints;
    std::vector<EndpointPort> ports;
};

/// Data is decoded (base64 for `data`, as it is for `stringData`). Never logged, drawn or printed.
struct Secret : Resource {
    std::string type;
    std::map<std::string, std::string> data;
};

struct ConfigMap : Resource {
    std::map<std::string, std::string> data;
    std::map<std::string, std::string> binaryData;
};

struct ContainerPort {
    std::string name;
    std::uint16_t containerPort = 0;
    std::string protocol = "TCP";
};

struct Container {
    std::string name;
    std::string image;
    std::vector<ContainerPort> ports;
    std::map<std::string, std::string> env; ///< literal values only
    std::map<std::string, std::string>
        envFields; ///< variables to fields of the Pod ("metadata.name": the downward API)
};

/// A Secret or ConfigMap that a volume shows as files: a Pod does not start while it is missing.
struct MountedObject {
    enum class Kind : std::uint8_t { Secret, ConfigMap };
    Kind kind = Kind::Secret;
    std::string name;
};

struct Pod : Resource {
    std::vector<Container> containers;
    std::vector<MountedObject> mounts;
    std::string podIP;
    bool ready = true;
};

struct Deployment : Resource {
    std::int32_t replicas = 1;
    std::map<std::string, std::string> podLabels;
    std::map<std::string, std::string> podAnnotations;
    std::vector<Container> containers;
    std::vector<MountedObject> mounts;
};

/// A BackendTLSPolicy target or a SubjectAltName, see semantics 3.9.
struct PolicyTargetReference {
    std::string group;
    std::string kind;
    std::string name;
    std::optional<std::string> sectionName;
    Position position;
};

struct SubjectAltName {
    bool isUri = false;
    std::string value;
};

struct BackendTLSPolicy : Resource {
    std::vector<PolicyTargetReference> targetRefs;
    std::vector<ObjectReference> caCertificateRefs;
    std::string wellKnownCACertificates;
    std::string hostname;
    std::vector<SubjectAltName> subjectAltNames;
    std::map<std::string, std::string> options;
};

/// A kind that is kept and drawn but not executed: implementation-specific routes and policies.
struct OtherResource : Resource {
    bool isRoute = false; ///< kind ends in Route
    std::vector<ParentReference> parentRefs;
    std::vector<PolicyTargetReference> targetRefs;
};

} // namespace gatehouse::model
