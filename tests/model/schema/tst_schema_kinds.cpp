#include "value_text.h"

#include <algorithm>
#include <set>

using namespace gatehouse::model;

class TstSchemaKinds : public QObject {
    Q_OBJECT

private slots:
    void sortedByGroupAndKind();
    void word_data();
    void word();
    void everyFieldIsDocumented();
    void everyDefaultFitsItsField();
};

namespace {

void eachField(const SchemaNode& node, std::set<const SchemaNode*>& seen, const auto& visit)
{
    if (!seen.insert(&node).second)
        return;
    for (const SchemaField& field : node.fields) {
        visit(field);
        eachField(*field.node, seen, visit);
    }
    if (node.items)
        eachField(*node.items, seen, visit);
}

void eachFieldOfAllKinds(const auto& visit)
{
    std::set<const SchemaNode*> seen;
    for (const KindSchema& kind : kindSchemas()) {
        eachField(*kind.root, seen, visit);
        if (kind.oldRoot)
            eachField(*kind.oldRoot, seen, visit);
    }
    eachField(*unknownKindSchema().root, seen, visit);
}

} // namespace

void TstSchemaKinds::sortedByGroupAndKind()
{
    const auto& kinds = kindSchemas();
    QCOMPARE(kinds.size(), std::size_t(18));
    QVERIFY(std::is_sorted(kinds.begin(), kinds.end(), [](const KindSchema& a, const KindSchema& b) {
        return std::tie(a.group, a.kind) < std::tie(b.group, b.kind);
    }));
    for (const KindSchema& kind : kinds) {
        QCOMPARE(findKindSchema(kind.group, kind.kind), &kind);
        QCOMPARE(kind.versions.front(), std::string_view("v1"));
    }
    QCOMPARE(findKindSchema("apps", "HTTPRoute"), nullptr);
}

void TstSchemaKinds::word_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("kind"); // "": unknown
    QTest::newRow("kind") << "HTTPRoute"
                          << "HTTPRoute";
    QTest::newRow("kind in lower case") << "httproute"
                                        << "HTTPRoute";
    QTest::newRow("plural") << "httproutes"
                            << "HTTPRoute";
    QTest::newRow("plural in any case") << "HTTPRoutes"
                                        << "HTTPRoute";
    QTest::newRow("short name") << "gtw"
                                << "Gateway";
    QTest::newRow("short name of a class") << "gc"
                                           << "GatewayClass";
    QTest::newRow("short name of a core kind") << "svc"
                                               << "Service";
    QTest::newRow("plural and group") << "gateways.gateway.networking.k8s.io"
                                      << "Gateway";
    QTest::newRow("plural, version and group") << "gateways.v1.gateway.networking.k8s.io"
                                               << "Gateway";
    QTest::newRow("plural of another group") << "gateways.example.com"
                                             << "";
    QTest::newRow("a version that never was") << "gateways.v9.gateway.networking.k8s.io"
                                              << "";
    QTest::newRow("unknown") << "ingresses"
                             << "";
    QTest::newRow("empty") << ""
                           << "";
}

void TstSchemaKinds::word()
{
    QFETCH(QString, word);
    QFETCH(QString, kind);
    const KindSchema* found = findKindByWord(word.toStdString());
    QCOMPARE(found ? QString::fromUtf8(found->kind.data(), static_cast<int>(found->kind.size())) : QString(), kind);
}

void TstSchemaKinds::everyFieldIsDocumented()
{
    eachFieldOfAllKinds([](const SchemaField& field) {
        QVERIFY2(field.doc.size() > 8 && field.doc.ends_with('.'), std::string(field.name).c_str());
    });
}

void TstSchemaKinds::everyDefaultFitsItsField()
{
    eachFieldOfAllKinds([](const SchemaField& field) {
        if (!field.defaultValue)
            return;
        KindSchema alone;
        alone.root = field.node;
        Value value = *field.defaultValue;
        std::vector<Diagnostic> problems;
        QVERIFY2(validate(alone, value, {}, problems), std::string(field.name).c_str());
        QVERIFY2(problems.empty(), std::string(field.name).c_str());
    });
}

QTEST_APPLESS_MAIN(TstSchemaKinds)
#include "tst_schema_kinds.moc"
