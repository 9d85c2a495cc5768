#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#include "certificates.h"
#include "model/graph/status.h"
#include "tls_client.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

/// Certificates of the tests' authority, or none; keeps what it was asked for.
struct Source final : engine::DevelopmentCertificates {
    model::Result<engine::TlsIdentity, std::string> certificateFor(const std::vector<std::string>& names) override
    {
        asked.push_back(names);
        if (!refusal.empty())
            return model::Unexpected{refusal};
        return certificate(names);
    }
    std::vector<std::vector<std::string>> asked;
    std::string refusal;
};

std::string gatewayOf(std::uint16_t port, const std::string& tls = "")
{
    const std::string p = std::to_string(port);
    return "\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gate}\nspec:\n"
           "  gatewayClassName: local\n" +
           tls +
           "  listeners:\n"
           "  - {name: own, protocol: HTTPS, port: " +
           p + ", hostname: own.test, tls: {certificateRefs: [{name: own}]}}\n" +
           "  - {name: none, protocol: HTTPS, port: " + p +
           ", hostname: \"*.none.test\", tls: {certificateRefs: [{name: missing}]}}\n---";
}

/// The same pipeline as the programs', with or without --dev-certs.
std::shared_ptr<const routing::Snapshot> compiled(const std::string& yaml, bool development = true)
{
    importers::ManifestImporter importer;
    const importers::ImportResult imported = importer.importTexts({{"test.yaml", yaml}});
    if (hasErrors(imported.diagnostics))
        throw std::invalid_argument(toString(imported.diagnostics.front()));
    auto graph = std::make_shared<const model::Graph>(
        model::resolve(model::deriveWorkloads(imported.resources)->resources, {{}, development}));
    routing::CompileOptions options;
    options.developmentCertificates = development;
    std::vector<model::Diagnostic> problems;
    return routing::compile(graph, routing::planBinds(*graph, {}, {}), options, problems);
}

struct Case {
    Case()
    {
        engine::EngineOptions options = workers(1);
        options.developmentCertificates = source;
        engine = std::make_unique<engine::Engine>(options);
    }
    ~Case() { engine->stop(); }
    void apply(const std::string& secrets, bool development = true, const std::string& tls = "")
    {
        snapshot = compiled(gatewayOf(port, tls) + secrets + service() + route(), development);
        report = engine->apply(snapshot);
        programming = engine::programmingOf(*snapshot, report);
    }
    [[nodiscard]] std::string condition(std::uint32_t listener, const char* type) const
    {
        for (const auto& each : model::listenerConditions(*snapshot->graph, programming, {listener}))
            if (each.type == type)
                return (each.status == model::ConditionStatus::True ? "True " : "False ") + each.reason + ": " +
                       each.message;
        return "none";
    }

    std::uint16_t port = freePort();
    std::shared_ptr<Source> source = std::make_shared<Source>();
    std::unique_ptr<engine::Engine> engine;
    std::shared_ptr<const routing::Snapshot> snapshot;
    engine::ApplyReport report;
    model::Programming programming;
};

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TstDevelopmentCertificates : public QObject {
    Q_OBJECT

private slots:
    void standsInForWhatIsMissing();
    void withoutTheOptionNothingChanges();
    void standsInForWhatOpenSslRefuses();
    void aListenersOwnWinsAsSoonAsItIsThere();
    void aRefusalIsTheListenersOwn();
    void clientValidationIsNotBypassed();
    void expectedBeforeAnEngineRuns();
};

void TstDevelopmentCertificates::standsInForWhatIsMissing()
{
    Case c;
    c.apply(secret("own", certificate({"own.test"})));
    QCOMPARE(c.source->asked, (std::vector<std::vector<std::string>>{{"*.none.test"}}));
    QVERIFY(c.report.listeners[0].bound && !c.report.listeners[0].developmentCertificate);
    QVERIFY(c.report.listeners[1].bound && c.report.listeners[1].developmentCertificate);
    QCOMPARE(c.report.listeners[1].developmentReason, std::string());
    const std::string programmed = c.condition(1, "Programmed");
    QVERIFY2(programmed.starts_with("True ") && contains(programmed, "development certificate"), programmed.c_str());
    QVERIFY(c.condition(1, "ResolvedRefs").starts_with("False InvalidCertificateRef"));
    QVERIFY(!contains(c.condition(0, "Programmed"), "development"));
    TlsClient client(c.port, {"a.none.test", 0, 0, {}, {}});
    QCOMPARE(client.commonName(), std::string("*.none.test"));
    QCOMPARE(client.get("a.none.test").status, 200);
}

