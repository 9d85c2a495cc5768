#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#include "engine/echo/grpc_services.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

/// What the gateway itself says to gRPC clients, and the built-in gRPC echo behind it. Over HTTP/1.1, which carries the
/// same heads and trailers; clients over HTTP/2 are in tests/e2e.
class TstGrpcWire : public QObject {
    Q_OBJECT

private slots:
    void answersOfTheGateway_data();
    void answersOfTheGateway();
    void othersGetPlainHttp();
    void deadlineOfTheCall_data();
    void deadlineOfTheCall();
    void silentStreamsLiveOn();
    void notesForwardedStatus_data();
    void notesForwardedStatus();
    void echo_data();
    void echo();
};

namespace {

std::string grpcRoute(const std::string& rule)
{
    return R"(
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: calls}
spec:
  parentRefs: [{name: gate}]
  rules:
)" + rule + "\n---";
}

const std::string everyCall = "  - backendRefs: [{name: app, port: 80}]";

std::string chunk(const std::string& bytes)
{
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return size + bytes + "\r\n";
}

std::string call(const std::string& path, const std::string& message = "", const std::string& fields = "")
{
    std::string frame;
    engine::appendGrpcFrame(frame, message);
    return "POST " + path + " HTTP/1.1\r\nHost: rpc.test\r\nContent-Type: application/grpc+proto\r\nTE: trailers\r\n" +
           fields + "Transfer-Encoding: chunked\r\n\r\n" + chunk(frame) + "0\r\n\r\n";
}

} // namespace

void TstGrpcWire::answersOfTheGateway_data()
{
    QTest::addColumn<QString>("routes");
    QTest::addColumn<bool>("echo");
    QTest::addColumn<int>("mapped");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    const QString none, app = QString::fromStdString(service());
    const auto rule = [](const char* text) { return QString::fromStdString(grpcRoute(text)); };
    const QString all = QString::fromStdString(grpcRoute(everyCall));
    QTest::newRow("no route") << none << true << 0 << 12
                              << "no rule attached to listener default/gate/http matches POST /s.S/M [NR]";
    QTest::newRow("no rule") << rule("  - matches: [{method: {service: s.S, method: Other}}]") << true << 0 << 12
                             << "no rule attached to listener default/gate/http matches POST /s.S/M [NR]";
    QTest::newRow("no backendRefs") << rule("  - name: empty") << true << 0 << 14 << "the rule has no backendRefs [NC]";
    QTest::newRow("a missing Service") << all << true << 0 << 14 << "";
    QTest::newRow("weight 0") << app + rule("  - backendRefs: [{name: app, port: 80, weight: 0}]") << true << 0 << 14
                              << "all backendRefs of the rule have weight 0 [NC]";
    QTest::newRow("no endpoint") << app + all << false << 0 << 14
                                 << "the Service default/app:80 has no ready endpoint [UH]";
    QTest::newRow("refused") << app + all << true << int(freePort()) << 14 << "";
    QTest::newRow("an HTTPRoute's missing Service") << QString::fromStdString(route()) << true << 0 << 14 << "";
}

void TstGrpcWire::answersOfTheGateway()
{
    QFETCH(QString, routes);
    QFETCH(bool, echo);
    QFETCH(int, mapped);
    QFETCH(int, status);
    QFETCH(QString, message);
    ClusterText text{routes.toStdString() + "\n", {}, 1, echo};
    if (mapped != 0)
        text.backends["default/app:80"] = {"127.0.0.1", static_cast<std::uint16_t>(mapped)};
    Running gate(workers(1), text);
    Wire client = gate.connect();
    const Answer answer = client.ask(call("/s.S/M"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("content-type"), std::string("application/grpc+proto"));
    QCOMPARE(answer.field("grpc-status"), std::to_string(status));
    QCOMPARE(answer.body, std::string());
    if (!message.isEmpty())
        QCOMPARE(answer.field("grpc-message"), message.toStdString());
    QVERIFY(!answer.field("grpc-message").empty());
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(int(event.status), 200);
    QCOMPARE(int(event.grpcStatus), status);
    QVERIFY(event.flags != "-");
}

void TstGrpcWire::othersGetPlainHttp()
{
    Running gate(workers(1), {service() + grpcRoute(everyCall)});
    for (const char* type : {"application/json", "application/grpc-web+proto"}) {
        Wire client = gate.connect();
        const Answer answer = client.ask(std::string("POST /s.S/M HTTP/1.1\r\nHost: rpc.test\r\nContent-Type: ") +
                                         type + "\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.field("grpc-status"), std::string());
        QCOMPARE(int(gate.nextEvent().grpcStatus), -1);
    }
}

void TstGrpcWire::deadlineOfTheCall_data()
{
    QTest::addColumn<QString>("route");
    QTest::newRow("HTTPRoute") << QString::fromStdString(route());
    QTest::newRow("GRPCRoute") << QString::fromStdString(grpcRoute(everyCall));
}

void TstGrpcWire::deadlineOfTheCall()
{
    QFETCH(QString, route);
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readToEnd(); // and says nothing
    });
    Running gate(workers(1), {service() + route.toStdString(), {{"default/app:80", {"127.0.0.1", backend.port()}}}});
    Wire client = gate.connect();
    const Answer answer = client.ask(call("/s.S/M", "", "grpc-timeout: 50m\r\n"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("grpc-status"), std::string("4"));
    QCOMPARE(answer.field("grpc-message"), std::string("the call's deadline has passed (grpc-timeout) [UT]"));
    QCOMPARE(gate.nextEvent().flags, std::string("UT"));
}

void TstGrpcWire::silentStreamsLiveOn()
{
    // Far longer silent than any other body may be; what ends the call is its own deadline.
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("0\r\n\r\n");
        wire.send("HTTP/1.1 200 OK\r\ncontent-type: application/grpc\r\ntransfer-encoding: chunked\r\n\r\n" +
                  chunk(std::string(5, '\0')));
        wire.readToEnd();
    });
    engine::EngineOptions options = workers(1);
    options.limits.bodyTimeout = std::chrono::milliseconds(30);
    Running gate(options, Running::backendAt(backend.port()));
    Wire client = gate.connect();
    client.send(call("/s.S/M", "", "grpc-timeout: 300m\r\n"));
    const model::AccessEvent event = gate.nextEvent();
    QCOMPARE(event.flags, std::string("UT"));
    QVERIFY(event.durationMicros >= 300'000);
}

