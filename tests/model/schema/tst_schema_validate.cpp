#include "value_text.h"

using namespace gatehouse::model;

class TstSchemaValidate : public QObject {
    Q_OBJECT

private slots:
    void problems_data();
    void problems();
    void remedies_data();
    void remedies();
    void defaults_data();
    void defaults();
    void allProblemsAtOnce();
    void positions();
    void secretsAreNotQuoted();
};

namespace {

std::vector<Diagnostic> check(const KindSchema& kind, Value& object)
{
    std::vector<Diagnostic> problems;
    CheckContext context;
    context.object.kind = kind.kind;
    validate(kind, object, context, problems);
    return problems;
}

} // namespace

void TstSchemaValidate::problems_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QStringList>("expected");
    const QString gateway = "{gatewayClassName: 'c', listeners: [%1]}";
    const QString route = "{rules: [%1]}";
    QTest::newRow("a valid Gateway") << "Gateway" << gateway.arg("{name: 'a', port: 80, protocol: 'HTTP'}")
                                     << QStringList{};
    QTest::newRow("required fields") << "Gateway" << gateway.arg("{name: 'a'}")
                                     << QStringList{"error GH1102 spec.listeners[0].port",
                                                    "error GH1102 spec.listeners[0].protocol"};
    QTest::newRow("a null is no value")
        << "Gateway"
        << "{gatewayClassName: null, listeners: [{name: 'a', port: 80, protocol: 'HTTP'}]}"
        << QStringList{"error GH1102 spec.gatewayClassName"};
    QTest::newRow("a null of an optional field is left out")
        << "Gateway" << gateway.arg("{name: 'a', port: 80, protocol: 'HTTP', hostname: null, tls: null}")
        << QStringList{};
    QTest::newRow("a null item is an error") << "HTTPRoute"
                                             << "{hostnames: [null]}" << QStringList{"error GH1101 spec.hostnames[0]"};
    QTest::newRow("an integer where text belongs") << "Gateway" << gateway.arg("{name: 1, port: 80, protocol: 'HTTP'}")
                                                   << QStringList{"error GH1101 spec.listeners[0].name"};
    QTest::newRow("text where an integer belongs")
        << "Gateway" << gateway.arg("{name: 'a', port: '80', protocol: 'HTTP'}")
        << QStringList{"error GH1101 spec.listeners[0].port"};
    QTest::newRow("a fraction where an integer belongs")
        << "Gateway" << gateway.arg("{name: 'a', port: 80.5, protocol: 'HTTP'}")
        << QStringList{"error GH1101 spec.listeners[0].port"};
    QTest::newRow("an object where a list belongs") << "HTTPRoute"
                                                    << "{rules: {}}" << QStringList{"error GH1101 spec.rules"};
    QTest::newRow("a list where an object belongs")
        << "HTTPRoute" << route.arg("{timeouts: []}") << QStringList{"error GH1101 spec.rules[0].timeouts"};
    QTest::newRow("a port out of range") << "Gateway" << gateway.arg("{name: 'a', port: 65536, protocol: 'HTTP'}")
                                         << QStringList{"error GH1106 spec.listeners[0].port"};
    QTest::newRow("a weight below zero") << "HTTPRoute"
                                         << route.arg("{backendRefs: [{name: 'a', port: 1, weight: -1}]}")
                                         << QStringList{"error GH1106 spec.rules[0].backendRefs[0].weight"};
    QTest::newRow("attempts have no upper limit")
        << "HTTPRoute" << route.arg("{retry: {attempts: 100000}}") << QStringList{"info GH1112 spec.rules[0].retry"};
    QTest::newRow("attempts have a lower limit")
        << "HTTPRoute" << route.arg("{retry: {attempts: 0}}")
        << QStringList{"info GH1112 spec.rules[0].retry", "error GH1106 spec.rules[0].retry.attempts"};
    QTest::newRow("a value that is not listed")
        << "HTTPRoute" << route.arg("{matches: [{path: {type: 'Prefix', value: '/'}}]}")
        << QStringList{"error GH1104 spec.rules[0].matches[0].path.type"};
    QTest::newRow("a number that is not listed")
        << "HTTPRoute" << route.arg("{filters: [{type: 'RequestRedirect', requestRedirect: {statusCode: 304}}]}")
        << QStringList{"error GH1104 spec.rules[0].filters[0].requestRedirect.statusCode"};
    QTest::newRow("a bad hostname") << "HTTPRoute"
                                    << "{hostnames: ['a.example.com', 'Example.com']}"
                                    << QStringList{"error GH1105 spec.hostnames[1]"};
    QTest::newRow("text that is too short")
        << "HTTPRoute" << route.arg("{name: ''}") << QStringList{"error GH1107 spec.rules[0].name"};
    QTest::newRow("text that is too long") << "GatewayClass"
                                           << "{controllerName: 'a.b/c', description: '" + QString(65, 'x') + "'}"
                                           << QStringList{"error GH1107 spec.description"};
    QTest::newRow("length counts code points, not bytes")
        << "GatewayClass"
        << "{controllerName: 'a.b/c', description: '" + QString(64, QChar(0xe4)) + "'}" << QStringList{};
    QTest::newRow("an empty list") << "Gateway" << gateway.arg("") << QStringList{"error GH1108 spec.listeners"};
    QTest::newRow("too many items")
        << "TCPRoute"
        << "{rules: [{backendRefs: [{name: 'a', port: 1}]}, {backendRefs: [{name: 'a', port: 1}]}]}"
        << QStringList{"error GH1108 spec.rules"};
    QTest::newRow("the same key twice")
        << "Gateway" << gateway.arg("{name: 'a', port: 80, protocol: 'HTTP'}, {name: 'a', port: 81, protocol: 'HTTP'}")
        << QStringList{"error GH1109 spec.listeners[1]"};
    QTest::newRow("the same item twice in a set")
        << "HTTPRoute" << route.arg("{retry: {codes: [500, 503, 500]}}")
        << QStringList{"info GH1112 spec.rules[0].retry", "error GH1110 spec.rules[0].retry.codes[2]"};
    QTest::newRow("an unknown field") << "HTTPRoute"
                                      << "{hostname: 'a'}" << QStringList{"warning GH1103 spec.hostname"};
    QTest::newRow("a bad label key") << "Gateway"
                                     << "{gatewayClassName: 'c', listeners: [{name: 'a', port: 1, protocol: 'TCP'}], "
                                        "infrastructure: {labels: {'a b': 'c'}}}"
                                     << QStringList{"error GH1105 spec.infrastructure.labels[a b]"};
    QTest::newRow("unknown fields of core kinds are not spoken of")
        << "Service"
        << "{sessionAffinity: 'None', ports: [{port: 80, nodePort: 30080}]}" << QStringList{};
    QTest::newRow("a targetPort by name") << "Service"
                                          << "{ports: [{port: 80, targetPort: 'http'}]}" << QStringList{};
    QTest::newRow("a targetPort by quoted number")
        << "Service"
        << "{ports: [{port: 80, targetPort: '8080'}]}" << QStringList{"error GH1105 spec.ports[0].targetPort"};
    QTest::newRow("a targetPort out of range")
        << "Service"
        << "{ports: [{port: 80, targetPort: 0}]}" << QStringList{"error GH1106 spec.ports[0].targetPort"};
    QTest::newRow("TLSRoutes need hostnames")
        << "TLSRoute"
        << "{rules: [{backendRefs: [{name: 'a', port: 1}]}]}" << QStringList{"error GH1102 spec.hostnames"};
}

