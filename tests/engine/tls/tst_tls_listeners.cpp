#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "secure_gateway.h"

#include <atomic>
#include <future>
#include <thread>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;

class TstTlsListeners : public QObject {
    Q_OBJECT

private slots:
    void serves_data();
    void serves();
    void agreesOnProtocol_data();
    void agreesOnProtocol();
    void choosesListenerByServerName_data();
    void choosesListenerByServerName();
    void choosesAmongCertificates_data();
    void choosesAmongCertificates();
    void noticesMisdirectedRequests_data();
    void noticesMisdirectedRequests();
    void redirectsStayOnHttps();
    void followsCertificates();
    void rotatesUnderLoad();
    void resumesSessions_data();
    void resumesSessions();
    void resumesNothingOfAnotherListener();
    void refusesWhatIsNoCertificate_data();
    void refusesWhatIsNoCertificate();
    void asksForClientCertificates_data();
    void asksForClientCertificates();
    void sessionsEndWithOtherDemands();
    void tellsTheLogOfTls();
    void tellsTheLogOfFailedHandshakes_data();
    void tellsTheLogOfFailedHandshakes();
    void keepsQuietOfSpareConnections();
    void portsMayTurnSecure();
    void drains();
};

void TstTlsListeners::serves_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("spoken");
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION << QByteArray("TLSv1.3");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << QByteArray("TLSv1.2");
    QTest::newRow("TLS 1.1 is refused") << TLS1_1_VERSION << QByteArray();
}

void TstTlsListeners::serves()
{
    QFETCH(int, version);
    QFETCH(QByteArray, spoken);
    const auto gate = simple();
    QVERIFY2(gate->report.listeners.at(0).bound, gate->report.listeners.at(0).error.c_str());
    TlsClient client(gate->port, {"app.test", version, version, {}, {}});
    QCOMPARE(client.connected, !spoken.isEmpty());
    if (!client.connected)
        return;
    QCOMPARE(client.version(), spoken.toStdString());
    QCOMPARE(client.commonName(), std::string("app.test"));
    for (int i = 0; i < 3; ++i) {
        const Answer answer = client.get("app.test", "/hello");
        QVERIFY(answer.complete);
        QCOMPARE(answer.status, 200);
        QVERIFY(contains(answer.body, "\"path\": \"/hello\""));
        QVERIFY2(contains(answer.body, "\"X-Forwarded-Proto\": [\n   \"https\"\n  ]"), answer.body.c_str());
    }
    QCOMPARE(gate->engine.stats().requests, std::uint64_t(3));
}

void TstTlsListeners::agreesOnProtocol_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QByteArray>("agreed");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("none offered") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("http/1.1") << QByteArray("\x08http/1.1") << QByteArray("http/1.1") << QByteArray();
    QTest::newRow("an unknown one first")
        << QByteArray("\x03xyz\x08http/1.1") << QByteArray("http/1.1") << QByteArray();
    QTest::newRow("unknown ones only") << QByteArray("\x03xyz") << QByteArray()
                                       << QByteArray("no application protocol");
}

void TstTlsListeners::agreesOnProtocol()
{
    QFETCH(QByteArray, offered);
    QFETCH(QByteArray, agreed);
    QFETCH(QByteArray, error);
    const auto gate = simple();
    TlsClient client(gate->port, {"app.test", 0, 0, offered.toStdString(), {}});
    QCOMPARE(client.connected, error.isEmpty());
    QVERIFY2(contains(client.error, error.toStdString()), client.error.c_str());
    if (client.connected) {
        QCOMPARE(client.alpn(), agreed.toStdString());
        QCOMPARE(client.get("app.test").status, 200);
    }
}

