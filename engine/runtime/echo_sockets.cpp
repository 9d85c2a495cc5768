#include "engine/runtime/echo_sockets.h"

#include "engine/echo/grpc_backend.h"
#include "engine/echo/tcp_echo.h"
#include "engine/echo/udp_echo.h"
#include "engine/runtime/listener_sockets.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace gatehouse::engine {

namespace {

constexpr const char* loopback = "127.0.0.1";

std::string textOf(const std::string& address, std::uint16_t port)
{
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? "[" + address + "]:" : address + ":") + std::to_string(port);
}

EndpointAddress addressOf(const routing::BackendEndpoint& endpoint)
{
    EndpointAddress address;
    address.text = textOf(endpoint.address, endpoint.port);
    error_code error;
    if (const auto literal = asio::ip::make_address(endpoint.address, error); !error) {
        address.endpoint = {literal, endpoint.port};
        return address;
    }
    asio::io_context io;
    asio::ip::tcp::resolver resolver(io);
    const auto found = resolver.resolve(endpoint.address, std::to_string(endpoint.port), error);
    if (error || found.empty()) {
        address.error = "cannot resolve " + endpoint.address + ": " + error.message();
        return address;
    }
    for (const auto& each : found)
        address.others.push_back(each.endpoint());
    // "localhost" may name both; development servers listen on 127.0.0.1 more often than on ::1.
    std::stable_partition(address.others.begin(), address.others.end(),
                          [](const auto& each) { return each.protocol() == asio::ip::tcp::v4(); });
    address.endpoint = address.others.front();
    address.others.erase(address.others.begin());
    return address;
}

} // namespace

EchoSockets::Secured EchoSockets::securedOf(const routing::BackendEndpoint& endpoint)
{
    Secured secured;
    if (endpoint.certificate)
        secured.identity = {endpoint.certificate->data.at("tls.crt"), endpoint.certificate->data.at("tls.key")};
    if (endpoint.clientAuthorities)
        secured.clientAuthorities = *endpoint.clientAuthorities;
    return secured;
}

void EchoSockets::open(const EchoIdentity& identity, Open& open, const Opening& opening)
{
    using routing::EchoMode;
    open.worker = nextWorker_++ % opening.workers;
    // DNS is asked over either.
    if (identity.mode != EchoMode::Udp)
        openStreams(identity, open, opening);
    if (open.error.empty() && (identity.mode == EchoMode::Udp || identity.mode == EchoMode::Dns))
        openDatagrams(identity, open, opening);
}

void EchoSockets::openStreams(const EchoIdentity& identity, Open& open, const Opening& opening)
{
    using routing::EchoMode;
    std::shared_ptr<const TlsServer> tls;
    if (identity.mode == EchoMode::Https || identity.mode == EchoMode::Tls) {
        if (open.secured.identity.keyPem.empty()) {
            open.error = "the built-in echo of Pod " + identity.namespace_ + "/" + identity.pod +
                         " has no certificate: the Pod mounts no Secret with tls.crt and tls.key";
            return;
        }
        std::optional<TlsClientsText> clients;
        if (!open.secured.clientAuthorities.empty())
            clients = TlsClientsText{TlsClientCheck::IfGiven, {&open.secured.clientAuthorities}};
        auto server = opening.tls.local(open.secured.identity, std::move(clients));
        if (!server) {
            open.error = std::move(server.error());
            return;
        }
        tls = *server;
    }
    ListenerSockets sockets = openListeners({loopback, 0}, 1);
    open.error = sockets.error;
    if (!sockets.error.empty())
        return;
    open.port = sockets.port;
    auto log = logs_.open({identity.namespace_, identity.pod, identity.container});
    BoundSocket bound{{loopback, sockets.port}, ServerRole::Echo, nullptr, sockets.fds[0], false, std::move(tls)};
    if (identity.mode == EchoMode::Tcp || identity.mode == EchoMode::Tls || identity.mode == EchoMode::Dns)
        bound.streams = std::make_shared<TcpEcho>(identity, std::move(log));
    else if (identity.mode == EchoMode::Grpc)
        bound.service = std::make_shared<GrpcEchoBackend>(identity, std::move(log));
    else
        bound.service = std::make_shared<EchoBackend>(identity, std::move(log));
    opening.change.added.emplace_back(open.worker, std::move(bound));
}

