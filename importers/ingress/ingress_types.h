#pragma once

#include "model/base/diagnostic.h"
#include "model/base/object_key.h"
#include "model/base/source_location.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::importers::ingress {

/// Stable codes of what an Ingress says and a Gateway API object cannot, or not quite.
namespace code {
inline constexpr const char* invalid = "GH1501";           ///< not a valid Ingress
inline constexpr const char* oldVersion = "GH1502";        ///< an apiVersion that is no longer served
inline constexpr const char* annotation = "GH1503";        ///< an annotation that was not carried over
inline constexpr const char* annotationRouting = "GH1504"; ///< the same, and requests fare differently
inline constexpr const char* duplicatePath = "GH1505";     ///< an older Ingress has this host and path
inline constexpr const char* backend = "GH1506";           ///< a backend that cannot be named
inline constexpr const char* tls = "GH1507";               ///< TLS without a certificate that can be named
inline constexpr const char* pathType = "GH1508";          ///< a path that means something else now
inline constexpr const char* wildcard = "GH1509";          ///< a wildcard host that takes deeper names now
inline constexpr const char* ingressClass = "GH1510";      ///< class unknown, or parameters that were not read
inline constexpr const char* placed = "GH1511";            ///< where a Gateway went
} // namespace code

/// Where something of an object stands: its field path and its place in the text.
struct Spot {
    std::string fieldPath;
    model::Position position;
};

struct Annotation {
    std::string name, value;
    model::Position position;
};

struct Backend {
    std::string service, portName;
    std::uint16_t port = 0; ///< 0: portName says it
    std::string resource;   ///< "Kind name" of a backend that is no Service
    Spot spot;
};

enum class PathType : std::uint8_t { Exact, Prefix, ImplementationSpecific };

struct Path {
    std::string path = "/";
    PathType type = PathType::Prefix;
    Backend backend;
    Spot spot;
};

struct Rule {
    std::string host; ///< "": all hosts
    std::vector<Path> paths;
    Spot spot;
};

struct Tls {
    std::vector<std::string> hosts;
    std::string secret;
    Spot spot;
};

/// An Ingress as it was written; what was wrong with it is reported and left out.
struct Ingress {
    model::ObjectName name;
    std::string className; ///< "" where none is named and none is the default
    std::string created;   ///< creationTimestamp; "" when unknown
    std::vector<Annotation> annotations;
    std::vector<Tls> tls;
    std::vector<Rule> rules;
    std::optional<Backend> defaultBackend;
    std::shared_ptr<const std::string> file;
    model::Position position;
};

struct IngressClass {
    std::string name, controller;
    bool isDefault = false;
    std::optional<Spot> parameters;
    std::shared_ptr<const std::string> file;
};

struct ServicePort {
    std::string name, appProtocol;
    std::uint16_t port = 0;
};

/// Everything that the conversion looks at.
struct Input {
    std::vector<Ingress> ingresses; ///< older ones first: creationTimestamp (those without one last), then their names
    std::map<std::string, IngressClass> classes;
    std::map<model::ObjectName, std::vector<ServicePort>> services;
};

/// Collects what is to be said about Ingresses. Lifetime: refers to `diagnostics`.
class Reports {
public:
    explicit Reports(std::vector<model::Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

    void add(model::Severity severity, const char* code, const Ingress& ingress, const Spot& spot, std::string message,
             std::string remedy = {});
    void add(model::Severity severity, const char* code, const IngressClass& ingressClass, const Spot& spot,
             std::string message, std::string remedy = {});

private:
    std::vector<model::Diagnostic>& diagnostics_;
};

} // namespace gatehouse::importers::ingress