void TstTlsListeners::choosesListenerByServerName_data()
{
    QTest::addColumn<bool>("catchAll");
    QTest::addColumn<QByteArray>("serverName");
    QTest::addColumn<QByteArray>("shown"); // common name; "" when the handshake is refused
    QTest::newRow("exact") << false << QByteArray("a.test") << QByteArray("exact");
    QTest::newRow("exact in other letters") << false << QByteArray("A.Test") << QByteArray("exact");
    QTest::newRow("wildcard") << false << QByteArray("b.test") << QByteArray("wild");
    QTest::newRow("wildcard of many labels") << false << QByteArray("c.b.test") << QByteArray("wild");
    QTest::newRow("a longer wildcard wins") << false << QByteArray("x.sub.test") << QByteArray("longer");
    QTest::newRow("the wildcard's own suffix is not covered") << false << QByteArray("test") << QByteArray();
    QTest::newRow("unknown") << false << QByteArray("other.example") << QByteArray();
    QTest::newRow("none given") << false << QByteArray() << QByteArray();
    QTest::newRow("unknown, with a listener for all") << true << QByteArray("other.example") << QByteArray("all");
    QTest::newRow("none given, with a listener for all") << true << QByteArray() << QByteArray("all");
    QTest::newRow("exact, with a listener for all") << true << QByteArray("a.test") << QByteArray("exact");
}

void TstTlsListeners::choosesListenerByServerName()
{
    QFETCH(bool, catchAll);
    QFETCH(QByteArray, serverName);
    QFETCH(QByteArray, shown);
    std::vector<ListenerText> listeners{
        {"wild", "*.test", {"wild"}}, {"exact", "a.test", {"exact"}}, {"longer", "*.sub.test", {"longer"}}};
    if (catchAll)
        listeners.push_back({"all", "", {"all"}});
    const Secure gate(listeners, secret("wild", certificate({"wild"})) + secret("exact", certificate({"exact"})) +
                                     secret("longer", certificate({"longer"})) + secret("all", certificate({"all"})));
    TlsClient client(gate.port, {serverName.toStdString(), 0, 0, {}, {}});
    QCOMPARE(client.connected, !shown.isEmpty());
    if (client.connected)
        QCOMPARE(client.commonName(), shown.toStdString());
    else
        QVERIFY2(contains(client.error, "unrecognized name"), client.error.c_str());
}

void TstTlsListeners::choosesAmongCertificates_data()
{
    QTest::addColumn<QByteArray>("serverName");
    QTest::addColumn<QByteArray>("signatures");
    QTest::addColumn<QByteArray>("shown");
    const QByteArray any;
    QTest::newRow("by name") << QByteArray("two.test") << any << QByteArray("second");
    QTest::newRow("the first of equals") << QByteArray("one.test") << any << QByteArray("first");
    QTest::newRow("by wildcard") << QByteArray("x.wild.test") << any << QByteArray("third");
    QTest::newRow("a wildcard covers one label: the first")
        << QByteArray("y.x.wild.test") << any << QByteArray("first");
    QTest::newRow("a name of none: the first") << QByteArray("none.test") << any << QByteArray("first");
    QTest::newRow("no name: the first") << any << any << QByteArray("first");
    QTest::newRow("by the kinds of key that the client knows")
        << QByteArray("one.test") << QByteArray("RSA-PSS+SHA256:RSA+SHA256") << QByteArray("rsa");
}

void TstTlsListeners::choosesAmongCertificates()
{
    QFETCH(QByteArray, serverName);
    QFETCH(QByteArray, signatures);
    QFETCH(QByteArray, shown);
    const Secure gate(
        {{"https", "", {"first", "again", "second", "third", "rsa"}}},
        secret("first", certificate({"first", "one.test"})) + secret("again", certificate({"again", "one.test"})) +
            secret("second", certificate({"second", "two.test"})) +
            secret("third", certificate({"third", "*.wild.test"})) + secret("rsa", rsaCertificate("rsa", "one.test")));
    TlsClient client(gate.port, {serverName.toStdString(), 0, 0, {}, signatures.toStdString()});
    QVERIFY2(client.connected, client.error.c_str());
    QCOMPARE(client.commonName(), shown.toStdString());
    QCOMPARE(client.get("any.test").status, 200);
}

