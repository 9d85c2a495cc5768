#include "rule_rows.h"

#include "model/schema/rules.h"

#include <set>

using namespace gatehouse::model;

class TstSchemaRules : public QObject {
    Q_OBJECT

private slots:
    void rule_data();
    void rule();
    void everyRuleHasRows();
    void heldBySchema_data();
    void heldBySchema();
    void rulesHaveDistinctNamesAndCodes();
    void problemsOfSeveralRulesAtOnce();
    void shapelessObjectsBreakNoRule();
};

namespace {

/// Problems of rules only; the schema's are not this test's, but an object must pass it.
QStringList faultsOf(const QString& kindName, Value object)
{
    const KindSchema& kind = kindOf(kindName);
    std::vector<Diagnostic> problems;
    if (!validate(kind, object, {}, problems))
        return {QString::fromStdString("schema: " + toString(problems.front()))};
    problems.clear();
    validateRules(kind, object, {}, problems);
    QStringList lines;
    for (const Diagnostic& problem : problems) {
        lines += QString::fromStdString(problem.code + ' ' + problem.fieldPath);
        if (!problem.location.position.known() || problem.message.empty())
            lines.last() += " without place or message";
    }
    return lines;
}

} // namespace

void TstSchemaRules::rule_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("broken");
    QTest::addColumn<QStringList>("faults");
    QTest::addColumn<QString>("good");
    for (const test::RuleRow& row : test::ruleRows())
        QTest::addRow("%s: %s of a %s", row.rule.c_str(), row.claim.c_str(), row.kind.c_str())
            << QString::fromStdString(row.kind) << QString::fromStdString(row.broken) << row.faults
            << QString::fromStdString(row.good);
}

void TstSchemaRules::rule()
{
    QFETCH(QString, kind);
    QFETCH(QString, broken);
    QFETCH(QStringList, faults);
    QFETCH(QString, good);
    QCOMPARE(faultsOf(kind, objectWith(broken)), faults);
    QCOMPARE(faultsOf(kind, objectWith(good)), QStringList{});
}

void TstSchemaRules::everyRuleHasRows()
{
    std::set<std::string, std::less<>> tested;
    for (const test::RuleRow& row : test::ruleRows())
        tested.insert(row.rule);
    for (const rules::Rule& rule : rules::allRules())
        QVERIFY2(tested.contains(rule.name), std::string(rule.name).c_str());
}

/// Rules of the CRDs that need none of ours.
void TstSchemaRules::heldBySchema_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("broken");
    QTest::addColumn<QStringList>("faults");
    QTest::addColumn<QString>("good");
    for (const test::RuleRow& row : test::schemaRows())
        QTest::addRow("%s: %s", row.rule.c_str(), row.claim.c_str())
            << QString::fromStdString(row.kind) << QString::fromStdString(row.broken) << row.faults
            << QString::fromStdString(row.good);
}

void TstSchemaRules::heldBySchema()
{
    QFETCH(QString, kind);
    QFETCH(QString, broken);
    QFETCH(QStringList, faults);
    QFETCH(QString, good);
    const auto errors = [&](const QString& spec) {
        Value object = objectWith(spec);
        std::vector<Diagnostic> problems;
        validate(kindOf(kind), object, {}, problems);
        QStringList lines;
        for (const Diagnostic& problem : problems)
            if (problem.severity == Severity::Error)
                lines += QString::fromStdString(problem.code + ' ' + problem.fieldPath);
        return lines;
    };
    QCOMPARE(errors(broken), faults);
    QCOMPARE(errors(good), QStringList{});
}

void TstSchemaRules::rulesHaveDistinctNamesAndCodes()
{
    std::set<std::string> names, codes;
    for (const rules::Rule& rule : rules::allRules()) {
        QVERIFY2(names.emplace(rule.name).second, std::string(rule.name).c_str());
        QVERIFY2(codes.emplace(rule.code).second, rule.code);
        for (const std::string_view kind : rule.kinds)
            QVERIFY(findKindSchema("gateway.networking.k8s.io", kind));
    }
}

void TstSchemaRules::problemsOfSeveralRulesAtOnce()
{
    QCOMPARE(
        faultsOf("HTTPRoute", objectWith("{parentRefs: [{name: 'g'}, {name: 'g'}], rules: [{matches: [{path: {value: "
                                         "'a#'}}], backendRefs: [{name: 'a'}]}]}")),
        (QStringList{"GH1211 spec.parentRefs[1]", "GH1220 spec.rules[0].matches[0].path.value",
                     "GH1220 spec.rules[0].matches[0].path.value", "GH1240 spec.rules[0].backendRefs[0].port"}));
}

/// The pipeline runs the rules on objects that failed their schema too, so that one run shows everything.
void TstSchemaRules::shapelessObjectsBreakNoRule()
{
    for (const KindSchema& kind : kindSchemas()) {
        for (const char* spec :
             {"[]", "'x'", "{rules: 1, listeners: {}, parentRefs: [1, null], targetRefs: 'a'}",
              "{rules: [1, [], {matches: [1], filters: {}, backendRefs: [null, 'a', {filters: [3]}]}]}",
              "{listeners: [null, 1, {tls: 1, allowedRoutes: []}], addresses: [{}], validation: []}"}) {
            const Value object = objectWith(spec);
            std::vector<Diagnostic> problems;
            validateRules(kind, object, {}, problems);
            QCOMPARE(summary(problems), QStringList{});
        }
    }
}

QTEST_APPLESS_MAIN(TstSchemaRules)
#include "tst_schema_rules.moc"
