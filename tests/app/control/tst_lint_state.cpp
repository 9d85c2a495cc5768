#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/lint/lint_state.h"
#include "engine/tls/certificate_inspection.h"
#include "engine/tls/local_ca.h"
#endif

#include <QtTest>

using namespace gatehouse;
using namespace std::chrono_literals;

namespace {

const auto now = std::chrono::system_clock::time_point(std::chrono::seconds(1'800'000'000));
constexpr auto day = std::chrono::hours(24);

struct Issued {
    std::string certificate, key;
};

/// A certificate for names, 397 days from `begin` on.
Issued issue(const std::vector<std::string>& names, std::chrono::system_clock::time_point begin)
{
    static const engine::TlsIdentity ca = engine::makeLocalCa("test CA", now - 2 * 365 * day).value();
    const engine::TlsIdentity made = engine::issueCertificate(ca, names, begin).value();
    return {made.certificatePem, made.keyPem};
}

std::string block(const std::string& text)
{
    std::string out = "|\n    ";
    for (const char c : text)
        out += c == '\n' ? std::string("\n    ") : std::string(1, c);
    return out;
}

std::string secret(const Issued& issued)
{
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: cert, namespace: shop}\ntype: kubernetes.io/tls\n"
           "stringData:\n  tls.crt: " +
           block(issued.certificate) + "\n  tls.key: " + block(issued.key) + "\n---\n";
}

/// A Gateway with an HTTPS listener, and a route of these hosts on it.
std::string gateway(const std::string& listenerHost, const std::string& routeHosts, const std::string& annotation = {})
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, namespace: shop" +
           (annotation.empty() ? "" : ", annotations: {gatehouse.dev/lint-ignore: \"" + annotation + "\"}") +
           "}\nspec:\n  gatewayClassName: c\n  listeners:\n  - {name: https, protocol: HTTPS, port: 443" +
           (listenerHost.empty() ? "" : ", hostname: \"" + listenerHost + '"') +
           ", tls: {certificateRefs: [{name: cert}]}}\n---\n"
           "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: shop}\nspec:\n"
           "  parentRefs: [{name: gw}]\n  hostnames: [" +
           routeHosts +
           "]\n  rules: [{backendRefs: [{name: web, port: 80}]}]\n---\n"
           "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n---\n"
           "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec:\n"
           "  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n"
           "    spec: {containers: [{name: api, image: api}]}\n";
}

std::shared_ptr<control::State> stateOf(const std::string& manifests)
{
    importers::ManifestImporter importer;
    control::Config config;
    config.host = routing::HostFacts{true, 0};
    return control::deriveState(importer.importTexts({{"in.yaml", manifests}}), config);
}

control::LintReport report(const std::string& manifests, const control::LintLevels& levels = {})
{
    control::LintOptions options;
    options.levels = levels;
    options.now = now;
    return lintState(*stateOf(manifests), options);
}

/// The lines of a range of codes.
QStringList lines(const control::LintReport& report, const QString& codes)
{
    QStringList all;
    for (const model::Diagnostic& problem : report.problems) {
        const QString code = QString::fromStdString(problem.code);
        if (QRegularExpression('^' + codes + '$').match(code).hasMatch())
            all += code + ' ' + QString::fromStdString(toString(*problem.object) + ' ' + problem.fieldPath);
    }
    return all;
}

} // namespace

class TstLintState : public QObject {
    Q_OBJECT

private slots:
    void certificateTimes_data()
    {
        QTest::addColumn<int>("beganDaysAgo");
        QTest::addColumn<QString>("code");
        QTest::newRow("fresh") << 1 << "";
        QTest::newRow("a week to go") << 390 << "GH2204";
        QTest::newRow("three weeks to go") << 376 << "";
        QTest::newRow("ended") << 400 << "GH2202";
        QTest::newRow("not yet") << -5 << "GH2203";
    }

    void certificateTimes()
    {
        QFETCH(int, beganDaysAgo);
        QFETCH(QString, code);
        const auto result = report(secret(issue({"a.test"}, now - beganDaysAgo * day)) + gateway("a.test", "a.test"));
        QCOMPARE(lines(result, "GH22\\d\\d"),
                 code.isEmpty() ? QStringList{} : QStringList{code + " Secret shop/cert data[\"tls.crt\"]"});
    }

    void aKeyOfAnotherCertificate()
    {
        Issued mixed = issue({"a.test"}, now - day);
        mixed.key = issue({"a.test"}, now - day).key;
        QCOMPARE(lines(report(secret(mixed) + gateway("a.test", "a.test")), "GH22\\d\\d"),
                 QStringList{"GH2205 Secret shop/cert data[\"tls.key\"]"});
    }

    void whatOnlyLooksLikeACertificate()
    {
        const Issued empty{"-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n",
                           "-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n"};
        QCOMPARE(lines(report(secret(empty) + gateway("a.test", "a.test")), "GH22\\d\\d"),
                 QStringList{"GH2201 Secret shop/cert data[\"tls.crt\"]"});
    }

