#pragma once

#include "engine/echo/echo_backend.h"
#include "engine/runtime/gateway_tls.h"
#include "engine/runtime/server_socket.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/udp_session.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::engine {

/// The listening sockets of all built-in echo backends, one for each port of a simulated Pod, kept while a snapshot
/// wants them; the logs of those Pods; and the addresses of all endpoints, real ones included. Thread: control.
class EchoSockets {
public:
    struct Change {
        std::vector<std::pair<std::size_t, BoundSocket>> added; ///< with the worker that is to serve it
        std::vector<std::pair<std::size_t, BoundDatagramSocket>> addedUdp;
        std::vector<std::pair<std::size_t, routing::BindKey>> removed;
    };
    /// Opens what the snapshot wants anew and names what it wants no more. An echo whose certificate changed, or
    /// what it asks of clients, is opened anew. `tls` makes the TLS sides.
    Change follow(const routing::Snapshot& snapshot, unsigned workers, GatewayTls& tls);
    /// Where every endpoint is. Host names are resolved here, so this may block for the resolver.
    [[nodiscard]] ClusterAddresses addresses(const routing::Snapshot& snapshot) const;
    [[nodiscard]] const PodLogs& logs() const noexcept { return logs_; }

private:
    /// What an echo with TLS shows, and whose certificates it asks for; all empty without.
    struct Secured {
        TlsIdentity identity;
        std::string clientAuthorities; ///< PEM; "": clients are not asked
        bool operator==(const Secured&) const = default;
    };
    static Secured securedOf(const routing::BackendEndpoint& endpoint);
    struct Open {
        std::uint16_t port = 0, udpPort = 0; ///< 0: not opened, since it does not speak that or could not be
        std::string error;
        std::size_t worker = 0;
        Secured secured;
    };
    struct Opening {
        unsigned workers;
        GatewayTls& tls;
        Change& change;
    };
    void open(const EchoIdentity& identity, Open& open, const Opening& opening);
    void openStreams(const EchoIdentity& identity, Open& open, const Opening& opening);
    void openDatagrams(const EchoIdentity& identity, Open& open, const Opening& opening);
    static void close(const Open& open, Change& change);
    void keepLogs(const routing::Snapshot& snapshot);

    std::map<EchoIdentity, Open> open_;
    PodLogs logs_;
    std::size_t nextWorker_ = 0;
};

} // namespace gatehouse::engine
