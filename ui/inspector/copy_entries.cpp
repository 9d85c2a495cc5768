#include "ui/inspector/copy_entries.h"

#include "ui/document/curl.h"
#include "ui/topology/layout_plan.h"

#include <QCoreApplication>
#include <QUrl>

#include <optional>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("copy", text);
}

/// A listener that serves requests, and the hosts that it serves there; none: any.
struct Entrance {
    QUrl url; ///< of the socket: scheme, address, port
    QStringList hosts;

    [[nodiscard]] int port() const { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); }
    /// An IPv6 address in brackets.
    [[nodiscard]] QString address() const
    {
        const QString host = url.host();
        return host.contains(QLatin1Char(':')) ? QLatin1Char('[') + host + QLatin1Char(']') : host;
    }
};

/// "any.example.com" for "*.example.com".
QString someHost(QString host)
{
    return host.startsWith(QLatin1String("*.")) ? QStringLiteral("any") + host.mid(1) : host;
}

/// The hostnames that a route's subtitle names; none for all hosts.
QStringList hostnamesOf(const model::TopologyNode& route)
{
    QStringList hosts;
    for (const QString& part : QString::fromStdString(route.subtitle).split(QStringLiteral(", "), Qt::SkipEmptyParts)) {
        if (part.contains(QLatin1Char(' ')))
            return {}; // words for people
        hosts << someHost(part);
    }
    return hosts;
}

std::optional<Entrance> entranceOf(const model::TopologyPort& port, const QStringList& hosts)
{
    const QUrl url(QString::fromStdString(port.url));
    if (!url.scheme().startsWith(QLatin1String("http")))
        return std::nullopt;
    Entrance entrance{url, hosts};
    if (hosts.isEmpty() && !port.hostname.empty())
        entrance.hosts << someHost(QString::fromStdString(port.hostname));
    return entrance;
}

std::optional<Entrance> entranceOf(const TopologyIndex& index, const model::TopologyNode& node)
{
    if (node.kind == model::NodeKind::Gateway) {
        for (const model::TopologyPort& port : node.ports)
            if (auto entrance = entranceOf(port, {}))
                return entrance;
        return std::nullopt;
    }
    const auto at = index.find(node.key);
    if (node.key.kind != "HTTPRoute" || !at)
        return std::nullopt;
    const auto& topology = index.topology();
    for (const std::uint32_t e : index.incoming(*at)) {
        const model::TopologyEdge& edge = topology.edges[e];
        if (edge.kind != model::EdgeKind::Attachment || edge.rejected)
            continue;
        const model::TopologyNode& gateway = topology.nodes[edge.from];
        for (const std::size_t row : portRows(gateway, edge))
            if (auto entrance = entranceOf(gateway.ports[row], hostnamesOf(node)))
                return entrance;
    }
    return std::nullopt;
}

void addEntrance(const Entrance& entrance, std::vector<CopyEntry>& entries)
{
    const QString address = entrance.address();
    const int port = entrance.port();
    ProbeRequest request;
    request.target = QStringLiteral("%1://%2:%3/")
                         .arg(entrance.url.scheme(), entrance.hosts.isEmpty() ? address : entrance.hosts.first())
                         .arg(port);
    entries.push_back({tr("curl command"), toCommand(request, QStringLiteral("%1:%2").arg(address).arg(port))});
    entries.push_back({tr("URL"), request.target});
    if (entrance.hosts.isEmpty())
        return;
    QStringList options;
    for (const QString& host : entrance.hosts)
        options << QStringLiteral("--resolve %1")
                       .arg(shellQuoted(QStringLiteral("%1:%2:%3").arg(host).arg(port).arg(address)));
    entries.push_back({tr("curl --resolve options"), options.join(QLatin1Char(' '))});
    entries.push_back(
        {tr("Line for /etc/hosts"), entrance.url.host() + QLatin1Char(' ') + entrance.hosts.join(QLatin1Char(' '))});
}

} // namespace

QString kubectlCommand(const model::ObjectKey& key)
{
    QString type = QString::fromStdString(key.kind).toLower();
    if (!key.group.empty())
        type += QLatin1Char('.') + QString::fromStdString(key.group);
    QStringList words{QStringLiteral("kubectl")};
    if (!key.name.namespace_.empty())
        words << QStringLiteral("-n") << QString::fromStdString(key.name.namespace_);
    words << QStringLiteral("get") << type << QString::fromStdString(key.name.name) << QStringLiteral("-o")
          << QStringLiteral("yaml");
    QStringList quoted;
    for (const QString& word : words)
        quoted << shellQuoted(word);
    return quoted.join(QLatin1Char(' '));
}

std::vector<CopyEntry> copyEntries(const TopologyIndex& index, const model::TopologyNode& node)
{
    std::vector<CopyEntry> entries{{tr("Name"), QString::fromStdString(model::toString(node.key.name))}};
    if (const auto entrance = entranceOf(index, node))
        addEntrance(*entrance, entries);
    entries.push_back({tr("kubectl command"), kubectlCommand(node.key)});
    return entries;
}

} // namespace gatehouse::ui
