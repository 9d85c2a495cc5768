#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/explain_request.h"
#include "app/control/session.h"
#endif

#include <QtTest>

using namespace gatehouse;

namespace {

constexpr const char* manifests = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: first, namespace: a}
spec:
  gatewayClassName: c
  listeners:
  - {name: web, protocol: HTTP, port: 80, hostname: "*.first.test"}
  - {name: alt, protocol: HTTP, port: 9000}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: second, namespace: a}
spec:
  gatewayClassName: c
  listeners:
  - {name: web, protocol: HTTP, port: 80}
)";

std::shared_ptr<const control::State> state()
{
    importers::ManifestImporter importer;
    control::Config config;
    config.host = routing::HostFacts{true, 1024};
    config.projectTopology = false;
    return control::deriveState(importer.importTexts({{"test.yaml", manifests}}), config);
}

} // namespace

class TstExplainRequest : public QObject {
    Q_OBJECT

private slots:
    void splitsTheUrl_data();
    void splitsTheUrl();
    void findsTheEndpoint_data();
    void findsTheEndpoint();
    void amongLikeSocketsTheServingOneIsMeant();
    void hostHeaderWins();
    void headers_data();
    void headers();
    void grpcCalls_data();
    void grpcCalls();
};

void TstExplainRequest::splitsTheUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected"); // scheme authority path query; empty: refused

    QTest::newRow("whole") << "http://a.test:8080/p/q?x=1&y"
                           << "http a.test:8080 /p/q x=1&y";
    QTest::newRow("no path") << "http://a.test"
                             << "http a.test / ";
    QTest::newRow("query without path") << "http://a.test?x"
                                        << "http a.test / x";
    QTest::newRow("fragment is not sent") << "http://a.test/p#f"
                                          << "http a.test /p ";
    QTest::newRow("no scheme") << "a.test/p"
                               << "http a.test /p ";
    QTest::newRow("a URL inside the query is no scheme") << "a.test/p?u=http://b"
                                                         << "http a.test /p u=http://b";
    QTest::newRow("https") << "https://a.test/"
                           << "https a.test / ";
    QTest::newRow("IPv6") << "http://[::1]:80/"
                          << "http [::1]:80 / ";
    QTest::newRow("another scheme") << "ftp://a.test/"
                                    << "";
    QTest::newRow("bad port") << "http://a.test:x/"
                              << "";
    QTest::newRow("port out of range") << "http://a.test:70000/"
                                       << "";
    QTest::newRow("no host") << "http:///p"
                             << "";
    QTest::newRow("user information") << "http://u@a.test/"
                                      << "";
}

void TstExplainRequest::splitsTheUrl()
{
    QFETCH(QString, url);
    QFETCH(QString, expected);
    const auto request = control::explainRequest(*state()->snapshot, {"GET", url.toStdString(), {}, ""});
    if (!request) {
        QCOMPARE(QString(), expected);
        return;
    }
    QCOMPARE(
        QString::fromStdString(request->scheme + ' ' + request->authority + ' ' + request->path + ' ' + request->query),
        expected);
}

void TstExplainRequest::findsTheEndpoint_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("gateway");
    QTest::addColumn<QString>("expected");

    // a/first is 127.0.0.1 and a/second 127.0.0.2; port 80 moved to 8080.
    QTest::newRow("the most specific hostname, by the spec's port") << "http://x.first.test/"
                                                                    << ""
                                                                    << "127.0.0.1 8080";
    QTest::newRow("the same by the local port") << "http://x.first.test:8080/"
                                                << ""
                                                << "127.0.0.1 8080";
    QTest::newRow("another host goes to the catch-all") << "http://other.test/"
                                                        << ""
                                                        << "127.0.0.2 8080";
    QTest::newRow("an address is taken at its word") << "http://127.0.0.2:8080/"
                                                     << ""
                                                     << "127.0.0.2 8080";
    QTest::newRow("an address without such a port") << "http://127.0.0.2:9000/"
                                                    << ""
                                                    << "";
    QTest::newRow("a port that one Gateway has") << "http://other.test:9000/"
                                                 << ""
                                                 << "127.0.0.1 9000";
    QTest::newRow("a Gateway by name") << "http://x.first.test/"
                                       << "a/second"
                                       << "127.0.0.2 8080";
    QTest::newRow("a port that nobody has") << "http://x.first.test:1234/"
                                            << ""
                                            << "";
    QTest::newRow("no TLS listener") << "https://x.first.test:8080/"
                                     << ""
                                     << "";
}

