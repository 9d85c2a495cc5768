#include "ui/inspector/copy_entries.h"

#include "ui/document/curl.h"
#include "ui/topology/layout_plan.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <optional>

namespace gatehouse::ui {

using Kind = CopyEntry::Kind;

namespace {

/// More listeners than that make a menu that nobody reads.
constexpr std::size_t mostCommands = 6;

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

/// Where requests for a Gateway or a route come in, in the order of the listeners.
std::vector<Entrance> entrancesOf(const TopologyIndex& index, const model::TopologyNode& node)
{
    std::vector<Entrance> entrances;
    const auto add = [&](const model::TopologyPort& port, const QStringList& hosts) {
        if (auto entrance = entranceOf(port, hosts))
            entrances.push_back(*std::move(entrance));
    };
    if (node.kind == model::NodeKind::Gateway) {
        for (const model::TopologyPort& port : node.ports)
            add(port, {});
        return entrances;
    }
    const auto at = index.find(node.key);
    if (!at || (node.key.kind != "HTTPRoute" && node.key.kind != "GRPCRoute"))
        return entrances;
    const auto& topology = index.topology();
    for (const std::uint32_t e : index.incoming(*at)) {
        const model::TopologyEdge& edge = topology.edges[e];
        if (edge.kind != model::EdgeKind::Attachment || edge.rejected)
            continue;
        const model::TopologyNode& gateway = topology.nodes[edge.from];
        for (const std::size_t row : portRows(gateway, edge))
            add(gateway.ports[row], hostnamesOf(node));
    }
    return entrances;
}

/// The request that `example` describes, at an entrance.
ProbeRequest requestAt(const Entrance& entrance, const model::ExampleRequest& example, bool grpc)
{
    const QString host = entrance.hosts.isEmpty() ? entrance.url.host() : entrance.hosts.first();
    QUrl url;
    url.setScheme(entrance.url.scheme());
    url.setHost(host);
    url.setPort(entrance.port());
    ProbeRequest request;
    for (const auto& [name, value] : example.headers)
        request.headers.emplace_back(QString::fromStdString(name), QString::fromStdString(value));
    if (grpc) {
        request.kind = ProbeKind::Grpc;
        request.target = url.toString();
        request.call = example.path.empty() ? QStringLiteral("SERVICE/METHOD") : QString::fromStdString(example.path);
        return request;
    }
    request.method = QString::fromStdString(example.method);
    url.setPath(QString::fromStdString(example.path), QUrl::TolerantMode);
    QUrlQuery query;
    for (const auto& [name, value] : example.query)
        query.addQueryItem(QString::fromUtf8(QUrl::toPercentEncoding(QString::fromStdString(name))),
                           QString::fromUtf8(QUrl::toPercentEncoding(QString::fromStdString(value))));
    if (!query.isEmpty())
        url.setQuery(query);
    request.target = url.toString(QUrl::FullyEncoded);
    return request;
}

/// A Gateway takes whatever its routes do.
std::optional<model::ExampleRequest> exampleFor(const model::TopologyNode& node)
{
    return node.kind == model::NodeKind::Gateway ? model::ExampleRequest{"GET", "/", {}, {}} : node.example;
}

void addCommands(const std::vector<Entrance>& entrances, const model::TopologyNode& node,
                 std::vector<CopyEntry>& entries)
{
    const auto example = exampleFor(node);
    if (!example)
        return; // what a regular expression takes is not ours to guess
    const bool grpc = node.key.kind == "GRPCRoute";
    for (std::size_t i = 0; i < entrances.size() && i < mostCommands; ++i) {
        const Entrance& entrance = entrances[i];
        const QString place = QStringLiteral("%1:%2").arg(entrance.address()).arg(entrance.port());
        QString title = grpc ? tr("grpcurl command") : tr("curl command");
        if (entrances.size() > 1)
            title += QStringLiteral(" \u00b7 %1 %2").arg(entrance.url.scheme(), place);
        entries.push_back({Kind::Request, title, toCommand(requestAt(entrance, *example, grpc), place)});
    }
    if (!grpc)
        entries.push_back({Kind::Url, tr("URL"), requestAt(entrances.front(), *example, false).target});
}

void addNames(const std::vector<Entrance>& entrances, std::vector<CopyEntry>& entries)
{
    QStringList options, lines;
    for (const Entrance& entrance : entrances) {
        const QString address = entrance.address();
        for (const QString& host : entrance.hosts)
            options << QStringLiteral("--resolve %1")
                           .arg(shellQuoted(QStringLiteral("%1:%2:%3").arg(host).arg(entrance.port()).arg(address)));
        if (!entrance.hosts.isEmpty())
            lines << entrance.url.host() + QLatin1Char(' ') + entrance.hosts.join(QLatin1Char(' '));
    }
    options.removeDuplicates();
    lines.removeDuplicates();
    if (options.isEmpty())
        return;
    entries.push_back({Kind::Resolve, tr("curl --resolve options"), options.join(QLatin1Char(' '))});
    entries.push_back({Kind::Hosts, tr("Line for /etc/hosts"), lines.join(QLatin1Char('\n'))});
}

} // namespace

QString kubectlCommand(const model::ObjectKey& key, const QString& context)
{
    QString type = QString::fromStdString(key.kind).toLower();
    if (!key.group.empty())
        type += QLatin1Char('.') + QString::fromStdString(key.group);
    QStringList words{QStringLiteral("kubectl")};
    if (!context.isEmpty())
        words << QStringLiteral("--context") << context;
    if (!key.name.namespace_.empty())
        words << QStringLiteral("-n") << QString::fromStdString(key.name.namespace_);
    words << QStringLiteral("get") << type << QString::fromStdString(key.name.name) << QStringLiteral("-o")
          << QStringLiteral("yaml");
    QStringList quoted;
    for (const QString& word : words)
        quoted << shellQuoted(word);
    return quoted.join(QLatin1Char(' '));
}

std::vector<CopyEntry> copyEntries(const TopologyIndex& index, const model::TopologyNode& node, const QString& context)
{
    std::vector<CopyEntry> entries{{Kind::Name, tr("Name"), QString::fromStdString(model::toString(node.key.name))}};
    if (const std::vector<Entrance> entrances = entrancesOf(index, node); !entrances.empty()) {
        addCommands(entrances, node, entries);
        addNames(entrances, entries);
    }
    entries.push_back({Kind::Kubectl, tr("kubectl command"), kubectlCommand(node.key, context)});
    return entries;
}

} // namespace gatehouse::ui
