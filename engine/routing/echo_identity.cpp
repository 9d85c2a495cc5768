#include "engine/routing/echo_identity.h"

#include <algorithm>

namespace gatehouse::routing {
namespace {

/// What the routes to a port whose server is not known expect of it.
EchoMode modeOf(const PortUse& use)
{
    switch (use.use) {
    case ClusterUse::Grpc:
        return EchoMode::Grpc;
    case ClusterUse::Datagram:
        return EchoMode::Udp;
    case ClusterUse::Stream:
    case ClusterUse::Terminated:
        return EchoMode::Tcp;
    case ClusterUse::Passthrough:
        return EchoMode::Tls;
    case ClusterUse::Http:
        break;
    }
    return use.port.appProtocol == "kubernetes.io/h2c" ? EchoMode::H2c : EchoMode::Http;
}

/// "echo-basic" of "images.test/gateway-api/echo-basic:v1.5.1": registries and tags come and go.
std::string_view imageName(std::string_view image)
{
    image.remove_prefix(image.rfind('/') + 1); // npos + 1 is 0
    return image.substr(0, image.find_first_of(":@"));
}

const std::string& variable(const model::Container& container, const std::string& name)
{
    static const std::string none;
    const auto it = container.env.find(name);
    return it == container.env.end() ? none : it->second;
}

/// Whether `port` is the one that a variable of the echo image names, or its default.
bool isPort(const model::Container& container, const std::string& name, std::string_view otherwise, std::uint16_t port)
{
    const std::string& text = variable(container, name);
    return std::to_string(port) == (text.empty() ? otherwise : std::string_view(text));
}

EchoMode modeOf(const model::Container& container, std::uint16_t port)
{
    if (!variable(container, "GRPC_ECHO_SERVER").empty())
        return EchoMode::Grpc;
    if (!variable(container, "TCP_ECHO_SERVER").empty())
        return isPort(container, "TLS_PORT", "8443", port) ? EchoMode::Tls : EchoMode::Tcp;
    if (!variable(container, "UDP_ECHO_SERVER").empty())
        return EchoMode::Udp;
    if (isPort(container, "H2C_PORT", "3001", port))
        return EchoMode::H2c;
    const bool hasCertificate = !variable(container, "TLS_SERVER_CERT").empty();
    return hasCertificate && isPort(container, "HTTPS_PORT", "8443", port) ? EchoMode::Https : EchoMode::Http;
}

/// The container that listens on `port`: the one that says so, else the first.
const model::Container* containerOf(const model::Pod& pod, std::uint16_t port)
{
    const auto listens = [&](const model::Container& container) {
        return std::any_of(container.ports.begin(), container.ports.end(),
                           [&](const model::ContainerPort& each) { return each.containerPort == port; });
    };
    const auto it = std::find_if(pod.containers.begin(), pod.containers.end(), listens);
    if (it != pod.containers.end())
        return &*it;
    return pod.containers.empty() ? nullptr : &pod.containers.front();
}

} // namespace

EchoIdentity echoOf(const PortUse& use)
{
    EchoIdentity echo;
    echo.namespace_ = use.service.namespace_();
    echo.service = use.service.name();
    echo.pod = use.service.name() + "-echo";
    echo.port = use.port.targetPort.number.value_or(use.port.port);
    echo.mode = modeOf(use);
    return echo;
}

EchoIdentity echoOf(const model::Pod& pod, std::uint16_t port, const PortUse& use)
{
    EchoIdentity echo;
    echo.namespace_ = pod.namespace_();
    echo.service = use.service.name();
    echo.pod = pod.name();
    echo.port = port;
    echo.mode = modeOf(use);
    const model::Container* container = containerOf(pod, port);
    if (!container)
        return echo;
    echo.container = container->name;
    const std::string_view image = imageName(container->image);
    if (image == "coredns")
        echo.mode = EchoMode::Dns;
    if (image != "echo-basic")
        return echo;
    if (const std::string& name = variable(*container, "SERVICE_NAME"); !name.empty())
        echo.service = name;
    echo.ingress = variable(*container, "INGRESS_NAME");
    echo.mode = modeOf(*container, port);
    return echo;
}

const model::Secret* certificateOf(const model::ResourceSet& resources, const model::Pod& pod)
{
    for (const model::MountedObject& mount : pod.mounts) {
        if (mount.kind != model::MountedObject::Kind::Secret)
            continue;
        const auto secret = resources.secrets.find({pod.namespace_(), mount.name});
        if (secret != resources.secrets.end() && secret->second->data.contains("tls.crt") &&
            secret->second->data.contains("tls.key"))
            return secret->second.get();
    }
    return nullptr;
}

const std::string* clientAuthoritiesOf(const model::ResourceSet& resources, const model::Pod& pod, std::uint16_t port)
{
    const model::Container* container = containerOf(pod, port);
    if (!container || imageName(container->image) != "echo-basic" || variable(*container, "TLS_CLIENT_CACERTS").empty())
        return nullptr;
    const auto textIn = [](const auto& objects, const model::ObjectName& name) -> const std::string* {
        const auto object = objects.find(name);
        if (object == objects.end())
            return nullptr;
        const auto text = object->second->data.find("ca.crt");
        return text == object->second->data.end() ? nullptr : &text->second;
    };
    for (const model::MountedObject& mount : pod.mounts) {
        const model::ObjectName name{pod.namespace_(), mount.name};
        const std::string* text = mount.kind == model::MountedObject::Kind::Secret ? textIn(resources.secrets, name)
                                                                                   : textIn(resources.configMaps, name);
        if (text)
            return text;
    }
    return nullptr;
}

} // namespace gatehouse::routing
