#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "engine/echo/grpc_descriptors.h"
#include "engine/echo/grpc_reflection.h"
#include "engine/echo/grpc_services.h"
#include "engine/http/protobuf.h"
#endif

#include <QtTest/QTest>

#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::engine;

namespace {

/// Text fields of a message by number, "." between levels: text({4, 1}) is field 1 of field 4.
std::vector<std::string> texts(std::string_view message, std::vector<std::uint32_t> path)
{
    std::vector<std::string> found;
    ProtobufReader reader(message);
    for (ProtobufField field; reader.next(field);) {
        if (!field.isText || field.number != path.front())
            continue;
        if (path.size() == 1) {
            found.emplace_back(field.text);
            continue;
        }
        for (std::string& text : texts(field.text, {path.begin() + 1, path.end()}))
            found.push_back(std::move(text));
    }
    return found;
}

std::string ask(std::uint32_t field, std::string_view text)
{
    ProtobufWriter request;
    request.text(1, "a.host");
    request.text(field, text);
    return answerReflection(request.bytes()).value_or("");
}

} // namespace

class TstGrpcServices : public QObject {
    Q_OBJECT

private slots:
    void numbersAndTexts();
    void refusesBrokenMessages_data();
    void refusesBrokenMessages();
    void framesAtEveryCut();
    void refusesFrames();
    void methods_data();
    void methods();
    void echoesTheHead();
    void listsServices();
    void findsFiles_data();
    void findsFiles();
    void describesMethods();
    void saysWhatIsNotThere_data();
    void saysWhatIsNotThere();
    void judgesHealth();
};

void TstGrpcServices::numbersAndTexts()
{
    ProtobufWriter writer;
    writer.integer(1, 300); // the example of protobuf's own pages
    writer.text(2, "testing");
    writer.textIfAny(3, "");
    QCOMPARE(QByteArray::fromStdString(writer.bytes()).toHex(), QByteArray("08ac02120774657374696e67"));
    ProtobufReader reader(writer.bytes());
    ProtobufField field;
    QVERIFY(reader.next(field));
    QCOMPARE(field.integer, std::uint64_t(300));
    QVERIFY(reader.next(field));
    QCOMPARE(field.number, 2u);
    QCOMPARE(std::string(field.text), std::string("testing"));
    QVERIFY(!reader.next(field));
    QVERIFY(!reader.broken());
}

void TstGrpcServices::refusesBrokenMessages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("cut in a text") << QByteArray::fromHex("120774657374");
    QTest::newRow("cut in a number") << QByteArray::fromHex("08ac");
    QTest::newRow("field 0") << QByteArray::fromHex("0001");
    QTest::newRow("a number of eleven bytes") << QByteArray::fromHex("08ffffffffffffffffffff01");
    QTest::newRow("a group") << QByteArray::fromHex("0b0c");
    QTest::newRow("a length beyond everything") << QByteArray::fromHex("12ffffffffffffffff7f");
}