void TstDevelopmentCertificates::withoutTheOptionNothingChanges()
{
    Case c;
    c.apply(secret("own", certificate({"own.test"})), false);
    QVERIFY(c.source->asked.empty());
    QVERIFY(c.condition(1, "Programmed").starts_with("False Invalid"));
    QVERIFY(c.condition(1, "ResolvedRefs").starts_with("False InvalidCertificateRef"));
}

void TstDevelopmentCertificates::standsInForWhatOpenSslRefuses()
{
    Case c;
    engine::TlsIdentity mixed = certificate({"own.test"});
    mixed.keyPem = certificate({"own.test"}).keyPem;
    c.apply(secret("own", mixed));
    QVERIFY(c.report.listeners[0].bound && c.report.listeners[0].developmentCertificate);
    QVERIFY2(contains(c.report.listeners[0].developmentReason, "tls.key does not belong to tls.crt"),
             c.report.listeners[0].developmentReason.c_str());
    QVERIFY(contains(c.condition(0, "Programmed"), "development certificate"));
    TlsClient client(c.port, {"own.test", 0, 0, {}, {}});
    QCOMPARE(client.commonName(), std::string("own.test"));
}

void TstDevelopmentCertificates::aListenersOwnWinsAsSoonAsItIsThere()
{
    Case c;
    c.apply("");
    QVERIFY(c.report.listeners[0].developmentCertificate && c.report.listeners[1].developmentCertificate);
    c.apply(secret("own", rsaCertificate("the own one", "own.test")));
    QVERIFY(!c.report.listeners[0].developmentCertificate);
    TlsClient client(c.port, {"own.test", 0, 0, {}, {}});
    QCOMPARE(client.commonName(), std::string("the own one"));
}

void TstDevelopmentCertificates::aRefusalIsTheListenersOwn()
{
    Case c;
    c.source->refusal = "the disk is full";
    c.apply(secret("own", certificate({"own.test"})));
    QVERIFY(c.report.listeners[0].bound);
    QVERIFY(!c.report.listeners[1].bound && !c.report.listeners[1].developmentCertificate);
    QVERIFY(contains(c.report.listeners[1].error, "the disk is full"));
    QVERIFY(c.condition(1, "Programmed").starts_with("False Invalid"));
}

void TstDevelopmentCertificates::clientValidationIsNotBypassed()
{
    Case c;
    c.apply(bundle("clients", authority().certificatePem) + secret("own", certificate({"own.test"})), true,
            "  tls: {frontend: {default: {validation: {caCertificateRefs: [{group: \"\", kind: ConfigMap, name: "
            "clients}]}}}}\n");
    QVERIFY(c.report.listeners[1].developmentCertificate);
    TlsClient client(c.port, {"a.none.test", 0, 0, {}, {}});
    QVERIFY(client.get("a.none.test").status != 200); // it showed no certificate
    const engine::TlsIdentity shown = certificate({"client.test"});
    TlsClientOptions options{"a.none.test", 0, 0, {}, {}};
    options.certificatePem = shown.certificatePem;
    options.keyPem = shown.keyPem;
    TlsClient known(c.port, options);
    QVERIFY(known.connected);
}

void TstDevelopmentCertificates::expectedBeforeAnEngineRuns()
{
    const auto snapshot = compiled(gatewayOf(443) + service() + route());
    const model::Programming expected = routing::expectedProgramming(*snapshot->graph, snapshot->plan);
    QVERIFY(expected.listeners[0].programmed && expected.listeners[0].developmentCertificate);
    QVERIFY(expected.listeners[1].programmed && expected.listeners[1].developmentCertificate);
    const auto plain = compiled(gatewayOf(443) + service() + route(), false);
    QVERIFY(!routing::expectedProgramming(*plain->graph, plain->plan).listeners[0].programmed);
}

QTEST_APPLESS_MAIN(TstDevelopmentCertificates)
#include "tst_development_certificates.moc"
