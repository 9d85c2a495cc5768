#include "engine/runtime/record_event.h"

#include "engine/http/backend_pool.h"
#include "engine/http/client_connection.h"
#include "engine/http/trace_context.h"
#include "engine/runtime/serving.h"
#include "engine/runtime/udp_session.h"

namespace gatehouse::engine {

namespace {
std::uint64_t microsSince(TimePoint start)
{
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count());
}

/// The way through the tables, as far as it went; nulls after that.
struct Way {
    const routing::ListenerTable* listener = nullptr;
    const routing::CompiledRule* rule = nullptr;
    const routing::Cluster* cluster = nullptr;
    const EndpointPool* endpoint = nullptr;
};

void recordWay(model::AccessEvent& event, const Way& way)
{
    event.gateway.clear();
    event.listener.clear();
    if (way.listener) {
        event.gateway.assign(way.listener->gatewayName);
        event.listener.assign(way.listener->listenerName);
    }
    event.route.clear();
    event.rule = -1;
    if (way.rule) {
        event.route.assign(way.rule->origin.routeName);
        event.rule = static_cast<std::int32_t>(way.rule->origin.rule);
    }
    event.backend.clear();
    if (way.cluster)
        event.backend.assign(way.cluster->name);
    event.upstreamAddress.clear();
    if (way.endpoint)
        event.upstreamAddress.assign(way.endpoint->address().text);
}
} // namespace

void recordEvent(model::AccessEvent& event, const StreamSession& session)
{
    const StreamRecord& record = session.record();
    const ClientConnection& client = session.client();
    event.start = record.wallStart;
    event.method.clear();
    event.authority.clear();
    event.path.clear();
    event.protocol.assign(record.protocol);
    event.status = 0;
    event.grpcStatus = -1;
    event.flags.assign(record.flags.empty() ? "-" : record.flags);
    event.bytesReceived = record.bytesReceived;
    event.bytesSent = record.bytesSent;
    event.durationMicros = microsSince(record.start);
    recordWay(event, {record.decision.listener, record.decision.rule, record.cluster, record.endpoint});
    event.clientAddress.assign(client.address());
    event.tlsVersion.assign(client.tlsVersion());
    event.serverName.assign(client.serverName());
    event.traceId.clear();
    event.explanation.reset();
    event.snapshotVersion = session.serving().snapshot->version;
}

void recordEvent(model::AccessEvent& event, const Exchange& exchange)
{
    const ExchangeRecord& record = exchange.record;
    event.start = record.wallStart;
    event.method.assign(record.method);
    event.authority.assign(record.authority);
    event.path.assign(record.path);
    if (record.hasQuery)
        event.path.append("?").append(record.query);
    event.protocol.assign(record.protocol);
    event.status = record.status;
    event.grpcStatus = record.grpcStatus;
    event.flags.assign(record.flags.empty() ? "-" : record.flags);
    event.bytesReceived = record.bytesReceived;
    event.bytesSent = record.bytesSent;
    event.durationMicros = microsSince(record.start);
    recordWay(event, {record.listener, record.rule, record.cluster, record.endpoint});
    event.clientAddress.assign(exchange.client.address());
    event.tlsVersion.assign(exchange.connection.tlsVersion());
    event.serverName.assign(exchange.connection.serverName());
    event.traceId.clear();
    if (const auto parent = trace::parentOf(exchange.client.head().headers))
        event.traceId.assign(parent->traceId);
    event.explanation = record.explanation;
    event.snapshotVersion = exchange.serving ? exchange.serving->snapshot->version : 0;
}

void recordEvent(model::AccessEvent& event, const UdpSession& session)
{
    event.start = session.wallStart;
    for (std::string* none :
         {&event.method, &event.authority, &event.path, &event.tlsVersion, &event.serverName, &event.traceId})
        none->clear();
    event.protocol.assign("UDP");
    event.status = 0;
    event.grpcStatus = -1;
    event.flags.assign(session.flags);
    event.bytesReceived = session.bytesReceived;
    event.bytesSent = session.bytesSent;
    event.durationMicros = microsSince(session.start);
    recordWay(event, {session.table, session.rule, session.cluster, session.endpoint});
    event.clientAddress.assign(session.client.addressText());
    event.explanation.reset();
    event.snapshotVersion = session.serving->snapshot->version;
}

void recordEvent(model::AccessEvent& event, const RefusedConnection& refused)
{
    event.start = std::chrono::system_clock::now();
    for (std::string* none :
         {&event.method, &event.authority, &event.path, &event.tlsVersion, &event.serverName, &event.traceId})
        none->clear();
    event.protocol.assign("TCP"); // what it would have spoken nobody knows
    event.status = 0;
    event.grpcStatus = -1;
    event.flags.assign("UO");
    event.bytesReceived = event.bytesSent = 0;
    event.durationMicros = 0;
    recordWay(event, {refused.listener, nullptr, nullptr, nullptr});
    event.clientAddress.assign(refused.clientAddress);
    event.explanation.reset();
    event.snapshotVersion = refused.serving.snapshot->version;
}

} // namespace gatehouse::engine
