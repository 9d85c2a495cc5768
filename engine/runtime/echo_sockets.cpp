#include "engine/runtime/echo_sockets.h"

#include "engine/runtime/listener_sockets.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

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
    address.endpoint = found.begin()->endpoint();
    // "localhost" may name both; development servers listen on 127.0.0.1 more often than on ::1.
    for (const auto& each : found) {
        if (each.endpoint().protocol() == asio::ip::tcp::v4()) {
            address.endpoint = each.endpoint();
            break;
        }
    }
    return address;
}

} // namespace

EchoSockets::Change EchoSockets::follow(const routing::Snapshot& snapshot, unsigned workers)
{
    Change change;
    std::set<Key> wanted;
    for (const routing::Cluster& cluster : snapshot.clusters) {
        if (!cluster.echo)
            continue;
        for (const routing::BackendEndpoint& endpoint : cluster.endpoints) {
            Key key{cluster.name, endpoint.pod};
            wanted.insert(key);
            Open& open = open_[key];
            if (open.port != 0)
                continue;
            ListenerSockets sockets = openListeners({loopback, 0}, 1);
            open.error = sockets.error;
            if (!sockets.error.empty())
                continue;
            open.port = sockets.port;
            open.worker = nextWorker_++ % workers;
            EchoIdentity identity{cluster.namespace_, cluster.service, endpoint.pod};
            change.added.emplace_back(open.worker, BoundSocket{{loopback, sockets.port},
                                                               ServerRole::Echo,
                                                               std::make_shared<EchoBackend>(std::move(identity)),
                                                               sockets.fds[0],
                                                               false});
        }
    }
    for (auto each = open_.begin(); each != open_.end();) {
        if (wanted.count(each->first)) {
            ++each;
            continue;
        }
        if (each->second.port != 0)
            change.removed.emplace_back(each->second.worker, routing::BindKey{loopback, each->second.port});
        each = open_.erase(each);
    }
    return change;
}

ClusterAddresses EchoSockets::addresses(const routing::Snapshot& snapshot) const
{
    ClusterAddresses all;
    all.reserve(snapshot.clusters.size());
    for (const routing::Cluster& cluster : snapshot.clusters) {
        std::vector<EndpointAddress>& addresses = all.emplace_back();
        for (const routing::BackendEndpoint& endpoint : cluster.endpoints) {
            if (!cluster.echo) {
                addresses.push_back(addressOf(endpoint));
                continue;
            }
            const auto open = open_.find(Key{cluster.name, endpoint.pod});
            EndpointAddress address;
            address.endpoint = {asio::ip::address_v4::loopback(), open->second.port};
            address.text = textOf(loopback, open->second.port);
            address.error = open->second.error;
            addresses.push_back(std::move(address));
        }
    }
    return all;
}

} // namespace gatehouse::engine