void TstSchemaValidate::problems()
{
    QFETCH(QString, kind);
    QFETCH(QString, spec);
    QFETCH(QStringList, expected);
    Value object = objectWith(spec);
    const std::vector<Diagnostic> problems = check(kindOf(kind), object);
    QCOMPARE(summary(problems), expected);
    std::vector<Diagnostic> again;
    QCOMPARE(validate(kindOf(kind), object, {}, again), !hasErrors(problems));
}

void TstSchemaValidate::remedies_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("contains");
    QTest::newRow("the nearest field") << "{hostname: ['a']}"
                                       << "did you mean hostnames?";
    QTest::newRow("letters swapped") << "{rulse: []}"
                                     << "did you mean rules?";
    QTest::newRow("other case") << "{parentrefs: []}"
                                << "did you mean parentRefs?";
    QTest::newRow("nothing near") << "{foo: 1}"
                                  << "known here: parentRefs, hostnames, rules, useDefaultGateways";
    QTest::newRow("a number to quote") << "{hostnames: [123]}"
                                       << "expected a string; quote it: \"123\"";
    QTest::newRow("a boolean that was text") << "{rules: [{matches: [{headers: [{name: 'x', value: true}]}]}]}"
                                             << "bare on, off, yes, no, y, n, true and false are booleans in YAML";
    QTest::newRow("a number that was quoted") << "{parentRefs: [{name: 'a', port: '80'}]}"
                                              << "write it without quotes: 80";
    QTest::newRow("one item instead of a list") << "{hostnames: 'a.b'}"
                                                << "begin it with \"- \"";
    QTest::newRow("a list instead of one") << "{rules: [{timeouts: []}]}"
                                           << "there is only one";
    QTest::newRow("lower case") << "{hostnames: ['A.B']}"
                                << "write it in lower case: a.b";
    QTest::newRow("a listed value that is near") << "{rules: [{matches: [{path: {type: 'Exakt'}}]}]}"
                                                 << "did you mean Exact?";
    QTest::newRow("listed values") << "{rules: [{matches: [{path: {type: 'x'}}]}]}"
                                   << "expected one of Exact, PathPrefix, RegularExpression";
    QTest::newRow("a group with version") << "{parentRefs: [{name: 'a', group: 'gateway.networking.k8s.io/v1'}]}"
                                          << "leave out the version: gateway.networking.k8s.io";
    QTest::newRow("a range") << "{parentRefs: [{name: 'a', port: 0}]}"
                             << "0 is out of range; expected 1 to 65535";
    QTest::newRow("a required field") << "{parentRefs: [{}]}"
                                      << "add name (the parent's name)";
}

