#include "app/desktop/send_probe.h"
#include "real_engine.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace gatehouse;
using ui::ProbeAnswer;
using ui::ProbeKind;
using ui::ProbeRequest;

namespace {

constexpr const char* echoCall = "gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/Echo";

ProbeRequest make(ProbeKind kind, const char* target, const char* body = "")
{
    ProbeRequest request;
    request.kind = kind;
    request.target = QLatin1String(target);
    request.body = QLatin1String(body);
    return request;
}

QString valueOf(const std::vector<std::pair<QString, QString>>& fields, const char* name)
{
    for (const auto& [own, value] : fields)
        if (own.compare(QLatin1String(name), Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

} // namespace

class TstSendProbe : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        const std::string error = engine_.start();
        QVERIFY2(error.empty(), error.c_str());
    }

    void httpIsAnswered_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("http2");
        QTest::addColumn<int>("trust");
        QTest::addColumn<QString>("protocol");
        const int anybody = int(ui::ProbeTrust::Anybody), ours = int(ui::ProbeTrust::LocalCa);
        QTest::newRow("HTTP/1.1") << "http://shop.example.test:18180/cart" << false << anybody << "HTTP/1.1";
        QTest::newRow("HTTP/2") << "http://shop.example.test:18180/cart" << true << anybody << "HTTP/2";
        QTest::newRow("TLS, whatever the certificate")
            << "https://shop.example.test:18543/cart" << false << anybody << "HTTP/1.1 over TLS";
        QTest::newRow("TLS with the local CA")
            << "https://shop.example.test:18543/cart" << false << ours << "HTTP/1.1 over TLS";
        QTest::newRow("HTTP/2 with the local CA")
            << "https://shop.example.test:18543/cart" << true << ours << "HTTP/2 over TLS";
    }

    void httpIsAnswered()
    {
        QFETCH(QString, target);
        QFETCH(bool, http2);
        QFETCH(int, trust);
        ProbeRequest request = make(ProbeKind::Http, qPrintable(target), "{\"a\": 1}");
        request.method = QStringLiteral("PUT");
        request.headers = {{QStringLiteral("X-Mine"), QStringLiteral("yes")}};
        request.http2 = http2;
        request.trust = static_cast<ui::ProbeTrust>(trust);
        const ProbeAnswer answer = send(request);
        QVERIFY2(answer.end == ProbeAnswer::End::Answered, qPrintable(answer.fault));
        QCOMPARE(answer.outcome, QStringLiteral("200 OK"));
        QVERIFY(answer.verdict == model::Health::Good);
        QTEST(answer.protocol, "protocol");
        QVERIFY2(answer.backend.startsWith(QStringLiteral("team/cart, Pod ")), qPrintable(answer.backend));
        QVERIFY(answer.body.contains("\"PUT\""));
        QVERIFY2(answer.body.contains("X-Mine"), "the echo saw the header");
        QCOMPARE(answer.contentType, valueOf(answer.headers, "content-type"));
        QVERIFY(answer.connectMs && answer.firstByteMs && answer.totalMs);
        QVERIFY(*answer.connectMs <= *answer.firstByteMs && *answer.firstByteMs <= *answer.totalMs);
        const ui::BodyText body = ui::bodyText(answer);
        QVERIFY2(body.note.startsWith(QStringLiteral("JSON")), qPrintable(body.note));
        QVERIFY(body.text.contains(QStringLiteral("\n")));
    }

    void refusalsAreAnswers_data()
    {
        QTest::addColumn<ProbeRequest>("request");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("no route") << make(ProbeKind::Http, "http://nobody.example.test:18180/") << "404 Not Found";
        ProbeRequest call = make(ProbeKind::Grpc, "narrow.example.test:18180");
        call.call = QStringLiteral("other.Service/Do");
        QTest::newRow("no route for a call") << call << "UNIMPLEMENTED (12)";
    }

    void refusalsAreAnswers()
    {
        QFETCH(ProbeRequest, request);
        QFETCH(QString, outcome);
        const ProbeAnswer answer = send(request);
        QVERIFY2(answer.end == ProbeAnswer::End::Answered, qPrintable(answer.fault));
        QVERIFY2(answer.outcome.startsWith(outcome), qPrintable(answer.outcome));
        QVERIFY(answer.verdict == model::Health::Warning);
        QVERIFY(answer.backend.isEmpty());
    }