void TstTlsListeners::noticesMisdirectedRequests_data()
{
    QTest::addColumn<QByteArray>("serverName");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("catchAll");
    QTest::addColumn<int>("status");
    QTest::newRow("its own listener") << QByteArray("a.test") << QByteArray("a.test") << false << 200;
    QTest::newRow("its own listener, with a port") << QByteArray("a.test") << QByteArray("A.test:443") << false << 200;
    QTest::newRow("another listener") << QByteArray("a.test") << QByteArray("b.test") << false << 421;
    QTest::newRow("from a wildcard to an exact one") << QByteArray("b.test") << QByteArray("a.test") << false << 421;
    QTest::newRow("within a wildcard") << QByteArray("b.test") << QByteArray("c.test") << false << 200;
    QTest::newRow("a host of no listener") << QByteArray("a.test") << QByteArray("other.example") << false << 404;
    QTest::newRow("a host of the listener for all")
        << QByteArray("a.test") << QByteArray("other.example") << true << 421;
    QTest::newRow("all its own") << QByteArray("one.example") << QByteArray("other.example") << true << 200;
    QTest::newRow("no server name, the listener for all") << QByteArray() << QByteArray("other.example") << true << 200;
    QTest::newRow("no server name, another listener") << QByteArray() << QByteArray("a.test") << true << 421;
}

void TstTlsListeners::noticesMisdirectedRequests()
{
    QFETCH(QByteArray, serverName);
    QFETCH(QByteArray, host);
    QFETCH(bool, catchAll);
    QFETCH(int, status);
    std::vector<ListenerText> listeners{{"wild", "*.test", {"cert"}}, {"exact", "a.test", {"cert"}}};
    if (catchAll)
        listeners.push_back({"all", "", {"cert"}});
    const Secure gate(listeners, secret("cert", certificate({"cert"})));
    TlsClient client(gate.port, {serverName.toStdString(), 0, 0, {}, {}});
    QVERIFY2(client.connected, client.error.c_str());
    for (int i = 0; i < 2; ++i) // the connection stays good
        QCOMPARE(client.get(host.toStdString()).status, status);
}

void TstTlsListeners::redirectsStayOnHttps()
{
    Secure gate({{"https", "", {"cert"}}}, secret("cert", certificate({"cert"})));
    gate.extra = "    filters:\n    - {type: RequestRedirect, requestRedirect: {hostname: new.test}}";
    const std::string withoutBackend =
        "\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n"
        "metadata: {name: moved}\nspec:\n  parentRefs: [{name: gate}]\n  rules:\n"
        "  - matches: [{path: {value: /old}}]\n"
        "    filters:\n    - {type: RequestRedirect, requestRedirect: {hostname: new.test}}\n---";
    gate.extra.clear();
    gate.apply(secret("cert", certificate({"cert"})) + withoutBackend);
    TlsClient client(gate.port);
    const Answer answer = client.get("app.test", "/old/page?x=1");
    QCOMPARE(answer.status, 302);
    QCOMPARE(answer.field("location"), "https://new.test:" + std::to_string(gate.port) + "/old/page?x=1");
}

void TstTlsListeners::followsCertificates()
{
    Secure gate({{"https", "", {"cert"}}}, secret("cert", certificate({"old"})));
    TlsClient before(gate.port);
    QCOMPARE(before.commonName(), std::string("old"));
    gate.apply(secret("cert", certificate({"new"})));
    TlsClient after(gate.port);
    QCOMPARE(after.commonName(), std::string("new"));
    QCOMPARE(after.get("a").status, 200);
    QCOMPARE(before.get("a").status, 200);
    // A Secret that goes takes the port along; one that comes brings it back.
    gate.apply("");
    QVERIFY(!gate.report.listeners.at(0).bound);
    QCOMPARE(TlsClient(gate.port).error, std::string("connection refused"));
    gate.apply(secret("cert", certificate({"newer"})));
    QCOMPARE(TlsClient(gate.port).commonName(), std::string("newer"));
}

void TstTlsListeners::rotatesUnderLoad()
{
    Secure gate({{"https", "", {"cert"}}}, secret("cert", certificate({"0"})), workers(2));
    std::atomic<bool> done{false};
    std::atomic<int> failures{0}, served{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 2; ++i)
        clients.emplace_back([&] {
            while (!done) {
                TlsClient client(gate.port);
                for (int request = 0; request < 5; ++request)
                    (client.get("a").status == 200 ? served : failures).fetch_add(1);
            }
        });
    for (int round = 1; round <= 20; ++round)
        gate.apply(secret("cert", certificate({std::to_string(round)})));
    const int enough = served + 50;
    while (served < enough && failures == 0)
        std::this_thread::yield();
    done = true;
    for (std::thread& client : clients)
        client.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(TlsClient(gate.port).commonName(), std::string("20"));
}

