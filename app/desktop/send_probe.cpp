#include "app/desktop/send_probe.h"

#include "app/desktop/probe.h"
#include "app/desktop/probe_grpc.h"
#include "app/testing/client.h"
#include "app/testing/echo_answer.h"
#include "app/testing/grpc_codes.h"
#include "engine/routing/explain_parts.h"
#include "model/base/ascii.h"

#include <QCoreApplication>
#include <QLocale>

namespace gatehouse::desktop {

using namespace std::chrono_literals;
using ui::ProbeAnswer;
using ui::ProbeKind;

namespace {

/// Kept of a body; more is counted.
constexpr std::size_t mostKept = 1u << 20;
/// A server that pauses so long has said what it had to say.
constexpr std::chrono::milliseconds quietTime{300};

QString tr(const char* text)
{
    return QCoreApplication::translate("probe", text);
}

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

std::vector<std::pair<QString, QString>> fields(const testing::Headers& headers)
{
    std::vector<std::pair<QString, QString>> list;
    for (const auto& [name, value] : headers)
        list.emplace_back(text(name), text(value));
    return list;
}

std::optional<double> millis(const std::optional<std::chrono::microseconds>& time)
{
    return time ? std::optional(static_cast<double>(time->count()) / 1000) : std::nullopt;
}

void takeTimes(const testing::ClientTimes& times, ProbeAnswer& answer)
{
    answer.connectMs = millis(times.connected);
    answer.firstByteMs = millis(times.firstByte);
    answer.totalMs = millis(times.total);
}

/// What a client that got no answer says of it; false when it got one.
bool failed(testing::Reached reached, const std::string& error, const ui::ProbeRequest& request, ProbeAnswer& answer)
{
    switch (reached) {
    case testing::Reached::Answer:
        return false;
    case testing::Reached::NoSocket:
        answer.fault = tr("Nobody takes connections at %1: %2").arg(answer.address, text(error));
        break;
    case testing::Reached::NoTls:
        answer.fault = tr("No TLS: %1").arg(text(error));
        break;
    case testing::Reached::NoAnswer:
        answer.fault = tr("No answer within %1 s").arg(QLocale().toString(request.timeoutMs / 1000.0, 'g', 3));
        break;
    case testing::Reached::Broken:
        answer.fault = tr("The answer broke off: %1").arg(text(error));
        break;
    case testing::Reached::Impossible:
        answer.fault = tr("It cannot be sent: %1").arg(text(error));
        break;
    }
    answer.end = ProbeAnswer::End::Failed;
    answer.verdict = model::Health::Bad;
    return true;
}

void takeBackend(const std::optional<testing::EchoAnswer>& echo, ProbeAnswer& answer)
{
    if (echo)
        answer.backend = tr("%1/%2, Pod %3").arg(text(echo->namespace_), text(echo->service), text(echo->pod));
}

void takeBody(const testing::HttpAnswer& got, ProbeAnswer& answer)
{
    answer.body = QByteArray::fromStdString(got.body);
    answer.bodySize = got.bodyBytes;
    for (const auto& [name, value] : got.headers)
        if (model::lowered(name) == "content-type")
            answer.contentType = text(value);
}

void sendHttp(const testing::Connection& connection, const control::RequestText& asked, const ui::ProbeRequest& request,
              ProbeAnswer& answer)
{
    testing::HttpCall call;
    call.method = asked.method;
    call.url = asked.url;
    call.headers = asked.headers;
    if (!request.body.isEmpty())
        call.body = request.body.toStdString();
    call.http2 = request.http2;
    call.keptBytes = mostKept;
    answer.protocol = request.http2 ? QStringLiteral("HTTP/2") : QStringLiteral("HTTP/1.1");
    testing::HttpClient client(connection);
    const testing::HttpAnswer got = client.send(call);
    takeTimes(got.times, answer);
    answer.headers = fields(got.headers);
    answer.trailers = fields(got.trailers);
    takeBody(got, answer);
    if (got.status != 0)
        answer.outcome = QStringLiteral("%1 %2").arg(got.status).arg(ui::statusWords(got.status)).trimmed();
    if (failed(got.reached, got.error, request, answer))
        return;
    answer.verdict = got.status >= 500   ? model::Health::Bad
                     : got.status >= 400 ? model::Health::Warning
                                         : model::Health::Good;
    takeBackend(testing::readHttpEcho(got.body), answer);
}

void sendStream(const testing::Connection& connection, const ui::ProbeRequest& request, ProbeAnswer& answer)
{
    const ui::ParsedHex hex = request.hex ? ui::parseHex(request.body) : ui::ParsedHex{request.body.toUtf8(), {}};
    if (!hex.fault.isEmpty()) {
        answer.end = ProbeAnswer::End::Failed;
        answer.fault = hex.fault;
        return;
    }
    const std::string said = hex.bytes.toStdString();
    const bool udp = request.kind == ProbeKind::Udp;
    const auto name = request.kind == ProbeKind::Tls
                          ? std::optional(testing::serverNameOf(request.target.toStdString()))
                          : std::nullopt;
    const auto full = [](std::string_view received) { return received.size() >= mostKept; };
    answer.protocol = udp ? QStringLiteral("UDP") : name ? QStringLiteral("TLS") : QStringLiteral("TCP");
    const testing::StreamAnswer got =
        udp ? testing::talkOverUdp(connection, said) : testing::talkOverTcp(connection, name, said, full);
    takeTimes(got.times, answer);
    answer.body = QByteArray::fromStdString(got.received);
    answer.bodySize = got.received.size();
    // A connection that was taken is an answer, even if nothing is said.
    const bool silent = !udp && got.reached == testing::Reached::NoAnswer && got.times.connected;
    if (!silent && failed(got.reached, got.error, request, answer))
        return;
    const QString bytes =
        QLocale().formattedDataSize(static_cast<qint64>(got.received.size()), 1, QLocale::DataSizeSIFormat);
    answer.outcome = udp          ? tr("A datagram came back")
                     : got.closed ? tr("The server closed it after %1").arg(bytes)
                     : silent     ? tr("Connected; nothing was said")
                                  : tr("%1 came; the connection stays open").arg(bytes);
    answer.verdict = got.closed && got.received.empty() ? model::Health::Warning : model::Health::Good;
    takeBackend(testing::readStreamEcho(got.received), answer);
}

void sendGrpc(const testing::Connection& connection, const GrpcTarget& target, const ui::ProbeRequest& request,
              ProbeAnswer& answer)
{
    answer.protocol = QStringLiteral("gRPC");
    const auto called = callGrpc(connection, target, request, mostKept);
    if (!called) {
        answer.end = ProbeAnswer::End::Failed;
        answer.verdict = model::Health::Bad;
        answer.fault = text(called.error());
        return;
    }
    const testing::HttpAnswer& got = called->answer;
    takeTimes(got.times, answer);
    answer.headers = fields(got.headers);
    answer.trailers = fields(got.trailers);
    takeBody(got, answer);
    if (failed(got.reached, got.error, request, answer))
        return;
    const auto status = grpc::statusOf(got);
    if (!status) {
        answer.outcome = tr("HTTP %1 and no gRPC status").arg(got.status);
        answer.verdict = model::Health::Bad;
        return;
    }
    answer.outcome =
        QStringLiteral("%1 (%2)").arg(QLatin1String(testing::grpcCodeName(status->code).data())).arg(status->code);
    if (!status->message.empty())
        answer.outcome += QStringLiteral(": ") + text(status->message);
    answer.verdict = status->code == 0 ? model::Health::Good : model::Health::Warning;
    if (called->json) {
        answer.body = QByteArray::fromStdString(*called->json);
        answer.bodySize = called->json->size();
    }
    takeBackend(testing::readGrpcEcho(got.body), answer);
}

/// Where a request goes, or why nowhere.
struct Place {
    control::RequestText asked;
    routing::Explanation explanation;
    testing::Connection connection;
    QString fault;
};

Place placeOf(const control::State& state, const ui::ProbeRequest& request, const std::string& caFile,
              const std::stop_token& stop)
{
    Place place;
    const auto asked = requestText(request);
    const auto explained = asked ? control::explain(*state.snapshot, *asked)
                                 : model::Result<routing::Explanation, std::string>(model::Unexpected{asked.error()});
    if (!explained) {
        place.fault = text(explained.error());
        return place;
    }
    place.asked = *asked;
    place.explanation = *explained;
    if (!explained->endpoint) {
        place.fault = text(explained->summary);
        return place;
    }
    testing::Connection& to = place.connection;
    to.address = explained->endpoint->address;
    to.port = explained->endpoint->port;
    to.timeout = std::chrono::milliseconds(request.timeoutMs);
    to.verify = request.trust != ui::ProbeTrust::Anybody;
    if (request.trust == ui::ProbeTrust::LocalCa)
        to.caFile = caFile;
    to.quiet = quietTime;
    to.stop = stop;
    return place;
}

} // namespace

ProbeAnswer sendProbe(const control::State& state, const ui::ProbeRequest& request, const std::string& caFile,
                      const std::stop_token& stop)
{
    ProbeAnswer answer;
    const Place place = placeOf(state, request, caFile, stop);
    if (!place.fault.isEmpty()) {
        answer.end = ProbeAnswer::End::Failed;
        answer.fault = place.fault;
        return answer;
    }
    answer.address = text(routing::toText(*place.explanation.endpoint));
    if (!state.live) {
        answer.end = ProbeAnswer::End::NotRunning;
        return answer;
    }
    switch (request.kind) {
    case ProbeKind::Http:
        sendHttp(place.connection, place.asked, request, answer);
        break;
    case ProbeKind::Grpc:
        sendGrpc(place.connection, {state.snapshot, place.asked, place.explanation}, request, answer);
        break;
    case ProbeKind::Tls:
    case ProbeKind::Tcp:
    case ProbeKind::Udp:
        sendStream(place.connection, request, answer);
        break;
    }
    if (ui::speaksTls(request) && request.kind != ProbeKind::Tls)
        answer.protocol += tr(" over TLS");
    if (stop.stop_requested())
        answer.end = ProbeAnswer::End::Cancelled;
    return answer;
}

ui::ProbeMethods methodsOf(const control::State& state, const ui::ProbeRequest& request, const std::string& caFile,
                           const std::stop_token& stop)
{
    ui::ProbeMethods methods;
    ui::ProbeRequest asked = request;
    if (asked.call.isEmpty()) // whoever serves reflection is asked then
        asked.call = QStringLiteral("grpc.reflection.v1.ServerReflection/ServerReflectionInfo");
    const Place place = placeOf(state, asked, caFile, stop);
    if (request.protoFile.isEmpty() && !place.fault.isEmpty()) {
        methods.fault = place.fault;
        return methods;
    }
    const auto found = findSchema(place.connection, {state.snapshot, place.asked, place.explanation},
                                  request.protoFile.toStdString(), state.live);
    if (!found) {
        methods.fault = text(found.error());
        return methods;
    }
    methods.source = text(found->source);
    for (const grpc::Method& method : found->schema.methods())
        methods.methods.push_back({text(method.name), text(found->schema.templateOf(method.name)),
                                   method.clientStreams || method.serverStreams});
    return methods;
}

model::Result<testing::TestCase, std::string> testOf(const ui::ProbeRequest& request)
{
    testing::TestCase test;
    test.gateway = request.gateway.toStdString();
    test.timeout = std::chrono::milliseconds(request.timeoutMs);
    testing::Headers headers;
    for (const auto& [name, value] : request.headers)
        headers.emplace_back(name.toStdString(), value.toStdString());
    switch (request.kind) {
    case ProbeKind::Http: {
        testing::HttpRequest http{request.method.toStdString(), request.target.toStdString(), headers, std::nullopt,
                                  request.http2};
        if (!request.body.isEmpty())
            http.body = request.body.toStdString();
        test.request = std::move(http);
        break;
    }
    case ProbeKind::Grpc:
        test.request = testing::GrpcRequest{request.target.toStdString(), request.call.toStdString(), headers};
        break;
    case ProbeKind::Tls:
    case ProbeKind::Tcp:
    case ProbeKind::Udp: {
        testing::StreamRequest stream;
        stream.kind = request.kind == ProbeKind::Tls   ? testing::StreamKind::Tls
                      : request.kind == ProbeKind::Tcp ? testing::StreamKind::Tcp
                                                       : testing::StreamKind::Udp;
        stream.to = request.target.toStdString();
        const ui::ParsedHex hex = request.hex ? ui::parseHex(request.body) : ui::ParsedHex{request.body.toUtf8(), {}};
        const QString said = QString::fromUtf8(hex.bytes);
        if (!hex.fault.isEmpty() || said.toUtf8() != hex.bytes)
            return model::Unexpected{tr("A test file holds text, and what is sent is none").toStdString()};
        if (!hex.bytes.isEmpty())
            stream.send = hex.bytes.toStdString();
        test.request = std::move(stream);
        break;
    }
    }
    test.name = ui::probeText(request).toStdString();
    return test;
}

} // namespace gatehouse::desktop