void TstSchemaValidate::remedies()
{
    QFETCH(QString, spec);
    QFETCH(QString, contains);
    Value object = objectWith(spec);
    const std::vector<Diagnostic> problems = check(kindOf("HTTPRoute"), object);
    QCOMPARE(problems.size(), std::size_t(1));
    const QString line = QString::fromStdString(toString(problems[0]));
    QVERIFY2(line.contains(contains), qPrintable(line));
}

void TstSchemaValidate::defaults_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("expected");
    const QString anyPath = "[{path: {type: 'PathPrefix', value: '/'}}]";
    QTest::newRow("an empty HTTPRoute serves every path") << "HTTPRoute"
                                                          << "{}"
                                                          << "{rules: [{matches: " + anyPath + "}]}";
    QTest::newRow("a rule without matches") << "HTTPRoute"
                                            << "{rules: [{name: 'a'}]}"
                                            << "{rules: [{name: 'a', matches: " + anyPath + "}]}";
    QTest::newRow("empty matches stay empty") << "HTTPRoute"
                                              << "{rules: [{matches: []}]}"
                                              << "{rules: [{matches: []}]}";
    QTest::newRow("a match of the method alone")
        << "HTTPRoute"
        << "{rules: [{matches: [{method: 'GET'}]}]}"
        << "{rules: [{matches: [{method: 'GET', path: {type: 'PathPrefix', value: '/'}}]}]}";
    QTest::newRow("a path without type") << "HTTPRoute"
                                         << "{rules: [{matches: [{path: {value: '/a'}}]}]}"
                                         << "{rules: [{matches: [{path: {value: '/a', type: 'PathPrefix'}}]}]}";
    QTest::newRow("references")
        << "GRPCRoute"
        << "{parentRefs: [{name: 'g'}], rules: [{backendRefs: [{name: 's', port: 1}]}]}"
        << "{parentRefs: [{name: 'g', group: 'gateway.networking.k8s.io', kind: 'Gateway'}], rules: "
           "[{backendRefs: [{name: 's', port: 1, group: '', kind: 'Service', weight: 1}]}]}";
    QTest::newRow("a GRPCRoute has no default rules") << "GRPCRoute"
                                                      << "{}"
                                                      << "{}";
    QTest::newRow("a listener")
        << "Gateway"
        << "{gatewayClassName: 'c', listeners: [{name: 'a', port: 443, protocol: 'HTTPS', tls: "
           "{certificateRefs: [{name: 's'}]}}], addresses: [{value: '127.0.0.1'}]}"
        << "{gatewayClassName: 'c', listeners: [{name: 'a', port: 443, protocol: 'HTTPS', tls: "
           "{certificateRefs: [{name: 's', group: '', kind: 'Secret'}], mode: 'Terminate'}, "
           "allowedRoutes: {namespaces: {from: 'Same'}}}], addresses: [{value: '127.0.0.1', type: "
           "'IPAddress'}]}";
    QTest::newRow("an explicit null gets the default") << "HTTPRoute"
                                                       << "{rules: null}"
                                                       << "{rules: [{matches: " + anyPath + "}]}";
    QTest::newRow("a redirect") << "HTTPRoute"
                                << "{rules: [{matches: [], filters: [{type: 'RequestRedirect', requestRedirect: {}}]}]}"
                                << "{rules: [{matches: [], filters: [{type: 'RequestRedirect', requestRedirect: "
                                   "{statusCode: 302}}]}]}";
    QTest::newRow("unknown fields are left out") << "HTTPRoute"
                                                 << "{rules: [], foo: {bar: 1}}"
                                                 << "{rules: []}";
}

