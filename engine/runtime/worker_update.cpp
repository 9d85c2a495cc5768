// How a worker takes a new snapshot and new sockets, and how it lets go of old ones.
#include "engine/http/client_connection.h"
#include "engine/http/workspace.h"
#include "engine/runtime/udp_relay.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

void Worker::update(WorkerUpdate update)
{
    const std::shared_ptr<Serving> before = serving_;
    if (update.snapshot) {
        auto serving = std::make_shared<Serving>();
        serving->snapshot = std::move(update.snapshot);
        serving->tls = std::move(update.tls);
        serving->rules = std::move(update.rules);
        serving->weights.resize(serving->snapshot->rules.size());
        serving->mirrors.resize(serving->snapshot->mirrors);
        serving->clusters.resize(update.addresses->size());
        for (std::size_t i = 0; i < update.addresses->size(); ++i) {
            for (const EndpointAddress& address : (*update.addresses)[i])
                serving->clusters[i].endpoints.push_back(pools_.find(address));
        }
        pools_.retireUnused();
        serving_ = std::move(serving);
        for (auto& workspace : workspaces_)
            workspace->serving.reset();
    }
    for (const auto& [role, key] : update.removed) {
        const auto found =
            std::find_if(servers_.begin(), servers_.end(), [&, role = role, key = key](const auto& each) {
                return each->role() == role && each->key() == key;
            });
        if (found == servers_.end())
            continue;
        const std::shared_ptr<ServerSocket> server = *found;
        servers_.erase(found);
        server->retire(before);
        closeConnections(*server);
    }
    for (BoundSocket& bound : update.added) {
        servers_.push_back(std::make_shared<ServerSocket>(*this, std::move(bound)));
        servers_.back()->open();
    }
    updateUdp(update);
}

void Worker::updateUdp(WorkerUpdate& update)
{
    for (const auto& [role, key] : update.removed) {
        if (udp_ && key.udp)
            udp_->close(role, key);
    }
    if (udp_)
        udp_->snapshotChanged();
    for (BoundDatagramSocket& bound : update.addedUdp) {
        if (!udp_)
            udp_ = std::make_unique<UdpRelay>(*this);
        udp_->open(std::move(bound));
    }
}

void Worker::drain(std::function<void()> idle)
{
    for (auto each = servers_.begin(); each != servers_.end();) {
        if ((*each)->role() == ServerRole::Echo) {
            ++each; // requests in flight may still need their backend
            continue;
        }
        const std::shared_ptr<ServerSocket> server = *each;
        each = servers_.erase(each);
        server->retire(serving_);
        closeConnections(*server);
    }
    if (udp_)
        udp_->drain([this] { reportIdle(); });
    whenIdle_ = std::move(idle);
    reportIdle();
}

void Worker::closeConnections(const ServerSocket& server)
{
    for (ClientConnection* each = connections_; each;) {
        ClientConnection& connection = *each;
        each = each->next; // it may be gone after this
        if (connection.server().get() == &server)
            connection.serverRetired();
    }
}

} // namespace gatehouse::engine