void EchoSockets::openDatagrams(const EchoIdentity& identity, Open& open, const Opening& opening)
{
    ListenerSockets sockets = openListeners({loopback, 0, true}, 1);
    open.error = sockets.error;
    if (!sockets.error.empty())
        return;
    open.udpPort = sockets.port;
    auto log = logs_.open({identity.namespace_, identity.pod, identity.container});
    BoundDatagramSocket bound{{loopback, sockets.port, true}, ServerRole::Echo, sockets.fds[0], nullptr};
    if (identity.mode == routing::EchoMode::Dns)
        bound.service = std::make_shared<DnsEcho>(identity, std::move(log));
    else
        bound.service = std::make_shared<UdpEcho>(identity, std::move(log));
    opening.change.addedUdp.emplace_back(open.worker, std::move(bound));
}

void EchoSockets::close(const Open& open, Change& change)
{
    if (open.port != 0)
        change.removed.emplace_back(open.worker, routing::BindKey{loopback, open.port});
    if (open.udpPort != 0)
        change.removed.emplace_back(open.worker, routing::BindKey{loopback, open.udpPort, true});
}

/// A log goes with its Pod, not with the routes to it; Services without Pods have theirs while they are routed to.
void EchoSockets::keepLogs(const routing::Snapshot& snapshot)
{
    std::set<std::pair<std::string_view, std::string_view>> routed;
    for (const auto& [identity, open] : open_)
        routed.emplace(identity.namespace_, identity.pod);
    const model::ResourceSet* resources = snapshot.graph ? snapshot.graph->resources.get() : nullptr;
    logs_.keep([&](const std::string& namespace_, const std::string& pod) {
        return (resources && resources->pods.contains({namespace_, pod})) || routed.contains({namespace_, pod});
    });
}

EchoSockets::Change EchoSockets::follow(const routing::Snapshot& snapshot, unsigned workers, GatewayTls& tls)
{
    Change change;
    std::set<EchoIdentity> wanted;
    for (const routing::Cluster& cluster : snapshot.clusters) {
        for (const routing::BackendEndpoint& endpoint : cluster.endpoints) {
            if (!endpoint.echo || !wanted.insert(*endpoint.echo).second)
                continue;
            Open& each = open_[*endpoint.echo];
            if (Secured wants = securedOf(endpoint); each.secured != wants) {
                close(each, change);
                each = Open{};
                each.secured = std::move(wants);
            }
            if (each.port == 0 && each.udpPort == 0)
                open(*endpoint.echo, each, {workers, tls, change});
        }
    }
    for (auto each = open_.begin(); each != open_.end();) {
        if (wanted.count(each->first)) {
            ++each;
            continue;
        }
        close(each->second, change);
        each = open_.erase(each);
    }
    keepLogs(snapshot);
    return change;
}

ClusterAddresses EchoSockets::addresses(const routing::Snapshot& snapshot) const
{
    ClusterAddresses all;
    all.reserve(snapshot.clusters.size());
    std::map<std::string, EndpointAddress> asked; // a name that many clusters have is asked for once
    for (const routing::Cluster& cluster : snapshot.clusters) {
        std::vector<EndpointAddress>& addresses = all.emplace_back();
        const bool http2 = cluster.protocol == routing::BackendProtocol::H2c;
        for (const routing::BackendEndpoint& endpoint : cluster.endpoints) {
            if (!endpoint.echo) {
                const auto [known, fresh] = asked.try_emplace(textOf(endpoint.address, endpoint.port));
                if (fresh)
                    known->second = addressOf(endpoint);
                addresses.push_back(known->second);
                addresses.back().http2 = http2;
                continue;
            }
            const Open& open = open_.find(*endpoint.echo)->second;
            const bool udp = cluster.protocol == routing::BackendProtocol::Udp;
            const std::uint16_t port = udp ? open.udpPort : open.port;
            EndpointAddress address;
            address.http2 = http2;
            address.endpoint = {asio::ip::address_v4::loopback(), port};
            // The pool's name as well: what cannot be reached must not share a pool with others like it.
            address.text = port != 0 ? textOf(loopback, port) : cluster.name + "/" + endpoint.pod;
            address.error = open.error;
            if (port == 0 && address.error.empty())
                address.error = "the built-in echo of Pod " + endpoint.echo->namespace_ + "/" + endpoint.echo->pod +
                                " speaks " + std::string(toString(endpoint.echo->mode)) + " and not " +
                                (udp ? "UDP" : "TCP");
            addresses.push_back(std::move(address));
        }
    }
    return all;
}

} // namespace gatehouse::engine