void TstSchemaValidate::defaults()
{
    QFETCH(QString, kind);
    QFETCH(QString, spec);
    QFETCH(QString, expected);
    Value object = objectWith(spec);
    check(kindOf(kind), object);
    QVERIFY(*object.find("spec") == valueOf(expected));
}

void TstSchemaValidate::allProblemsAtOnce()
{
    Value object = valueOf("{apiVersion: 'v1', kind: 'HTTPRoute', metadata: {name: 'Bad Name', labels: {a: 1}}, spec: {"
                           "parentRefs: [{nam: 'a'}], hostnames: ['*'], rules: [{matches: [{method: 'get'}], "
                           "backendRefs: [{name: 'a', weight: 'x'}]}]}}");
    QCOMPARE(summary(check(kindOf("HTTPRoute"), object)),
             (QStringList{"error GH1105 metadata.name", "error GH1101 metadata.labels[a]",
                          "warning GH1103 spec.parentRefs[0].nam", "error GH1102 spec.parentRefs[0].name",
                          "error GH1105 spec.hostnames[0]", "error GH1104 spec.rules[0].matches[0].method",
                          "error GH1101 spec.rules[0].backendRefs[0].weight"}));
}

void TstSchemaValidate::positions()
{
    Value object =
        valueOf("{apiVersion: 'v1', kind: 'HTTPRoute',\n metadata: {},\n spec: {\n  hostname: 'a',\n  rules: [{\n"
                "   backendRefs: [{port: 0}]}]}}");
    const std::vector<Diagnostic> problems = check(kindOf("HTTPRoute"), object);
    QCOMPARE(summary(problems), (QStringList{"error GH1102 metadata.name", "warning GH1103 spec.hostname",
                                             "error GH1102 spec.rules[0].backendRefs[0].name",
                                             "error GH1106 spec.rules[0].backendRefs[0].port"}));
    const auto at = [&](std::size_t i) { return problems[i].location.position; };
    QVERIFY(at(0) == (Position{2, 12})); // the object that lacks it
    QVERIFY(at(1) == (Position{4, 3}));  // the name
    QVERIFY(at(2) == (Position{6, 18}));
    QVERIFY(at(3) == (Position{6, 25})); // the value
    // Defaults stand where the object that lacked them does, so that what is said of them has a line.
    const Value& rule = object.find("spec")->find("rules")->asArray()->front();
    QVERIFY(rule.find("matches")->asArray()->front().position() == rule.position());
}

void TstSchemaValidate::secretsAreNotQuoted()
{
    Value object = valueOf("{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'a'}, data: {a: 'hush!', b: 12345}, "
                           "stringData: {c: 67890, d: true}}");
    const std::vector<Diagnostic> problems = check(kindOf("Secret"), object);
    QCOMPARE(summary(problems), (QStringList{"error GH1105 data[a]", "error GH1101 data[b]",
                                             "error GH1101 stringData[c]", "error GH1101 stringData[d]"}));
    for (const Diagnostic& problem : problems) {
        const QString line = QString::fromStdString(toString(problem));
        QVERIFY2(!line.contains("hush") && !line.contains("12345") && !line.contains("67890"), qPrintable(line));
    }
}

QTEST_APPLESS_MAIN(TstSchemaValidate)
#include "tst_schema_validate.moc"
