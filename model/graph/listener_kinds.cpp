#include "model/graph/listener_kinds.h"

#include <algorithm>

namespace gatehouse::model {

const ProtocolRow* protocolRow(const Listener& listener)
{
    static const std::vector<ProtocolRow> rows = {
        {Protocol::HTTP, TlsMode::Terminate, false, {RouteKind::HTTPRoute, RouteKind::GRPCRoute}},
        {Protocol::HTTPS, TlsMode::Terminate, true, {RouteKind::HTTPRoute, RouteKind::GRPCRoute}},
        {Protocol::TLS, TlsMode::Passthrough, false, {RouteKind::TLSRoute}},
        // The Gateway API's summary of route kinds gives TCPRoute the terminated form of TLS.
        {Protocol::TLS, TlsMode::Terminate, true, {RouteKind::TLSRoute, RouteKind::TCPRoute}},
        {Protocol::TCP, TlsMode::Terminate, false, {RouteKind::TCPRoute}},
        {Protocol::UDP, TlsMode::Terminate, false, {RouteKind::UDPRoute}},
    };
    const TlsMode mode = listener.tls ? listener.tls->mode : TlsMode::Terminate;
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const ProtocolRow& row) {
        return row.protocol == listener.protocol && (row.protocol != Protocol::TLS || row.mode == mode);
    });
    return it == rows.end() ? nullptr : &*it;
}

ListenerKinds listenerKinds(const Listener& listener)
{
    ListenerKinds result;
    const ProtocolRow* row = protocolRow(listener);
    if (!row)
        return result;
    if (listener.allowedKinds.empty()) {
        for (const RouteKind kind : row->kinds)
            result.supported.push_back(
                {std::string(routeKindInfo(kind).group), std::string(routeKindInfo(kind).name), {}});
        return result;
    }
    for (const RouteGroupKind& allowed : listener.allowedKinds) {
        const RouteKindInfo* info = findRouteKind(allowed.group, allowed.kind);
        const bool fits = info && std::find(row->kinds.begin(), row->kinds.end(), info->kind) != row->kinds.end();
        if (!fits)
            result.invalid.push_back(&allowed);
        else if (std::none_of(result.supported.begin(), result.supported.end(), [&](const RouteGroupKind& k) {
                     return k.group == allowed.group && k.kind == allowed.kind;
                 }))
            result.supported.push_back(allowed);
    }
    return result;
}

} // namespace gatehouse::model
