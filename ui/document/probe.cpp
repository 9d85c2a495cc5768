#include "ui/document/probe.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cctype>

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

QString toLine(const ProbeRequest& request, ProbeDeed deed)
{
    QJsonArray headers;
    for (const auto& [name, value] : request.headers)
        headers.append(QJsonArray{name, value});
    QJsonObject object{{QStringLiteral("kind"), nameOf(request.kind)}, {QStringLiteral("method"), request.method},
                       {QStringLiteral("target"), request.target},     {QStringLiteral("call"), request.call},
                       {QStringLiteral("headers"), headers},           {QStringLiteral("gateway"), request.gateway}};
    const ProbeRequest plain;
    const auto add = [&](const char* name, const QJsonValue& value, bool differs) {
        if (differs)
            object.insert(QLatin1String(name), value);
    };
    add("body", request.body, request.body != plain.body);
    add("hex", request.hex, request.hex);
    add("protoFile", request.protoFile, request.protoFile != plain.protoFile);
    add("http2", request.http2, request.http2);
    add("trust", static_cast<int>(request.trust), request.trust != plain.trust);
    add("timeoutMs", request.timeoutMs, request.timeoutMs != plain.timeoutMs);
    add("sent", true, deed == ProbeDeed::Sent);
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
    request.body = object.value(QLatin1String("body")).toString();
    request.hex = object.value(QLatin1String("hex")).toBool();
    request.protoFile = object.value(QLatin1String("protoFile")).toString();
    request.http2 = object.value(QLatin1String("http2")).toBool();
    const int trust = object.value(QLatin1String("trust")).toInt();
    if (trust > 0 && trust <= static_cast<int>(ProbeTrust::System))
        request.trust = static_cast<ProbeTrust>(trust);
    request.timeoutMs = object.value(QLatin1String("timeoutMs")).toInt(request.timeoutMs);
    return request;
}

ProbeDeed deedOf(const QString& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
    return object.value(QLatin1String("sent")).toBool() ? ProbeDeed::Sent : ProbeDeed::Explained;
}

bool speaksTls(const ProbeRequest& request)
{
    return request.kind == ProbeKind::Tls ||
           ((request.kind == ProbeKind::Http || request.kind == ProbeKind::Grpc) &&
            request.target.startsWith(QLatin1String("https://"), Qt::CaseInsensitive));
}

ParsedHex parseHex(const QString& text)
{
    ParsedHex parsed;
    QByteArray digits;
    for (QString word : text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (word.startsWith(QLatin1String("0x"), Qt::CaseInsensitive))
            word.remove(0, 2);
        for (const QChar c : word) {
            if (c.unicode() < 128 && std::isxdigit(static_cast<unsigned char>(c.toLatin1()))) {
                digits += c.toLatin1();
                continue;
            }
            parsed.fault = QCoreApplication::translate("probe", "'%1' is no hexadecimal digit").arg(c);
            return parsed;
        }
    }
    if (digits.size() % 2 != 0)
        parsed.fault = QCoreApplication::translate("probe", "a byte is two hexadecimal digits; one is missing");
    else
        parsed.bytes = QByteArray::fromHex(digits);
    return parsed;
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
