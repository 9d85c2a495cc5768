// Beginning and end of UDP sessions, and of the sockets that they come through.
#include "engine/http/backend_pool.h"
#include "engine/net/descriptors.h"
#include "engine/routing/match.h"
#include "engine/routing/route_stream.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/session_counters.h"
#include "engine/runtime/udp_relay.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <cerrno>
#include <random>
#include <utility>

namespace gatehouse::engine {

namespace {

/// Answers that come while the worker does something else wait here; the system's own 208 KiB hold some 270 small ones.
constexpr int sessionBufferBytes = 1024 * 1024;
/// How long a drain waits for backends' last answers.
constexpr std::chrono::seconds drainPatience{1};
/// Sessions ended in one go: closing thousands of sockets takes as many microseconds, in which nothing else is served.
constexpr int endedAtOnce = 512;

std::uint64_t randomSeed()
{
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

} // namespace

void UdpSession::begin(const UdpAddress& from, std::shared_ptr<Serving> with, TimePoint now)
{
    client = from;
    serving = std::move(with);
    start = now;
    wallStart = std::chrono::system_clock::now();
}

UdpRelay::UdpRelay(Worker& worker)
    : worker_(worker), readiness_(worker.io(), [this] { flushReplies(); }),
      flows_({worker.limits().udpIdleTimeout, worker.limits().udpEvictableAfter}, randomSeed())
{
    worker_.deadlines().watch(*this);
}

UdpRelay::~UdpRelay()
{
    // The engine was stopped: nobody waits for the sessions' events any more.
    while (UdpFlow* each = flows_.oldest()) {
        auto* const session = static_cast<UdpSession*>(each);
        flows_.remove(*session);
        if (session->fd >= 0)
            readiness_.remove(session->fd, *session);
        closeDescriptor(session->fd);
        delete session;
    }
    for (const auto& server : servers_) {
        readiness_.remove(server->fd(), *server);
        closeDescriptor(server->fd());
    }
}

void UdpRelay::open(BoundDatagramSocket bound)
{
    UdpServer& server = *servers_.emplace_back(std::make_unique<UdpServer>(*this, std::move(bound)));
    readiness_.add(server.fd(), server);
}

void UdpRelay::close(ServerRole role, const routing::BindKey& key)
{
    const auto found = std::find_if(servers_.begin(), servers_.end(),
                                    [&](const auto& each) { return each->role() == role && each->key() == key; });
    if (found == servers_.end())
        return;
    UdpServer& server = **found;
    flushReplies();
    endAll([&](const UdpSession& session) { return &session.listener == &server; });
    readiness_.remove(server.fd(), server);
    closeDescriptor(server.fd());
    servers_.erase(found);
}

void UdpRelay::snapshotChanged()
{
    endAll([](const UdpSession& session) { return session.fd < 0; });
}

void UdpRelay::drain(std::function<void()> idle)
{
    whenIdle_ = std::move(idle);
    flushReplies();
    const TimePoint now = Clock::now();
    drainUntil_ = now + drainPatience;
    endAll([&](const UdpSession& session) {
        return session.fd < 0 || !session.awaitsAnswer || now - session.lastActive > drainPatience;
    });
    if (flows_.size() > 0)
        worker_.setDeadline(*this, drainUntil_);
}

template <class Which>
void UdpRelay::endAll(Which&& which)
{
    for (UdpFlow* each = flows_.oldest(); each;) {
        auto& session = static_cast<UdpSession&>(*each);
        each = UdpFlows::newer(*each);
        if (which(session))
            end(session, session.flags);
    }
}

UdpSession* UdpRelay::begin(UdpServer& server, const UdpAddress& client, TimePoint now)
{
    if (whenIdle_ || !worker_.serving())
        return nullptr;
    if (!makeRoom(now)) {
        tellFull(server, client, now);
        return nullptr;
    }
    auto* const session = new UdpSession(*this, server);
    session->begin(client, worker_.serving(), now);
    flows_.insert(*session, now);
    chooseBackend(*session);
    session->counters = worker_.countSession(*session->serving, session->table, session->rule);
    armExpiry();
    if (!session->endpoint || session->flags != "-") {
        worker_.udpSessionEnded(*session); // logged now: nothing more will be known of it
        return session;
    }
    int error = connect(*session);
    if (UdpFlow* const longestSilent = flows_.evictable(now); error != 0 && longestSilent) {
        // Descriptors or ports ran out before the limit did.
        end(static_cast<UdpSession&>(*longestSilent), "OM");
        error = connect(*session);
    }
    if (error == 0)
        return session;
    // Not kept: the next datagram may find what this one lacked.
    session->flags = "UF";
    worker_.udpSessionEnded(*session);
    end(*session, session->flags);
    return nullptr;
}

void UdpRelay::tellFull(UdpServer& server, const UdpAddress& client, TimePoint now)
{
    if (now < toldFullUntil_)
        return;
    toldFullUntil_ = now + tellFullEvery;
    UdpSession refused(*this, server);
    refused.begin(client, worker_.serving(), now);
    if (const routing::PortTable* port = refused.serving->snapshot->find(server.key()))
        refused.table = routing::routeStream(*refused.serving->snapshot, *port).listener;
    refused.flags = "UO";
    worker_.udpSessionEnded(refused);
}

bool UdpRelay::makeRoom(TimePoint now)
{
    if (worker_.countUdpSession())
        return true;
    UdpFlow* const longestSilent = flows_.evictable(now);
    if (!longestSilent)
        return false;
    end(static_cast<UdpSession&>(*longestSilent), "OM");
    return worker_.countUdpSession();
}

void UdpRelay::chooseBackend(UdpSession& session)
{
    Serving& serving = *session.serving;
    const routing::PortTable* port = serving.snapshot->find(session.listener.key());
    const routing::StreamDecision decision =
        port ? routing::routeStream(*serving.snapshot, *port) : routing::StreamDecision{};
    session.table = decision.listener;
    session.rule = decision.rule;
    if (!decision.rule) {
        session.flags = "NR";
        return;
    }
    auto& weights = serving.weights[decision.ruleIndex.value];
    weights.resize(decision.rule->backends.size());
    const routing::WeightedBackend* backend = routing::chooseBackend(*decision.rule, weights);
    if (!backend || !backend->cluster.valid()) {
        session.flags = "NC";
        return;
    }
    session.cluster = &serving.snapshot->clusters[backend->cluster.value];
    session.endpoint = serving.clusters[backend->cluster.value].nextEndpoint();
    if (!session.endpoint)
        session.flags = "UH";
    else if (!session.cluster->refusal.empty() || !session.endpoint->address().error.empty())
        session.flags = "UF";
}

int UdpRelay::connect(UdpSession& session)
{
    const auto& to = session.endpoint->address().endpoint;
    const int fd = openDatagramSocket(to.protocol().family());
    if (fd < 0)
        return errno;
    tuneUdpSocket(fd, sessionBufferBytes);
    int error = ::connect(fd, to.data(), static_cast<socklen_t>(to.size())) == 0 ? 0 : errno;
    if (error == 0 && !readiness_.add(fd, session))
        error = errno;
    if (error == 0)
        session.fd = fd;
    else
        closeDescriptor(fd);
    return error;
}

bool UdpRelay::failed(UdpSession& session, int error)
{
    // Too large for the path, or a filter of the host: the next datagram may fare better. Else nobody is there, and
    // the next datagram makes a new choice.
    if (error == EMSGSIZE || error == EPERM || error == EACCES || error == ENOMEM)
        return false;
    end(session, "UF");
    return true;
}

void UdpRelay::end(UdpSession& session, std::string_view flags)
{
    // Answers of the batch under way name their client by the session.
    flushReplies();
    worker_.counters().activeSessions.subtract(); // before its event tells that it ended
    if (session.counters)
        session.counters->ended(session.fd >= 0 ? flags : session.flags, session.bytesReceived, session.bytesSent);
    if (session.fd >= 0) {
        session.flags = flags;
        readiness_.remove(session.fd, session);
        closeDescriptor(std::exchange(session.fd, -1));
        worker_.udpSessionEnded(session);
    }
    flows_.remove(session);
    worker_.uncountUdpSession();
    delete &session;
    if (whenIdle_ && flows_.size() == 0)
        whenIdle_();
}

void UdpRelay::armExpiry()
{
    // The oldest only gets younger: a deadline that is set is never too late.
    if (deadline() == never)
        worker_.setDeadline(*this, flows_.nextExpiry());
}

void UdpRelay::onDeadline()
{
    const TimePoint now = Clock::now();
    if (whenIdle_ && now >= drainUntil_)
        return endAll([](const UdpSession&) { return true; });
    int ended = 0;
    for (UdpFlow* each = flows_.expired(now); each && ended < endedAtOnce; each = flows_.expired(now), ++ended)
        end(static_cast<UdpSession&>(*each), static_cast<UdpSession&>(*each).flags);
    if (const TimePoint next = std::min(flows_.nextExpiry(), whenIdle_ ? drainUntil_ : never); next != never)
        worker_.setDeadline(*this, next);
}

} // namespace gatehouse::engine
