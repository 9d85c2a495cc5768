#include "engine/routing/snapshot.h"

#include "engine/routing/host_index.h"

#include <algorithm>

namespace gatehouse::routing {

std::string_view toString(BackendProtocol protocol)
{
    switch (protocol) {
    case BackendProtocol::Http1:
        return "HTTP/1.1";
    case BackendProtocol::H2c:
        return "HTTP/2";
    case BackendProtocol::Tcp:
        return "TCP";
    case BackendProtocol::Udp:
        return "UDP";
    }
    return "HTTP/1.1";
}

std::string_view toString(EchoMode mode)
{
    switch (mode) {
    case EchoMode::Http:
        return "HTTP";
    case EchoMode::H2c:
        return "h2c";
    case EchoMode::Https:
        return "HTTPS";
    case EchoMode::Grpc:
        return "gRPC";
    case EchoMode::Tcp:
        return "TCP";
    case EchoMode::Tls:
        return "TLS";
    case EchoMode::Udp:
        return "UDP";
    case EchoMode::Dns:
        return "DNS";
    }
    return "HTTP";
}

const PortTable* Snapshot::find(const BindKey& key) const noexcept
{
    const auto it = std::lower_bound(ports.begin(), ports.end(), key,
                                     [](const PortTable& table, const BindKey& wanted) { return table.key < wanted; });
    return it != ports.end() && it->key == key ? &*it : nullptr;
}

namespace {

const ListenerTable* owner(const PortTable& port, const HostIndex& index, std::string_view host) noexcept
{
    const ListenerTable* found = nullptr;
    index.visit(host, [&](std::uint32_t number) {
        found = &port.listeners[number];
        return true;
    });
    return found;
}

} // namespace

const ListenerTable* PortTable::find(std::string_view host) const noexcept
{
    return owner(*this, *hostnames, host);
}

const ListenerTable* PortTable::findServerName(std::string_view serverName) const noexcept
{
    return owner(*this, *serverNames, serverName);
}

std::string_view toString(Carrier carrier)
{
    switch (carrier) {
    case Carrier::Http:
        return "HTTP";
    case Carrier::Tls:
        return "TLS";
    case Carrier::Tcp:
        return "TCP";
    case Carrier::Udp:
        break;
    }
    return "UDP";
}

} // namespace gatehouse::routing