void TstTlsListeners::resumesSessions_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
}

void TstTlsListeners::resumesSessions()
{
    QFETCH(int, version);
    Secure gate({{"https", "", {"cert"}}}, secret("cert", certificate({"cert"})), workers(3));
    TlsClient first(gate.port, {"app.test", version, version, {}, {}});
    QCOMPARE(first.get("app.test").status, 200);
    QVERIFY(!first.resumed());
    QVERIFY(first.session());
    std::shared_ptr<SSL_SESSION> session = first.session();
    for (int i = 0; i < 4; ++i) { // whichever worker it meets
        TlsClient again(gate.port, {"app.test", version, version, {}, {}, session});
        QVERIFY2(again.connected, again.error.c_str());
        QVERIFY(again.resumed());
        QCOMPARE(again.get("app.test").status, 200);
        if (version == TLS1_3_VERSION)
            session = again.session(); // each is for one connection
    }
    // An edit, even of the certificate, ends no session.
    gate.apply(secret("cert", certificate({"cert"})));
    TlsClient later(gate.port, {"app.test", version, version, {}, {}, session});
    QVERIFY(later.resumed());
}

void TstTlsListeners::resumesNothingOfAnotherListener()
{
    const Secure gate({{"a", "a.test", {"cert"}}, {"b", "b.test", {"cert"}}}, secret("cert", certificate({"cert"})));
    TlsClient first(gate.port, {"a.test", 0, 0, {}, {}});
    QCOMPARE(first.get("a.test").status, 200);
    TlsClient other(gate.port, {"b.test", 0, 0, {}, {}, first.session()});
    QVERIFY(!other.resumed());
    QVERIFY(!other.connected || other.get("b.test").status == 200);
}

void TstTlsListeners::refusesWhatIsNoCertificate_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("the key of another") << 0 << QByteArray("does not belong");
    QTest::newRow("an RSA key that is too short") << 1 << QByteArray("too small");
    QTest::newRow("DER that is no certificate") << 2 << QByteArray("tls.crt cannot be read");
}

void TstTlsListeners::refusesWhatIsNoCertificate()
{
    QFETCH(int, fault);
    QFETCH(QByteArray, error);
    engine::TlsIdentity bad = certificate({"bad"});
    if (fault == 0)
        bad.keyPem = certificate({"other"}).keyPem;
    else if (fault == 1)
        bad = rsaCertificate("bad", "bad.test", 512);
    else
        bad.certificatePem = "-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n";
    const Secure gate({{"good", "good.test", {"good"}}, {"bad", "bad.test", {"bad"}}},
                      secret("good", certificate({"good"})) + secret("bad", bad));
    const engine::ListenerReport& report = gate.report.listeners.at(1);
    QVERIFY(!report.bound);
    QCOMPARE(report.reason, std::string("Invalid"));
    QVERIFY2(contains(report.error, error.toStdString()), report.error.c_str());
    QVERIFY2(contains(report.error, "default/bad"), report.error.c_str());
    QVERIFY(!contains(report.error, "BEGIN"));
    const model::Programming programming = engine::programmingOf(*gate.snapshot, gate.report);
    QVERIFY(programming.listeners.at(0).programmed);
    QVERIFY(!programming.listeners.at(1).programmed);
    QCOMPARE(programming.listeners.at(1).reason, std::string("Invalid"));

    TlsClient good(gate.port, {"good.test", 0, 0, {}, {}});
    QCOMPARE(good.get("good.test").status, 200);
    TlsClient refused(gate.port, {"bad.test", 0, 0, {}, {}});
    QVERIFY(contains(refused.error, "unrecognized name"));
}

namespace {
/// The first of the events that nobody has taken yet; one without protocol when none comes.
model::AccessEvent firstEvent(engine::Engine& engine)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patienceMs);
    std::vector<model::AccessEvent> events;
    while (events.empty() && std::chrono::steady_clock::now() < until)
        engine.takeEvents(events);
    return events.empty() ? model::AccessEvent{} : events.front();
}

std::string frontend(const std::string& mode)
{
    return "  tls:\n    frontend:\n      default:\n        validation:\n          mode: " + mode +
           "\n          caCertificateRefs: [{group: \"\", kind: ConfigMap, name: clients}]\n";
}
} // namespace

