#include "ui/document/traffic_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("traffic", text);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

struct Flag {
    const char* letters;
    const char* words;
};

/// Envoy's letters, as the access log uses them.
constexpr Flag flags[] = {
    {"NR", QT_TRANSLATE_NOOP("traffic", "no route")},
    {"UH", QT_TRANSLATE_NOOP("traffic", "no endpoint")},
    {"UF", QT_TRANSLATE_NOOP("traffic", "the backend could not be reached")},
    {"UT", QT_TRANSLATE_NOOP("traffic", "the backend took too long")},
    {"UC", QT_TRANSLATE_NOOP("traffic", "the backend closed the connection")},
    {"DC", QT_TRANSLATE_NOOP("traffic", "the client went away")},
    {"DPE", QT_TRANSLATE_NOOP("traffic", "the client broke the protocol")},
    {"UPE", QT_TRANSLATE_NOOP("traffic", "the backend broke the protocol")},
    {"SI", QT_TRANSLATE_NOOP("traffic", "nothing was said for too long")},
    {"UAEX", QT_TRANSLATE_NOOP("traffic", "authorization refused it")},
    {"UO", QT_TRANSLATE_NOOP("traffic", "a limit was reached")},
};

bool failed(const model::AccessEvent& event)
{
    return !event.flags.empty() && event.flags != "-";
}

/// The port of the listener that an event came over; 0 when the topology no longer has it.
std::uint16_t portOf(const model::AccessEvent& event, const model::Topology& topology)
{
    for (const model::TopologyNode& node : topology.nodes) {
        if (node.kind != model::NodeKind::Gateway || model::toString(node.key.name) != event.gateway)
            continue;
        for (const model::TopologyPort& port : node.ports) {
            if (port.name == event.listener)
                return port.localPort != 0 ? port.localPort : port.port;
        }
    }
    return 0;
}

/// "host:port" without its port; an IPv6 literal keeps its brackets.
QString hostOf(const QString& authority)
{
    const auto bracket = authority.indexOf(QLatin1Char(']'));
    const auto colon = authority.indexOf(QLatin1Char(':'), std::max<qsizetype>(bracket, 0));
    return colon < 0 ? authority : authority.left(colon);
}

} // namespace

QString askedFor(const model::AccessEvent& event)
{
    if (!event.isSession())
        return text(event.authority + event.path);
    if (!event.serverName.empty())
        return text(event.serverName);
    return event.clientAddress.empty() ? tr("a client") : tr("from %1").arg(text(event.clientAddress));
}

QString outcome(const model::AccessEvent& event)
{
    if (event.isSession())
        return failed(event) ? flagWords(text(event.flags)) : tr("closed");
    if (event.grpcStatus >= 0)
        return tr("%1, gRPC %2").arg(event.status).arg(event.grpcStatus);
    return event.status == 0 ? tr("no answer") : QString::number(event.status);
}

model::Health verdict(const model::AccessEvent& event)
{
    if (event.isSession())
        return failed(event) ? model::Health::Bad : model::Health::Good;
    if (event.status >= 500 || event.status == 0)
        return model::Health::Bad;
    // A gRPC call that fails is a 200 all the same.
    return event.status >= 400 || event.grpcStatus > 0 ? model::Health::Warning : model::Health::Good;
}

QString bytesText(const model::AccessEvent& event)
{
    const QLocale locale;
    const auto size = [&](std::uint64_t bytes) {
        return locale.formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
    };
    return QStringLiteral("\u2191 %1  \u2193 %2").arg(size(event.bytesReceived), size(event.bytesSent));
}

QString flagWords(const QString& letters)
{
    QStringList words;
    for (const QString& one : letters.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        QString known = one;
        for (const Flag& flag : flags) {
            if (one == QLatin1String(flag.letters))
                known = tr(flag.words);
        }
        words << known;
    }
    return words.join(QStringLiteral(", "));
}

std::vector<std::pair<QString, QString>> facts(const model::AccessEvent& event)
{
    std::vector<std::pair<QString, QString>> list;
    const auto add = [&](const QString& label, const QString& value) {
        if (!value.isEmpty())
            list.emplace_back(label, value);
    };
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(event.start.time_since_epoch()).count();
    add(tr("Began"), QDateTime::fromMSecsSinceEpoch(millis).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")));
    add(tr("Protocol"), text(event.protocol));
    add(event.isSession() ? tr("Session") : tr("Request"),
        event.isSession() ? askedFor(event) : text(event.method) + QLatin1Char(' ') + askedFor(event));
    add(tr("Outcome"), outcome(event));
    if (failed(event))
        add(tr("Flags"), text(event.flags) + QStringLiteral(" \u00b7 ") + flagWords(text(event.flags)));
    add(tr("Took"), tr("%1 ms").arg(double(event.durationMicros) / 1000, 0, 'f', 1));
    add(tr("Bytes"), bytesText(event));
    add(tr("Listener"), event.listener.empty() ? text(event.gateway) : text(event.gateway + ", " + event.listener));
    add(tr("Route"), event.route.empty() ? QString()
                     : event.rule >= 0   ? tr("%1, rule %2").arg(text(event.route)).arg(event.rule)
                                         : text(event.route));
    add(tr("Backend"), text(event.backend));
    add(tr("Sent to"), text(event.upstreamAddress));
    add(tr("Client"), text(event.clientAddress));
    add(tr("TLS"), event.tlsVersion.empty()   ? QString()
                   : event.serverName.empty() ? text(event.tlsVersion)
                                              : tr("%1 for %2").arg(text(event.tlsVersion), text(event.serverName)));
    add(tr("Trace"), text(event.traceId));
    return list;
}

ProbeRequest requestOf(const model::AccessEvent& event, const model::Topology& topology)
{
    ProbeRequest request;
    request.gateway = text(event.gateway);
    const std::uint16_t port = portOf(event, topology);
    if (event.isSession()) {
        request.kind = event.protocol == "TLS"   ? ProbeKind::Tls
                       : event.protocol == "UDP" ? ProbeKind::Udp
                                                 : ProbeKind::Tcp;
        request.target =
            (event.protocol == "TLS" ? text(event.serverName) : QString()) + QStringLiteral(":%1").arg(port);
        return request;
    }
    request.method = text(event.method);
    const QString authority = text(event.authority);
    const QString scheme = event.tlsVersion.empty() ? QStringLiteral("http") : QStringLiteral("https");
    const QString where = port == 0 ? authority : QStringLiteral("%1:%2").arg(hostOf(authority)).arg(port);
    request.target = scheme + QStringLiteral("://") + where + text(event.path);
    if (where != authority)
        request.headers.emplace_back(QStringLiteral("Host"), authority);
    if (event.grpcStatus >= 0)
        request.headers.emplace_back(QStringLiteral("content-type"), QStringLiteral("application/grpc"));
    return request;
}

} // namespace gatehouse::ui