void TstGrpcWire::notesForwardedStatus_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::newRow("among the headers") << QByteArray("HTTP/1.1 200 OK\r\ncontent-type: application/grpc\r\n"
                                                     "grpc-status: 5\r\ncontent-length: 0\r\n\r\n")
                                       << 5;
    QTest::newRow("in the trailers") << QByteArray("HTTP/1.1 200 OK\r\ncontent-type: application/grpc\r\n"
                                                   "transfer-encoding: chunked\r\n\r\n0\r\ngrpc-status: 0\r\n\r\n")
                                     << 0;
    QTest::newRow("nowhere") << QByteArray("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") << -1;
    QTest::newRow("no number") << QByteArray("HTTP/1.1 200 OK\r\ngrpc-status: x\r\ncontent-length: 0\r\n\r\n") << -1;
}

void TstGrpcWire::notesForwardedStatus()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    Backend backend([&](Backend& self) {
        Wire wire = self.accept();
        wire.readThrough("0\r\n\r\n");
        wire.send(answer.toStdString());
        wire.readToEnd();
    });
    Running gate(workers(1), Running::backendAt(backend.port()));
    Wire client = gate.connect();
    QCOMPARE(client.ask(call("/s.S/M")).status, 200);
    QCOMPARE(int(gate.nextEvent().grpcStatus), status);
}

void TstGrpcWire::echo_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("frames");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasMessage");
    const QString echo = "/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/";
    const QByteArray empty("\0\0\0\0\0", 5);
    QTest::newRow("Echo") << echo + "Echo" << empty << 0 << true;
    QTest::newRow("EchoTwo") << echo + "EchoTwo" << empty << 0 << true;
    QTest::newRow("EchoThree") << echo + "EchoThree" << empty << 12 << false;
    QTest::newRow("two messages") << echo + "Echo" << empty + empty << 3 << false;
    QTest::newRow("no message") << echo + "Echo" << QByteArray() << 3 << false;
    QTest::newRow("a message cut short") << echo + "Echo" << QByteArray("\0\0\0\0\4ab", 7) << 13 << false;
    QTest::newRow("compressed") << echo + "Echo" << QByteArray("\1\0\0\0\0", 5) << 12 << false;
    QTest::newRow("too long") << echo + "Echo" << QByteArray("\0\x7f\0\0\0", 5) << 8 << false;
    QTest::newRow("health") << "/grpc.health.v1.Health/Check" << empty << 0 << true;
    QTest::newRow("reflection") << "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
                                << QByteArray("\0\0\0\0\2\x3a\0", 7) << 0 << true;
    QTest::newRow("broken reflection") << "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
                                       << QByteArray("\0\0\0\0\1\x3a", 6) << 3 << false;
}

void TstGrpcWire::echo()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, frames);
    QFETCH(int, status);
    QFETCH(bool, hasMessage);
    Running gate(workers(1), {service() + grpcRoute(everyCall)});
    Wire client = gate.connect();
    const std::string body = frames.isEmpty() ? "" : chunk(frames.toStdString());
    const Answer answer = client.ask("POST " + path.toStdString() +
                                     " HTTP/1.1\r\nHost: rpc.test\r\nContent-Type: application/grpc\r\nTE: trailers\r\n"
                                     "Transfer-Encoding: chunked\r\n\r\n" +
                                     body + "0\r\n\r\n");
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, 200);
    const std::string where = hasMessage ? "trailer grpc-status" : "grpc-status";
    QCOMPARE(answer.field(where), std::to_string(status));
    const engine::GrpcFrame frame = engine::firstGrpcFrame(answer.body);
    QCOMPARE(frame.state == engine::GrpcFrame::State::Complete, hasMessage);
    QCOMPARE(int(gate.nextEvent().grpcStatus), status);
}

QTEST_APPLESS_MAIN(TstGrpcWire)
#include "tst_grpc_wire.moc"
