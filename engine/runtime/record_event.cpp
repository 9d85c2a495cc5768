#include "engine/runtime/record_event.h"

#include "engine/http/backend_pool.h"
#include "engine/http/client_connection.h"
#include "engine/runtime/serving.h"

namespace gatehouse::engine {

namespace {
/// The trace-id of a W3C traceparent "00-<32 hex>-<16 hex>-<2 hex>"; "" when it is none.
std::string_view traceId(std::string_view traceparent)
{
    if (traceparent.size() < 55 || traceparent[2] != '-' || traceparent[35] != '-')
        return {};
    return traceparent.substr(3, 32);
}
} // namespace

void recordEvent(model::AccessEvent& event, const Exchange& exchange)
{
    const ExchangeRecord& record = exchange.record;
    const routing::RequestHead& head = exchange.client.head();
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
    event.durationMicros = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - record.start).count());
    event.gateway.clear();
    event.listener.clear();
    if (record.listener) {
        event.gateway.assign(record.listener->gatewayName);
        event.listener.assign(record.listener->listenerName);
    }
    event.route.clear();
    event.rule = -1;
    if (record.rule) {
        event.route.assign(record.rule->origin.routeName);
        event.rule = static_cast<std::int32_t>(record.rule->origin.rule);
    }
    event.backend.clear();
    if (record.cluster)
        event.backend.assign(record.cluster->name);
    event.upstreamAddress.clear();
    if (record.endpoint)
        event.upstreamAddress.assign(record.endpoint->address().text);
    event.clientAddress.assign(exchange.client.address());
    event.tlsVersion.assign(exchange.connection.tlsVersion());
    event.serverName.assign(exchange.connection.serverName());
    event.traceId.clear();
    if (const routing::HeaderField* field = head.headers.find("traceparent"))
        event.traceId.assign(traceId(field->value));
    event.snapshotVersion = exchange.serving ? exchange.serving->snapshot->version : 0;
}

} // namespace gatehouse::engine