    void hostnames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("listener");
        QTest::addColumn<QString>("route");
        QTest::addColumn<bool>("told");
        QTest::newRow("the same host") << "a.test"
                                       << "a.test"
                                       << "a.test" << false;
        QTest::newRow("another host") << "b.test"
                                      << "a.test"
                                      << "a.test" << true;
        QTest::newRow("a wildcard covers one label") << "*.test"
                                                     << ""
                                                     << "a.test" << false;
        QTest::newRow("and not two") << "*.test"
                                     << ""
                                     << "b.a.test" << true;
        QTest::newRow("nor none") << "*.a.test"
                                  << ""
                                  << "a.test" << true;
        QTest::newRow("the same wildcard") << "*.a.test"
                                           << "*.a.test"
                                           << "" << false;
        QTest::newRow("a wildcard of the listener, hosts of the route") << "b.a.test"
                                                                        << "*.a.test"
                                                                        << "b.a.test" << false;
        QTest::newRow("a wildcard that one host does not fill") << "b.a.test"
                                                                << "*.a.test"
                                                                << "" << true;
        QTest::newRow("every host: nobody can say") << "a.test"
                                                    << ""
                                                    << "" << false;
    }

    void hostnames()
    {
        QFETCH(QString, name);
        QFETCH(QString, listener);
        QFETCH(QString, route);
        QFETCH(bool, told);
        const auto result = report(secret(issue({name.toStdString()}, now - day)) +
                                   gateway(listener.toStdString(), '"' + route.toStdString() + '"'));
        const auto quoteless = report(secret(issue({name.toStdString()}, now - day)) +
                                      gateway(listener.toStdString(), route.toStdString()));
        QCOMPARE(lines(route.isEmpty() ? quoteless : result, "GH22\\d\\d"),
                 told ? QStringList{"GH2206 Gateway shop/gw spec.listeners[0].tls.certificateRefs"} : QStringList{});
    }

    void whatIsReadOfACertificate()
    {
        const Issued issued = issue({"a.test", "127.0.0.1"}, now - day);
        const auto inspection = engine::inspectCertificate(issued.certificate, issued.key);
        QVERIFY(inspection.has_value());
        QCOMPARE(inspection->dnsNames, std::vector<std::string>{"a.test"});
        QVERIFY(inspection->keyFits);
        QCOMPARE(inspection->chain.size(), std::size_t{1});
        QVERIFY(!engine::inspectCertificate("", issued.key).has_value());
        QVERIFY(!engine::inspectCertificate(issued.certificate, "").has_value());
    }

    void annotationsSuppressTheirObject()
    {
        const std::string certificate = secret(issue({"b.test"}, now - day));
        QCOMPARE(report(certificate + gateway("a.test", "a.test")).suppressed, std::size_t{0});
        const auto ignored = report(certificate + gateway("a.test", "a.test", "GH2206"));
        QCOMPARE(ignored.suppressed, std::size_t{1});
        QCOMPARE(lines(ignored, "GH22\\d\\d|GH219\\d"), QStringList{});
        // Another object's problems stay.
        const auto other = report(certificate + gateway("a.test", "a.test", "GH2111"));
        QCOMPARE(lines(other, "GH2206").size(), 1);
        QCOMPARE(lines(other, "GH2111").size(), 1);
    }

    void annotationsAreChecked()
    {
        const std::string certificate = secret(issue({"a.test"}, now - day));
        const auto wrong = report(certificate + gateway("a.test", "a.test", "GH2206, GH9999 GH1203"));
        QCOMPARE(lines(wrong, "GH219\\d"),
                 (QStringList{"GH2190 Gateway shop/gw metadata.annotations[gatehouse.dev/lint-ignore]",
                              "GH2191 Gateway shop/gw metadata.annotations[gatehouse.dev/lint-ignore]"}));
    }

    void levelsChangeAndSuppress()
    {
        const std::string manifests = secret(issue({"b.test"}, now - day)) + gateway("a.test", "a.test");
        const auto raised = report(manifests, {{"GH2206", control::LintLevel::Error}});
        QVERIFY(hasErrors(raised.problems));
        const auto off = report(manifests, {{"GH2206", control::LintLevel::Off}, {"GH2111", control::LintLevel::Off}});
        QCOMPARE(off.suppressed, std::size_t{2});
        QCOMPARE(lines(off, "GH2206|GH2111"), QStringList{});
    }

    void withoutAdviceOnlyTheInputIsTold()
    {
        control::LintOptions options;
        options.advice = false;
        options.now = now;
        const auto state = stateOf(gateway("a.test", "a.test"));
        QCOMPARE(lintState(*state, options).problems.size(), std::size_t{0});
        options.advice = true;
        QVERIFY(!lintState(*state, options).problems.empty());
    }

    void problemsAreInOrderOfPlace()
    {
        const auto result = report(secret(issue({"b.test"}, now - 400 * day)) + gateway("a.test", "a.test"));
        for (std::size_t i = 1; i < result.problems.size(); ++i)
            QVERIFY(result.problems[i - 1].location.position <= result.problems[i].location.position);
    }
};

QTEST_APPLESS_MAIN(TstLintState)
#include "tst_lint_state.moc"
