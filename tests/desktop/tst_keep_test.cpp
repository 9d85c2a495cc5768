#include "app/desktop/keep_test.h"
#include "app/desktop/send_probe.h"
#include "app/testing/runner.h"
#include "real_engine.h"

#include <QTest>

using namespace gatehouse;
using ui::ProbeKind;
using ui::ProbeRequest;

namespace {

ProbeRequest make(ProbeKind kind, const char* target, const char* body = "")
{
    ProbeRequest request;
    request.kind = kind;
    request.target = QLatin1String(target);
    request.body = QLatin1String(body);
    return request;
}

std::vector<ProbeRequest> everyKind()
{
    ProbeRequest put = make(ProbeKind::Http, "http://shop.example.test:18180/cart/1?x=y", "line one\nline two: {");
    put.method = QStringLiteral("PUT");
    put.headers = {{QStringLiteral("X-A"), QStringLiteral("yes: no")}};
    put.http2 = true;
    ProbeRequest call = make(ProbeKind::Grpc, "rpc.example.test:18180");
    call.call = QStringLiteral("gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/Echo");
    return {put,
            make(ProbeKind::Http, "http://nobody.example.test:18180/"),
            call,
            make(ProbeKind::Tls, "app.tls.test:18544", "TEST\n"),
            make(ProbeKind::Tcp, ":15532", "TEST\n"),
            make(ProbeKind::Udp, ":15553", "TEST")};
}

} // namespace

class TstKeepTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        const std::string error = engine_.start();
        QVERIFY2(error.empty(), error.c_str());
    }

    /// What was sent and kept is read again, passes by the tables and over real sockets.
    void keptTestsPass()
    {
        const QString file = engine_.folder() + QStringLiteral("/tests/probe.yaml");
        const std::vector<ProbeRequest> requests = everyKind();
        for (const ProbeRequest& request : requests) {
            const auto answer = desktop::sendProbe(*engine_.state(), request, engine_.caFile(), {});
            QVERIFY2(answer.end == ui::ProbeAnswer::End::Answered, qPrintable(answer.fault));
            const auto kept = desktop::keepTest(*engine_.state()->snapshot, {file, {}, request, answer},
                                                {engine_.manifestFile().toStdString()});
            QCOMPARE(kept.fault, QString());
            QVERIFY2(kept.place.startsWith(file), qPrintable(kept.place));
        }
        std::vector<model::Diagnostic> problems;
        const testing::TestFiles files = testing::readTestFiles({file.toStdString()}, nullptr, problems);
        QVERIFY2(problems.empty(), problems.empty() ? "" : toString(problems.front()).c_str());
        QCOMPARE(files.files.size(), 1u);
        const testing::TestFile& read = files.files.front();
        QCOMPARE(QString::fromStdString(read.manifests.at(0)), engine_.manifestFile());
        QCOMPARE(read.tests.size(), requests.size());
        const auto& put = std::get<testing::HttpRequest>(read.tests[0].request);
        QCOMPARE(put.body.value_or(""), std::string("line one\nline two: {"));
        QVERIFY(put.http2);
        QCOMPARE(read.tests[0].expect.status->value.front().first, 200);
        QCOMPARE(read.tests[0].expect.backend->value, std::string("team/cart:80"));
        QVERIFY(read.tests[1].expect.refused->value.refused);
        testing::Tests all;
        for (const testing::TestCase& test : read.tests)
            all.push_back(&test);
        verify(testing::runModel(*engine_.state()->snapshot, all, {}));
        verify(testing::runLive(engine_.engine(), all, {}));
    }

    void whatIsNoTextIsRefused()
    {
        ProbeRequest bytes = make(ProbeKind::Tcp, ":15532", "ff fe");
        bytes.hex = true;
        const QString file = engine_.folder() + QStringLiteral("/none.yaml");
        const auto kept = desktop::keepTest(*engine_.state()->snapshot, {file, {}, bytes, {}}, {});
        QVERIFY(kept.fault.contains(QStringLiteral("text")));
        QVERIFY(!QFile::exists(file));
    }

    void otherFilesStayAsTheyAre()
    {
        const auto kept =
            desktop::keepTest(*engine_.state()->snapshot, {engine_.manifestFile(), {}, everyKind().front(), {}}, {});
        QVERIFY2(kept.fault.contains(QStringLiteral("GatewayTest")), qPrintable(kept.fault));
        QFile file(engine_.manifestFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(RealEngine::manifests));
    }

private:
    static void verify(const std::vector<testing::CaseResult>& results)
    {
        for (const testing::CaseResult& result : results) {
            std::string why = result.test->name + ": " + result.error;
            for (const testing::Check& check : result.checks)
                if (check.verdict == testing::Verdict::Failed)
                    why += "; " + check.what + " is " + check.got + ", not " + check.expected;
            QVERIFY2(result.verdict == testing::Verdict::Passed, why.c_str());
        }
    }

    RealEngine engine_;
};

QTEST_GUILESS_MAIN(TstKeepTest)
#include "tst_keep_test.moc"
