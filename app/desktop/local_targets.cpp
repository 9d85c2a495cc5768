#include "app/desktop/local_targets.h"

#include <QCoreApplication>
#include <QStringList>

namespace gatehouse::desktop {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("targets", text);
}

QString addressText(const routing::BackendEndpoint& endpoint)
{
    const QString host = QString::fromStdString(endpoint.address);
    return (host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(host)
        .arg(endpoint.port);
}

/// What the ports of one Service have, and whether they are of one kind.
struct Gathered {
    bool mapped = false, echo = false;
    QStringList addresses;
};

ui::LocalTarget targetOf(const Gathered& gathered)
{
    if (!gathered.addresses.isEmpty()) {
        const auto others = gathered.addresses.size() - 1;
        const QString text =
            others == 0 ? gathered.addresses.first() : tr("%1 and %2 more").arg(gathered.addresses.first()).arg(others);
        return {gathered.mapped ? ui::TargetKind::Mapping : ui::TargetKind::Endpoints, text};
    }
    if (gathered.echo)
        return {ui::TargetKind::Echo, tr("built-in echo")};
    return {ui::TargetKind::None, tr("no endpoint: 503")};
}

} // namespace

ui::LocalTargets localTargets(const routing::Snapshot& snapshot,
                              const std::map<std::string, routing::BackendMapping>& mappings)
{
    std::map<model::ObjectKey, Gathered> services;
    for (const routing::Cluster& cluster : snapshot.clusters) {
        if (cluster.name.empty())
            continue; // a free place
        Gathered& service = services[{"", "Service", {cluster.namespace_, cluster.service}}];
        service.mapped = service.mapped || mappings.contains(cluster.name);
        for (const routing::BackendEndpoint& endpoint : cluster.endpoints) {
            if (endpoint.echo)
                service.echo = true;
            else if (const QString address = addressText(endpoint); !service.addresses.contains(address))
                service.addresses << address;
        }
    }
    ui::LocalTargets targets;
    for (const auto& [key, gathered] : services)
        targets.emplace(key, targetOf(gathered));
    return targets;
}

} // namespace gatehouse::desktop