void TstTlsListeners::asksForClientCertificates_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("shown"); // "", "ours" or "foreign"
    QTest::addColumn<bool>("served");
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const auto row = [&](const char* claim, const char* mode, const char* shown, bool served) {
            QTest::addRow("%s, %s", claim, version == TLS1_2_VERSION ? "TLS 1.2" : "TLS 1.3")
                << QByteArray(mode) << version << QByteArray(shown) << served;
        };
        row("one of ours is taken", "AllowValidOnly", "ours", true);
        row("none is refused", "AllowValidOnly", "", false);
        row("a foreign one is refused", "AllowValidOnly", "foreign", false);
        row("none is taken where it may be", "AllowInsecureFallback", "", true);
        row("a foreign one is taken where it may be", "AllowInsecureFallback", "foreign", true);
    }
}

void TstTlsListeners::asksForClientCertificates()
{
    QFETCH(QByteArray, mode);
    QFETCH(int, version);
    QFETCH(QByteArray, shown);
    QFETCH(bool, served);
    const engine::TlsIdentity ours = rsaCertificate("ours", "client.test"),
                              foreign = rsaCertificate("foreign", "client.test");
    Secure gate({{"https", "", {"cert"}}}, secret("cert", certificate({"cert"})));
    gate.tls = frontend(mode.toStdString());
    gate.apply(secret("cert", certificate({"cert"})) + bundle("clients", ours.certificatePem));
    QVERIFY2(gate.report.listeners.at(0).bound, gate.report.listeners.at(0).error.c_str());
    TlsClientOptions options{"app.test", version, version, {}, {}};
    if (!shown.isEmpty()) {
        options.certificatePem = (shown == "ours" ? ours : foreign).certificatePem;
        options.keyPem = (shown == "ours" ? ours : foreign).keyPem;
    }
    TlsClient client(gate.port, options);
    // In TLS 1.3 a client hears of the refusal after its handshake.
    const Answer answer = client.connected ? client.get("app.test") : Answer{};
    QCOMPARE(answer.status, served ? 200 : 0);
    if (!served)
        QVERIFY2(contains(client.error, "alert"), client.error.c_str());
}

void TstTlsListeners::sessionsEndWithOtherDemands()
{
    const std::string certificates = secret("cert", certificate({"cert"}));
    Secure gate({{"https", "", {"cert"}}}, certificates);
    TlsClient before(gate.port, {"app.test", TLS1_2_VERSION, TLS1_2_VERSION, {}, {}});
    QCOMPARE(before.get("a").status, 200);
    gate.tls = frontend("AllowValidOnly");
    gate.apply(certificates + bundle("clients", rsaCertificate("ours", "client.test").certificatePem));
    TlsClient after(gate.port, {"app.test", TLS1_2_VERSION, TLS1_2_VERSION, {}, {}, before.session()});
    QVERIFY(!after.connected);
}

void TstTlsListeners::tellsTheLogOfTls()
{
    const auto gate = simple();
    TlsClient client(gate->port, {"App.Test", TLS1_3_VERSION, TLS1_3_VERSION, {}, {}});
    QCOMPARE(client.get("app.test").status, 200);
    const model::AccessEvent event = firstEvent(gate->engine);
    QCOMPARE(event.tlsVersion, std::string("TLSv1.3"));
    QCOMPARE(event.serverName, std::string("app.test"));
    QCOMPARE(event.listener, std::string("https"));
}

void TstTlsListeners::tellsTheLogOfFailedHandshakes_data()
{
    QTest::addColumn<QByteArray>("serverName");
    QTest::addColumn<QByteArray>("alpn");
    QTest::addColumn<QByteArray>("shown"); // the client's certificate: "" or "foreign"
    QTest::addColumn<QByteArray>("flags");
    QTest::addColumn<QByteArray>("listener");
    const QByteArray app("app.test"), none;
    QTest::newRow("a name of no listener") << QByteArray("other.example") << none << none << QByteArray("NR") << none;
    QTest::newRow("no name") << none << none << none << QByteArray("NR") << none;
    QTest::newRow("no client certificate") << app << none << none << QByteArray("DPE") << QByteArray("https");
    QTest::newRow("a foreign client certificate")
        << app << none << QByteArray("foreign") << QByteArray("DPE") << QByteArray("https");
    QTest::newRow("no protocol in common")
        << app << QByteArray("\x03xyz") << none << QByteArray("DPE") << QByteArray("https");
}