    void grpcTakesAndGivesJson_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("described by reflection") << "rpc.example.test:18180";
        QTest::newRow("reflection is not routed: described by the backend") << "narrow.example.test:18180";
    }

    void grpcTakesAndGivesJson()
    {
        QFETCH(QString, host);
        ProbeRequest request = make(ProbeKind::Grpc, qPrintable(host), "{}");
        request.call = QLatin1String(echoCall);
        request.headers = {{QStringLiteral("x-mine"), QStringLiteral("yes")}};
        const ProbeAnswer answer = send(request);
        QVERIFY2(answer.end == ProbeAnswer::End::Answered, qPrintable(answer.fault));
        QCOMPARE(answer.outcome, QStringLiteral("OK (0)"));
        QCOMPARE(valueOf(answer.trailers, "grpc-status"), QStringLiteral("0"));
        QVERIFY2(answer.body.contains("\"assertions\""), answer.body.constData());
        QVERIFY(answer.body.contains("x-mine"));
        QVERIFY2(answer.backend.startsWith(QStringLiteral("team/rpc, Pod ")), qPrintable(answer.backend));
    }

    void wrongMessagesAreNotSent()
    {
        ProbeRequest request = make(ProbeKind::Grpc, "rpc.example.test:18180", "{\"nonsense\": 1}");
        request.call = QLatin1String(echoCall);
        const ProbeAnswer answer = send(request);
        QVERIFY(answer.end == ProbeAnswer::End::Failed);
        QVERIFY2(answer.fault.contains(QStringLiteral("nonsense")), qPrintable(answer.fault));
    }

    void methodsAreListed_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("call");
        QTest::addColumn<QString>("source");
        QTest::newRow("by reflection") << "rpc.example.test:18180"
                                       << ""
                                       << "server reflection";
        QTest::newRow("by the echo") << "narrow.example.test:18180" << echoCall << "the built-in echo";
    }

    void methodsAreListed()
    {
        QFETCH(QString, host);
        QFETCH(QString, call);
        ProbeRequest request = make(ProbeKind::Grpc, qPrintable(host));
        request.call = call;
        const ui::ProbeMethods methods = desktop::methodsOf(*engine_.state(), request, engine_.caFile(), {});
        QCOMPARE(methods.fault, QString());
        QTEST(methods.source, "source");
        const auto found =
            std::find_if(methods.methods.begin(), methods.methods.end(),
                         [](const ui::ProbeMethod& each) { return each.name == QLatin1String(echoCall); });
        QVERIFY(found != methods.methods.end());
        QVERIFY2(found->message.startsWith(QLatin1Char('{')), qPrintable(found->message));
    }

    void whatIsNotDescribedIsSaid()
    {
        ProbeRequest request = make(ProbeKind::Grpc, "narrow.example.test:18180");
        const ui::ProbeMethods methods = desktop::methodsOf(*engine_.state(), request, engine_.caFile(), {});
        QVERIFY2(methods.fault.contains(QStringLiteral(".proto")), qPrintable(methods.fault));
    }

    void streamsAreHeard_data()
    {
        QTest::addColumn<ProbeRequest>("request");
        QTest::addColumn<QString>("backend");
        QTest::newRow("TCP") << make(ProbeKind::Tcp, ":15532", "TEST\n") << "team/lines";
        ProbeRequest hex = make(ProbeKind::Tcp, ":15532", "54 45 53 54 0a");
        hex.hex = true;
        QTest::newRow("TCP, in hexadecimal") << hex << "team/lines";
        QTest::newRow("TLS") << make(ProbeKind::Tls, "app.tls.test:18544", "TEST\n") << "team/lines";
        ProbeRequest trusted = make(ProbeKind::Tls, "app.tls.test:18544", "TEST\n");
        trusted.trust = ui::ProbeTrust::LocalCa;
        QTest::newRow("TLS with the local CA") << trusted << "team/lines";
        QTest::newRow("UDP") << make(ProbeKind::Udp, ":15553", "TEST") << "team/grams";
    }

    void streamsAreHeard()
    {
        QFETCH(ProbeRequest, request);
        QFETCH(QString, backend);
        const ProbeAnswer answer = send(request);
        QVERIFY2(answer.end == ProbeAnswer::End::Answered, qPrintable(answer.fault));
        QVERIFY2(answer.backend.startsWith(backend), qPrintable(answer.backend + QString::fromUtf8(answer.body)));
        QVERIFY(answer.totalMs && answer.firstByteMs);
        QVERIFY2(*answer.totalMs < request.timeoutMs, "it does not wait for more once the server is quiet");
    }

    void closedConnectionsAreTold()
    {
        const ProbeAnswer answer = send(make(ProbeKind::Tls, "nobody.tls.test:18544", "x"));
        QVERIFY(answer.end == ProbeAnswer::End::Failed || answer.verdict == model::Health::Warning);
        QVERIFY(!answer.fault.isEmpty() || answer.outcome.contains(QStringLiteral("closed")));
    }

    void strangersAreNotTrusted()
    {
        ProbeRequest request = make(ProbeKind::Http, "https://shop.example.test:18543/");
        request.trust = ui::ProbeTrust::System;
        const ProbeAnswer answer = send(request);
        QVERIFY(answer.end == ProbeAnswer::End::Failed);
        QVERIFY2(answer.fault.startsWith(QStringLiteral("No TLS")), qPrintable(answer.fault));
    }

    void withoutAnEngineNothingIsSent()
    {
        auto stopped = std::make_shared<control::State>(*engine_.state());
        stopped->live = false;
        const ProbeAnswer answer = desktop::sendProbe(
            *stopped, make(ProbeKind::Http, "http://shop.example.test:18180/"), engine_.caFile(), {});
        QVERIFY(answer.end == ProbeAnswer::End::NotRunning);
        QVERIFY(!answer.address.isEmpty());
    }

    void faultsAreTold_data()
    {
        QTest::addColumn<ProbeRequest>("request");
        QTest::newRow("no URL") << make(ProbeKind::Http, "http://");
        QTest::newRow("nobody listens") << make(ProbeKind::Http, "http://shop.example.test:1/");
        ProbeRequest hex = make(ProbeKind::Tcp, ":15532", "5");
        hex.hex = true;
        QTest::newRow("half a byte") << hex;
    }

    void faultsAreTold()
    {
        QFETCH(ProbeRequest, request);
        const ProbeAnswer answer = send(request);
        QVERIFY(answer.end == ProbeAnswer::End::Failed);
        QVERIFY(!answer.fault.isEmpty());
    }

    void waitingEnds_data()
    {
        QTest::addColumn<ProbeRequest>("request");
        QTest::addColumn<bool>("cancelled");
        // The line echo has nothing to say to this.
        ProbeRequest late = make(ProbeKind::Http, "http://shop.example.test:18180/?delay=30s");
        ProbeRequest late2 = late;
        late2.http2 = true;
        for (const bool cancelled : {false, true}) {
            const char* const how = cancelled ? "cancelled" : "too late";
            QTest::addRow("HTTP/1.1, %s", how) << late << cancelled;
            QTest::addRow("HTTP/2, %s", how) << late2 << cancelled;
        }
    }

    void waitingEnds()
    {
        QFETCH(ProbeRequest, request);
        QFETCH(bool, cancelled);
        request.timeoutMs = cancelled ? 20'000 : 200;
        std::stop_source stop;
        QElapsedTimer clock;
        clock.start();
        ProbeAnswer answer;
        std::thread sender(
            [&] { answer = desktop::sendProbe(*engine_.state(), request, engine_.caFile(), stop.get_token()); });
        if (cancelled)
            stop.request_stop();
        sender.join();
        QVERIFY2(clock.elapsed() < 15'000, "nothing waits for the backend");
        if (cancelled)
            QVERIFY(answer.end == ProbeAnswer::End::Cancelled);
        else
            QVERIFY2(answer.fault.startsWith(QStringLiteral("No answer within")), qPrintable(answer.fault));
    }

private:
    ProbeAnswer send(const ProbeRequest& request)
    {
        return desktop::sendProbe(*engine_.state(), request, engine_.caFile(), {});
    }

    RealEngine engine_;
};

QTEST_GUILESS_MAIN(TstSendProbe)
#include "tst_send_probe.moc"