void TstGrpcServices::refusesBrokenMessages()
{
    QFETCH(QByteArray, bytes);
    const std::string_view message(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    ProtobufReader reader(message);
    for (ProtobufField field; reader.next(field);) {
    }
    QVERIFY(reader.broken());
    QVERIFY(!answerReflection(message));
    QVERIFY(!healthService(message));
}

void TstGrpcServices::framesAtEveryCut()
{
    std::string wire;
    appendGrpcFrame(wire, "hello");
    QCOMPARE(QByteArray::fromStdString(wire).toHex(), QByteArray("000000000568656c6c6f"));
    for (std::size_t cut = 0; cut < wire.size(); ++cut)
        QVERIFY(firstGrpcFrame(std::string_view(wire).substr(0, cut)).state == GrpcFrame::State::Partial);
    appendGrpcFrame(wire, "");
    const GrpcFrame frame = firstGrpcFrame(wire);
    QVERIFY(frame.state == GrpcFrame::State::Complete);
    QCOMPARE(std::string(frame.message), std::string("hello"));
    QCOMPARE(frame.bytes, std::size_t(10));
    QVERIFY(firstGrpcFrame(std::string_view(wire).substr(10)).state == GrpcFrame::State::Complete);
}

void TstGrpcServices::refusesFrames()
{
    QVERIFY(firstGrpcFrame(std::string_view("\1\0\0\0\0", 5)).state == GrpcFrame::State::Compressed);
    QVERIFY(firstGrpcFrame(std::string_view("\0\xff\xff\xff\xff", 5)).state == GrpcFrame::State::TooLong);
    QVERIFY(firstGrpcFrame(std::string_view("\0\0\x40\0\1", 5)).state == GrpcFrame::State::TooLong);
    QVERIFY(firstGrpcFrame(std::string_view("\0\0\x40\0\0", 5)).state == GrpcFrame::State::Partial); // 4 MiB
}

void TstGrpcServices::methods_data()
{
    QTest::addColumn<int>("method");
    const int none = -1;
    QTest::newRow("/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/Echo") << int(GrpcMethod::Echo);
    QTest::newRow("/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/EchoTwo") << int(GrpcMethod::Echo);
    QTest::newRow("/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/EchoThree") << none;
    QTest::newRow("/grpc.health.v1.Health/Check") << int(GrpcMethod::HealthCheck);
    QTest::newRow("/grpc.health.v1.Health/Watch") << int(GrpcMethod::HealthWatch);
    QTest::newRow("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo") << int(GrpcMethod::Reflection);
    QTest::newRow("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo") << int(GrpcMethod::Reflection);
    QTest::newRow("/other.Service/Echo") << none;
    QTest::newRow("/") << none;
}

void TstGrpcServices::methods()
{
    const auto method = grpcMethod(QTest::currentDataTag());
    QTEST(method ? int(*method) : -1, "method");
}

void TstGrpcServices::echoesTheHead()
{
    EchoIdentity identity;
    identity.namespace_ = "shop";
    identity.service = "cart";
    identity.pod = "cart-0";
    routing::RequestHead head;
    head.authority = "cart.test:80";
    head.path = "/a.B/C";
    head.headers.add("TE", "trailers");
    head.headers.add("grpc-timeout", "1S");
    head.headers.add("X-Team", "red");
    const EchoTls tls{"TLSv1.3", "cart.test", "h2", "TLS_AES_128_GCM_SHA256", {"leaf", "issuer"}};
    const std::string response = echoResponse(identity, head, &tls);
    using Texts = std::vector<std::string>;
    QCOMPARE(texts(response, {1, 1}), Texts{"/a.B/C"});
    QCOMPARE(texts(response, {1, 2, 1}), (Texts{":authority", "x-team"}));
    QCOMPARE(texts(response, {1, 2, 2}), (Texts{"cart.test:80", "red"}));
    QCOMPARE(texts(response, {1, 3}), Texts{"cart.test:80"});
    QCOMPARE(texts(response, {1, 4, 1}), Texts{"shop"});
    QCOMPARE(texts(response, {1, 4, 3}), Texts{"cart"});
    QCOMPARE(texts(response, {1, 4, 4}), Texts{"cart-0"});
    QCOMPARE(texts(response, {1, 5, 2}), Texts{"h2"});
    QCOMPARE(texts(response, {1, 5, 5}), (Texts{"leaf", "issuer"}));
    QVERIFY(texts(echoResponse(identity, head, nullptr), {1, 5}).empty());
}

void TstGrpcServices::listsServices()
{
    const std::string response = ask(7, "");
    QCOMPARE(texts(response, {1}), std::vector<std::string>{"a.host"});
    QCOMPARE(
        texts(response, {6, 1, 1}),
        (std::vector<std::string>{"gateway_api_conformance.echo_basic.grpcecho.GrpcEcho", "grpc.health.v1.Health",
                                  "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"}));
}

void TstGrpcServices::findsFiles_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("file");
    const QString echo = "gateway_api_conformance.echo_basic.grpcecho.";
    QTest::newRow("by name") << 3 << "grpcecho.proto"
                             << "grpcecho.proto";
    QTest::newRow("by service") << 4 << echo + "GrpcEcho"
                                << "grpcecho.proto";
    QTest::newRow("by method") << 4 << echo + "GrpcEcho.EchoThree"
                               << "grpcecho.proto";
    QTest::newRow("by message") << 4 << echo + "Assertions"
                                << "grpcecho.proto";
    QTest::newRow("by enum") << 4 << "grpc.health.v1.HealthCheckResponse.ServingStatus"
                             << "grpc/health/v1/health.proto";
    QTest::newRow("itself") << 4 << "grpc.reflection.v1alpha.ServerReflection"
                            << "grpc/reflection/v1alpha/reflection.proto";
}

void TstGrpcServices::findsFiles()
{
    QFETCH(int, field);
    QFETCH(QString, text);
    QFETCH(QString, file);
    const auto found = texts(ask(static_cast<std::uint32_t>(field), text.toStdString()), {4, 1, 1});
    QCOMPARE(found, std::vector<std::string>{file.toStdString()});
}

void TstGrpcServices::describesMethods()
{
    const std::string response = ask(3, "grpcecho.proto");
    QCOMPARE(texts(response, {4, 1, 6, 2, 1}), (std::vector<std::string>{"Echo", "EchoTwo", "EchoThree"}));
    QCOMPARE(texts(response, {4, 1, 6, 2, 2}).front(),
             std::string(".gateway_api_conformance.echo_basic.grpcecho.EchoRequest"));
    const auto names = texts(response, {4, 1, 4, 2, 10});
    QVERIFY(std::find(names.begin(), names.end(), "fullyQualifiedMethod") != names.end());
}

void TstGrpcServices::saysWhatIsNotThere_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("a file") << 3 << "no.proto"
                            << "file not found: no.proto";
    QTest::newRow("a symbol") << 4 << "no.Such"
                              << "symbol not found: no.Such";
    QTest::newRow("an extension") << 5 << ""
                                  << "no file here has extensions";
    QTest::newRow("a type") << 6 << "no.Such"
                            << "type not found: no.Such";
    QTest::newRow("nothing") << 9 << "x"
                             << "the request asks for nothing known";
}

void TstGrpcServices::saysWhatIsNotThere()
{
    QFETCH(int, field);
    QFETCH(QString, text);
    QFETCH(QString, message);
    const std::string response = ask(static_cast<std::uint32_t>(field), text.toStdString());
    QCOMPARE(texts(response, {7, 2}), std::vector<std::string>{message.toStdString()});
}

void TstGrpcServices::judgesHealth()
{
    ProtobufWriter request;
    request.text(1, "grpc.health.v1.Health");
    QCOMPARE(std::string(healthService(request.bytes()).value_or("?")), std::string("grpc.health.v1.Health"));
    QCOMPARE(std::string(healthService("").value_or("?")), std::string());
    QVERIFY(healthOf("") == Health::Serving);
    QVERIFY(healthOf("grpc.health.v1.Health") == Health::Serving);
    QVERIFY(healthOf("no.Such") == Health::ServiceUnknown);
    QCOMPARE(QByteArray::fromStdString(healthResponse(Health::Serving)).toHex(), QByteArray("0801"));
}

QTEST_APPLESS_MAIN(TstGrpcServices)
#include "tst_grpc_services.moc"
