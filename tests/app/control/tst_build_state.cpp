#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/session.h"
#include "model/graph/status.h"
#endif

#include <QtTest>

using namespace gatehouse;

namespace {

constexpr const char* good = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: b, namespace: t}
spec:
  gatewayClassName: c
  listeners: [{name: http, protocol: HTTP, port: 80}]
)";

std::string withEarlierGateway()
{
    std::string text = good;
    text.replace(text.find("name: b"), 7, "name: a");
    return std::string(good) + "---" + text;
}

control::Config config()
{
    control::Config config;
    config.host = routing::HostFacts{true, 1024};
    return config;
}

std::shared_ptr<control::State> derive(const std::string& text, const control::State* previous = nullptr)
{
    importers::ManifestImporter importer;
    return control::deriveState(importer.importTexts({{"test.yaml", text}}), config(), previous);
}

} // namespace

class TstBuildState : public QObject {
    Q_OBJECT

private slots:
    void goesFromTextToTables();
    void addressesStayWhereTheyWere();
    void versionsGrow();
    void topologyIsMadeOnlyWhenAskedFor();
    void diagnosticsAreSorted();
    void developmentCertificatesAreShown();
};

void TstBuildState::goesFromTextToTables()
{
    const auto state = derive(good);
    QVERIFY(!hasErrors(state->diagnostics));
    QCOMPARE(state->live, false);
    QCOMPARE(state->snapshot->ports.size(), std::size_t{1});
    QCOMPARE(state->snapshot->ports[0].key.address, std::string("127.0.0.1"));
    QCOMPARE(state->snapshot->ports[0].key.port, 8080);
    QCOMPARE(state->programming.listeners[0].programmed, true);
    QCOMPARE(state->programming.listeners[0].localPort, 8080);
}

void TstBuildState::addressesStayWhereTheyWere()
{
    const auto first = derive(good);
    const auto fresh = derive(withEarlierGateway());
    QCOMPARE(fresh->programming.gateways[1].addresses, std::vector<std::string>{"127.0.0.2"});
    // The Gateway that was there keeps its address although another now comes before it.
    const auto second = derive(withEarlierGateway(), first.get());
    QCOMPARE(second->graph->gateways[1].resource->name(), std::string("b"));
    QCOMPARE(second->programming.gateways[1].addresses, std::vector<std::string>{"127.0.0.1"});
    QCOMPARE(second->programming.gateways[0].addresses, std::vector<std::string>{"127.0.0.2"});
}

void TstBuildState::versionsGrow()
{
    const auto first = derive(good);
    const auto second = derive(good, first.get());
    QCOMPARE(first->snapshot->version, std::uint64_t{1});
    QCOMPARE(second->snapshot->version, std::uint64_t{2});
}

void TstBuildState::topologyIsMadeOnlyWhenAskedFor()
{
    importers::ManifestImporter importer;
    control::Config without = config();
    without.projectTopology = false;
    QVERIFY(!control::deriveState(importer.importTexts({{"test.yaml", good}}), without)->topology);
    QVERIFY(derive(good)->topology != nullptr);
}

void TstBuildState::diagnosticsAreSorted()
{
    std::vector<model::Diagnostic> diagnostics(4);
    const auto a = std::make_shared<const std::string>("a.yaml"), b = std::make_shared<const std::string>("b.yaml");
    diagnostics[0].location = {b, {1, 1}};
    diagnostics[1].location = {a, {2, 9}};
    diagnostics[2].location = {a, {2, 3}};
    diagnostics[3].code = "GH2000"; // without a place: before all files
    control::sortDiagnostics(diagnostics);
    QCOMPARE(diagnostics[0].code, std::string("GH2000"));
    QCOMPARE(toString(diagnostics[1].location), std::string("a.yaml:2:3"));
    QCOMPARE(toString(diagnostics[2].location), std::string("a.yaml:2:9"));
    QCOMPARE(toString(diagnostics[3].location), std::string("b.yaml:1:1"));
}

void TstBuildState::developmentCertificatesAreShown()
{
    std::string text = good;
    text.replace(text.find("protocol: HTTP, port: 80"), 24,
                 "protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: s}]}");
    importers::ManifestImporter importer;
    for (const bool wanted : {false, true}) {
        control::Config with = config();
        with.developmentCertificates = wanted;
        const auto state = control::deriveState(importer.importTexts({{"test.yaml", text}}), with);
        const auto conditions = model::listenerConditions(*state->graph, state->programming, {0});
        const auto* programmed = model::findCondition(conditions, "Programmed");
        const auto* resolved = model::findCondition(conditions, "ResolvedRefs");
        QCOMPARE(resolved->reason, std::string("InvalidCertificateRef"));
        QCOMPARE(programmed->status == model::ConditionStatus::True, wanted);
        QCOMPARE(programmed->message.find("development certificate") != std::string::npos, wanted);
        QCOMPARE(std::count_if(state->diagnostics.begin(), state->diagnostics.end(),
                               [](const auto& each) { return each.code == "GH2024"; }),
                 wanted ? 1 : 0);
    }
}

QTEST_APPLESS_MAIN(TstBuildState)
#include "tst_build_state.moc"