void TstExplainRequest::findsTheEndpoint()
{
    QFETCH(QString, url);
    QFETCH(QString, gateway);
    QFETCH(QString, expected);
    const auto request =
        control::explainRequest(*state()->snapshot, {"GET", url.toStdString(), {}, gateway.toStdString()});
    QVERIFY(request.has_value());
    QString found;
    if (request->endpoint)
        found = QString::fromStdString(request->endpoint->address + ' ' + std::to_string(request->endpoint->port));
    QCOMPARE(found, expected);
}

void TstExplainRequest::amongLikeSocketsTheServingOneIsMeant()
{
    const std::string route = R"(
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: a}
spec: {parentRefs: [{name: second}], hostnames: [x.test], rules: [{backendRefs: [{name: s, port: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: a}
spec: {ports: [{port: 80}]}
)";
    std::string text(manifests);
    text.erase(text.find(", hostname: \"*.first.test\""), 26); // now both Gateways' listeners take every host
    importers::ManifestImporter importer;
    control::Config config;
    config.host = routing::HostFacts{true, 1024};
    const auto both = control::deriveState(importer.importTexts({{"test.yaml", text + route}}), config);
    control::RequestText request;
    request.url = "http://x.test/";
    const auto explained = control::explain(*both->snapshot, request);
    QVERIFY(explained);
    QCOMPARE(explained->gatewayName, std::string("a/second"));
    QCOMPARE(explained->status, 0);
}

void TstExplainRequest::hostHeaderWins()
{
    const auto request = control::explainRequest(
        *state()->snapshot, {"GET", "http://127.0.0.1:8080/", {{"x-a", "1"}, {"hOST", "x.first.test"}}, ""});
    QVERIFY(request.has_value());
    QCOMPARE(request->authority, std::string("x.first.test"));
    QCOMPARE(request->headers.size(), std::size_t{1});
    QCOMPARE(request->endpoint->address, std::string("127.0.0.1"));
}

void TstExplainRequest::headers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // name=value; empty: refused

    QTest::newRow("as curl takes it") << "X-A: b c"
                                      << "X-A=b c";
    QTest::newRow("no space") << "X-A:b"
                              << "X-A=b";
    QTest::newRow("empty value") << "X-A:"
                                 << "X-A=";
    QTest::newRow("colon in the value") << "X-A: b:c"
                                        << "X-A=b:c";
    QTest::newRow("no colon") << "X-A"
                              << "";
    QTest::newRow("no name") << ": b"
                             << "";
}

void TstExplainRequest::headers()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto header = control::parseHeader(text.toStdString());
    QCOMPARE(header ? QString::fromStdString(header->first + '=' + header->second) : QString(), expected);
}

void TstExplainRequest::grpcCalls_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("url"); // empty: refused

    QTest::newRow("plain") << "rpc.test"
                           << "s.S/M"
                           << "http://rpc.test/s.S/M";
    QTest::newRow("port and slash") << "rpc.test:8080"
                                    << "/s.S/M"
                                    << "http://rpc.test:8080/s.S/M";
    QTest::newRow("TLS") << "https://rpc.test"
                         << "s.S/M"
                         << "https://rpc.test/s.S/M";
    QTest::newRow("no method") << "rpc.test"
                               << "s.S"
                               << "";
    QTest::newRow("empty method") << "rpc.test"
                                  << "s.S/"
                                  << "";
    QTest::newRow("a path in the host") << "rpc.test/x"
                                        << "s.S/M"
                                        << "";
}

void TstExplainRequest::grpcCalls()
{
    QFETCH(QString, host);
    QFETCH(QString, call);
    const auto request = control::grpcRequest(host.toStdString(), call.toStdString());
    QTEST(request ? QString::fromStdString(request->url) : QString(), "url");
    if (!request)
        return;
    QCOMPARE(request->method, std::string("POST"));
    QCOMPARE(request->headers.at(0).second, std::string("application/grpc"));
}

QTEST_APPLESS_MAIN(TstExplainRequest)
#include "tst_explain_request.moc"
