#include "app/desktop/probe.h"

#include "engine/routing/explain_parts.h"
#include "model/api/resource_set.h"
#include "ui/document/object_names.h"

#include <QCoreApplication>

namespace gatehouse::desktop {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("probe", text);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

QString ruleText(const std::string& name, std::uint32_t rule)
{
    return name.empty() ? tr("rule %1").arg(rule) : tr("rule %1 \u201c%2\u201d").arg(rule).arg(text(name));
}

void addReasons(const routing::Explanation& explanation, ui::ProbeResult& result)
{
    for (const routing::Loser& loser : explanation.losers)
        result.losers.push_back({tr("%1, rule %2").arg(text(loser.routeName)).arg(loser.rule), text(loser.reason),
                                 ui::routeKey(loser.routeName), loser.location});
    for (const routing::RefusedListener& listener : explanation.listeners)
        result.listeners.push_back({tr("%1, listener %2").arg(text(listener.gatewayName), text(listener.listenerName)),
                                    text(listener.reason),
                                    ui::gatewayKey(listener.gatewayName),
                                    {}});
    for (const routing::Outsider& outsider : explanation.outsiders)
        result.outsiders.push_back(
            {text(outsider.routeName), text(outsider.reason), ui::routeKey(outsider.routeName), outsider.location});
}

} // namespace

model::Result<control::RequestText, std::string> requestText(const ui::ProbeRequest& request)
{
    control::RequestText out;
    const std::string target = request.target.toStdString();
    switch (request.kind) {
    case ui::ProbeKind::Http:
        out.method = request.method.toStdString();
        out.url = target;
        break;
    case ui::ProbeKind::Grpc: {
        auto call = control::grpcRequest(target, request.call.toStdString());
        if (!call)
            return call;
        out = *std::move(call);
        break;
    }
    case ui::ProbeKind::Tls:
        out.url = "tls://" + target;
        break;
    case ui::ProbeKind::Tcp:
        out.url = "tcp://" + target;
        break;
    case ui::ProbeKind::Udp:
        out.url = "udp://" + target;
        break;
    }
    for (const auto& [name, value] : request.headers) {
        // What makes a call gRPC may be said otherwise.
        std::erase_if(out.headers, [&](const auto& own) {
            return own.first == "content-type" && name.compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0;
        });
        out.headers.emplace_back(name.toStdString(), value.toStdString());
    }
    out.gateway = request.gateway.toStdString();
    return out;
}

ui::ProbeResult explainProbe(const routing::Snapshot& snapshot, const ui::ProbeRequest& request)
{
    ui::ProbeResult result;
    const auto asked = requestText(request);
    if (!asked) {
        result.fault = text(asked.error());
        return result;
    }
    const auto explained = control::explain(snapshot, *asked);
    if (!explained) {
        result.fault = text(explained.error());
        return result;
    }
    const routing::Explanation& explanation = *explained;
    result.served = explanation.carrier == routing::Carrier::Http
                        ? explanation.served && explanation.status < 400 && explanation.grpcStatus.empty()
                        : !explanation.refused;
    result.summary = text(explanation.summary);
    if (explanation.endpoint)
        result.address = text(routing::toText(*explanation.endpoint));
    result.listener = text(explanation.listenerName);
    result.gateway = ui::gatewayKey(explanation.gatewayName);
    result.route = ui::routeKey(explanation.routeName);
    if (result.route)
        result.rule = ruleText(explanation.ruleName, explanation.rule);
    result.location = explanation.location;
    for (const std::string& filter : explanation.filters)
        result.filters << text(filter);
    for (const routing::BackendShare& backend : explanation.backends)
        result.backends.push_back(
            {text(backend.backend), text(backend.target), backend.share, ui::serviceKey(backend.backend)});
    addReasons(explanation, result);
    return result;
}

} // namespace gatehouse::desktop
