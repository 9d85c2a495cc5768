#pragma once

#include "engine/net/udp_batch.h"
#include "engine/net/udp_flows.h"
#include "engine/net/udp_readiness.h"
#include "engine/runtime/deadlines.h"
#include "engine/runtime/udp_session.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::engine {

class Worker;

/// A worker's UDP: its bound sockets and the sessions through them. A datagram of a client that is not known begins a
/// session: the rule of the listener's port chooses a backend, once, and a socket is connected to it. Sessions end when
/// they were silent for long, when the backend's host says that nobody is there, with their listener, or when too many
/// are open.
///
/// Datagrams are received many at a time into one batch, which is sent on before the next is received: what one client
/// sent in one piece, where the kernel takes that. In the steady state nothing is allocated. Thread: its worker.
class UdpRelay final : public Deadline {
public:
    explicit UdpRelay(Worker& worker);
    ~UdpRelay();
    UdpRelay(const UdpRelay&) = delete;
    UdpRelay& operator=(const UdpRelay&) = delete;

    void open(BoundDatagramSocket bound);
    /// Closes a socket and ends its sessions.
    void close(ServerRole role, const routing::BindKey& key);
    /// A new snapshot serves: sessions go on as they began, but who was not served may be now.
    void snapshotChanged();
    /// No new sessions; those whose client waits for an answer get a moment for it. `idle` is called once all ended.
    void drain(std::function<void()> idle);
    [[nodiscard]] std::size_t sessions() const noexcept { return flows_.size(); }

    void onDeadline() override;

private:
    friend class UdpServer;
    friend struct UdpSession;

    // From clients.
    bool receive(UdpServer& server);
    void answer(UdpServer& server);
    void relay(UdpServer& server);
    void sendOn(UdpSession& session);
    // From backends.
    bool receive(UdpSession& session);
    void flushReplies();

    UdpSession* begin(UdpServer& server, const UdpAddress& client, TimePoint now);
    bool makeRoom(TimePoint now);
    /// Logs that a client found no room.
    void tellFull(UdpServer& server, const UdpAddress& client, TimePoint now);
    void chooseBackend(UdpSession& session);
    /// Why there is no socket to the session's backend, as errno; 0 when there is one.
    int connect(UdpSession& session);
    /// Ends the session if nothing more can come of it; true then.
    bool failed(UdpSession& session, int error);
    void end(UdpSession& session, std::string_view flags);
    template <class Which>
    void endAll(Which&& which);
    void armExpiry();

    Worker& worker_;
    UdpReadiness readiness_;
    UdpBatch batch_;
    UdpSender sender_;
    UdpFlows flows_;
    std::vector<std::unique_ptr<UdpServer>> servers_;
    UdpServer* repliesBy_ = nullptr; // the batch holds answers that this one is to send; null: it holds none
    TimePoint now_{};                // of the batch under way
    std::string reply_;
    std::function<void()> whenIdle_; // set: draining
    TimePoint drainUntil_ = never;
    TimePoint toldFullUntil_{};
};

} // namespace gatehouse::engine
