#pragma once

#include "engine/net/udp_flows.h"
#include "engine/net/udp_readiness.h"
#include "engine/runtime/datagram_service.h"
#include "engine/runtime/server_socket.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

namespace gatehouse::engine {

class EndpointPool;
class UdpRelay;
struct Serving;
struct SessionCounters;

/// A bound UDP socket, made on the control thread.
struct BoundDatagramSocket {
    routing::BindKey key;
    ServerRole role = ServerRole::Gateway;
    int fd = -1;
    std::shared_ptr<DatagramService> service = nullptr; ///< null: datagrams are relayed as the snapshot says
};

/// One worker's bound UDP socket.
class UdpServer final : public UdpReader {
public:
    UdpServer(UdpRelay& relay, BoundDatagramSocket bound)
        : relay_(relay), bound_(std::move(bound)), everywhere_(isEverywhere(bound_.key))
    {
    }
    bool onReadable() override;
    [[nodiscard]] const routing::BindKey& key() const noexcept { return bound_.key; }
    [[nodiscard]] ServerRole role() const noexcept { return bound_.role; }
    [[nodiscard]] int fd() const noexcept { return bound_.fd; }
    /// Bound to all addresses: an answer has to leave from the one that its client asked.
    [[nodiscard]] bool everywhere() const noexcept { return everywhere_; }
    [[nodiscard]] DatagramService* service() const noexcept { return bound_.service.get(); }

private:
    static bool isEverywhere(const routing::BindKey& key);

    UdpRelay& relay_;
    BoundDatagramSocket bound_;
    bool everywhere_;
};

/// A client's datagrams to one listener and the answers to them, through a socket of their own to the backend, so that
/// the kernel tells answers apart (semantics section 13). One that has no backend is kept as well: its client stays
/// unheard without being logged anew for each datagram.
struct UdpSession final : UdpFlow, UdpReader {
    UdpSession(UdpRelay& owner, UdpServer& from) : relay(owner), listener(from) { server = &from; }
    void begin(const UdpAddress& from, std::shared_ptr<Serving> with, TimePoint now);
    bool onReadable() override;

    UdpRelay& relay;
    UdpServer& listener;
    UdpAddress asked;        ///< where the client sent to; only if the listener is everywhere()
    int fd = -1;             ///< connected to the backend; -1: its datagrams are dropped
    std::int32_t first = -1; ///< of the batch under way, the datagrams to be sent on
    std::int32_t last = -1;
    UdpSession* touched = nullptr; ///< the next session of the batch under way
    bool awaitsAnswer = false;     ///< the last datagram went to the backend

    // For the access log. The snapshot that the session began with keeps what is pointed to.
    std::shared_ptr<Serving> serving;
    const routing::ListenerTable* table = nullptr;
    const routing::CompiledRule* rule = nullptr;
    const routing::Cluster* cluster = nullptr;
    const EndpointPool* endpoint = nullptr;
    SessionCounters* counters = nullptr; ///< see StreamRecord
    std::chrono::system_clock::time_point wallStart;
    TimePoint start;
    std::uint64_t bytesReceived = 0, bytesSent = 0; ///< from and to the client
    std::string_view flags = "-";                   ///< static text
};

} // namespace gatehouse::engine