void TstTlsListeners::tellsTheLogOfFailedHandshakes()
{
    QFETCH(QByteArray, serverName);
    QFETCH(QByteArray, alpn);
    QFETCH(QByteArray, shown);
    QFETCH(QByteArray, flags);
    QFETCH(QByteArray, listener);
    const std::string secrets = secret("cert", certificate({"app.test"}));
    Secure gate({{"https", "app.test", {"cert"}}}, secrets);
    gate.tls = frontend("AllowValidOnly");
    gate.apply(secrets + bundle("clients", rsaCertificate("ours", "client.test").certificatePem));
    TlsClientOptions options{serverName.toStdString(), 0, 0, alpn.toStdString(), {}};
    if (!shown.isEmpty()) {
        const engine::TlsIdentity foreign = rsaCertificate("foreign", "client.test");
        options.certificatePem = foreign.certificatePem;
        options.keyPem = foreign.keyPem;
    }
    TlsClient client(gate.port, options);
    QVERIFY(!client.connected || client.get("app.test").status == 0);
    const model::AccessEvent event = firstEvent(gate.engine);
    QCOMPARE(event.protocol, std::string("TLS"));
    QCOMPARE(event.flags, flags.toStdString());
    QCOMPARE(event.serverName, serverName.toStdString());
    QCOMPARE(event.listener, listener.toStdString());
    QCOMPARE(event.clientAddress, std::string("127.0.0.1"));
    QCOMPARE(int(event.status), 0);
}

void TstTlsListeners::keepsQuietOfSpareConnections()
{
    // Who connects and leaves, as browsers and monitors do, failed at nothing; who says something else than TLS did.
    const auto gate = simple();
    Wire spare = Wire::connect(gate->port);
    spare.endSending();
    QVERIFY(spare.readToEnd() != Wire::Got::Nothing);
    Wire stranger = Wire::connect(gate->port);
    stranger.send(std::string(64, '\0'));
    QVERIFY(stranger.readToEnd() != Wire::Got::Nothing);
    QCOMPARE(firstEvent(gate->engine).flags, std::string("DPE"));
    TlsClient client(gate->port);
    QCOMPARE(client.get("a").status, 200);
    QCOMPARE(int(firstEvent(gate->engine).status), 200);
}

void TstTlsListeners::portsMayTurnSecure()
{
    engine::Engine engine(workers(1));
    const std::uint16_t port = freePort();
    engine.apply(snapshotOf({gateway(port) + service() + route()}));
    Wire plain = Wire::connect(port);
    QCOMPARE(plain.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    engine.apply(snapshotOf({secureGateway(port, {{"https", "", {"cert"}}}) + secret("cert", certificate({"cert"})) +
                             service() + route()}));
    // What was promised to be secret is not told over the plain connection.
    QCOMPARE(plain.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 421);
    TlsClient secure(port);
    QCOMPARE(secure.get("a").status, 200);
    engine.apply(snapshotOf({gateway(port) + service() + route()}));
    QCOMPARE(secure.get("a").status, 421);
    Wire again = Wire::connect(port);
    QCOMPARE(again.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
}

void TstTlsListeners::drains()
{
    const auto gate = simple();
    TlsClient idle(gate->port);
    QCOMPARE(idle.get("a").status, 200);
    TlsClient busy(gate->port);
    QVERIFY(busy.send("GET /?delay=100ms HTTP/1.1\r\nHost: a\r\n\r\n"));
    while (gate->engine.stats().activeRequests == 0)
        std::this_thread::yield();
    auto drained = std::async(std::launch::async, [&] { return gate->engine.drain(20s); });
    QVERIFY(idle.more() == TlsClient::Got::CloseNotify);
    const Answer answer = busy.readAnswer();
    QVERIFY(answer.complete);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("connection"), std::string("close"));
    QVERIFY(drained.get());
}

QTEST_APPLESS_MAIN(TstTlsListeners)
#include "tst_tls_listeners.moc"
