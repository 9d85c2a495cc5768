#include "ui/document/probe.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace gatehouse::ui {
namespace {

struct KindName {
    ProbeKind kind;
    const char* name;
};

constexpr std::array<KindName, 5> kinds = {{{ProbeKind::Http, "http"},
                                            {ProbeKind::Grpc, "grpc"},
                                            {ProbeKind::Tls, "tls"},
                                            {ProbeKind::Tcp, "tcp"},
                                            {ProbeKind::Udp, "udp"}}};

QString nameOf(ProbeKind kind)
{
    for (const KindName& row : kinds) {
        if (row.kind == kind)
            return QLatin1String(row.name);
    }
    return {};
}

} // namespace

QString probeText(const ProbeRequest& request)
{
    switch (request.kind) {
    case ProbeKind::Http:
        return request.method + QLatin1Char(' ') + request.target;
    case ProbeKind::Grpc:
        return QStringLiteral("grpc %1 %2").arg(request.target, request.call);
    case ProbeKind::Tls:
    case ProbeKind::Tcp:
    case ProbeKind::Udp:
        return nameOf(request.kind) + QLatin1Char(' ') + request.target;
    }
    return {};
}

QString toLine(const ProbeRequest& request)
{
    QJsonArray headers;
    for (const auto& [name, value] : request.headers)
        headers.append(QJsonArray{name, value});
    const QJsonObject object{
        {QStringLiteral("kind"), nameOf(request.kind)}, {QStringLiteral("method"), request.method},
        {QStringLiteral("target"), request.target},     {QStringLiteral("call"), request.call},
        {QStringLiteral("headers"), headers},           {QStringLiteral("gateway"), request.gateway}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<ProbeRequest> fromLine(const QString& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
    ProbeRequest request;
    const QString kind = object.value(QLatin1String("kind")).toString();
    bool known = false;
    for (const KindName& row : kinds) {
        if (kind == QLatin1String(row.name)) {
            request.kind = row.kind;
            known = true;
        }
    }
    if (!known)
        return std::nullopt;
    request.method = object.value(QLatin1String("method")).toString();
    request.target = object.value(QLatin1String("target")).toString();
    request.call = object.value(QLatin1String("call")).toString();
    request.gateway = object.value(QLatin1String("gateway")).toString();
    const QJsonArray headers = object.value(QLatin1String("headers")).toArray();
    for (const auto& header : headers)
        request.headers.emplace_back(header.toArray().at(0).toString(), header.toArray().at(1).toString());
    return request;
}

QString headersText(const ProbeRequest& request)
{
    QStringList lines;
    for (const auto& [name, value] : request.headers)
        lines << name + QStringLiteral(": ") + value;
    return lines.join(QLatin1Char('\n'));
}

ParsedHeaders parseHeaders(const QString& text)
{
    ParsedHeaders parsed;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        const QString trimmed = line.trimmed();
        if (trimmed.isEmpty())
            continue;
        const auto colon = trimmed.indexOf(QLatin1Char(':'));
        const QString name = trimmed.left(colon).trimmed();
        if (colon <= 0 || name.contains(QLatin1Char(' '))) {
            parsed.fault = QCoreApplication::translate("probe", "'%1' is no header; expected Name: value").arg(trimmed);
            return parsed;
        }
        parsed.headers.emplace_back(name, trimmed.mid(colon + 1).trimmed());
    }
    return parsed;
}

} // namespace gatehouse::ui
