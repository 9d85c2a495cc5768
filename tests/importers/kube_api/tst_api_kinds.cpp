#include <QTest>

#include "importers/kube_api/api_kinds.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

using namespace gatehouse;
using importers::ApiKind;
using importers::apiKinds;
using importers::findApiKind;
using importers::findApiKindOf;

namespace {

std::string joined(const std::vector<std::string_view>& words)
{
    std::string text;
    for (const std::string_view word : words)
        text += (text.empty() ? "" : " ") + std::string(word);
    return text;
}

} // namespace

class TstApiKinds : public QObject {
    Q_OBJECT

private slots:
    void everyKindOfTheSchemaIsServed()
    {
        for (const model::KindSchema& schema : model::kindSchemas()) {
            const ApiKind* kind = findApiKindOf(schema.group, schema.kind);
            QVERIFY2(kind, std::string(schema.kind).c_str());
            QCOMPARE(kind->schema, &schema);
            QCOMPARE(kind->plural, schema.plural);
            QCOMPARE(kind->namespaced, schema.namespaced);
            QCOMPARE(kind->hasStatus, schema.hasStatus);
            QCOMPARE(kind->versions.front(), schema.versions.front());
            QCOMPARE(joined(kind->shortNames), joined(schema.shortNames));
        }
    }

    void aServedVersionIsOneThatTheImporterReads()
    {
        for (const ApiKind& kind : apiKinds())
            for (const std::string_view version : kind.versions)
                QVERIFY2(!kind.schema || joined(kind.schema->versions).find(version) != std::string::npos ||
                             joined(kind.schema->deprecated).find(version) != std::string::npos,
                         std::string(kind.kind).c_str());
    }

    void rowsAreSortedAndTold()
    {
        std::set<std::pair<std::string_view, std::string_view>> plurals;
        for (const ApiKind& kind : apiKinds()) {
            QVERIFY(plurals.insert({kind.group, kind.plural}).second);
            QVERIFY(!kind.singular.empty());
            QVERIFY(!kind.versions.empty());
        }
        QVERIFY(std::is_sorted(apiKinds().begin(), apiKinds().end(), [](const ApiKind& a, const ApiKind& b) {
            return std::pair(a.group, a.plural) < std::pair(b.group, b.plural);
        }));
    }

    void facts_data()
    {
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("versions");
        QTest::addColumn<QString>("flags");

        const QString gateway = "gateway.networking.k8s.io";
        QTest::newRow("a Gateway is served as v1 and v1beta1") << gateway << "Gateway"
                                                               << "v1 v1beta1"
                                                               << "ns st cr";
        QTest::newRow("a GatewayClass belongs to no namespace") << gateway << "GatewayClass"
                                                                << "v1 v1beta1"
                                                                << "st cr";
        QTest::newRow("a ReferenceGrant has no status") << gateway << "ReferenceGrant"
                                                        << "v1 v1beta1"
                                                        << "ns cr";
        QTest::newRow("a GRPCRoute is v1 alone") << gateway << "GRPCRoute"
                                                 << "v1"
                                                 << "ns st cr";
        QTest::newRow("a TLSRoute has its alpha versions") << gateway << "TLSRoute"
                                                           << "v1 v1alpha3 v1alpha2"
                                                           << "ns st cr";
        QTest::newRow("a BackendTLSPolicy has v1alpha3") << gateway << "BackendTLSPolicy"
                                                         << "v1 v1alpha3"
                                                         << "ns st cr";
        QTest::newRow("a Pod has logs") << ""
                                        << "Pod"
                                        << "v1"
                                        << "ns st +log";
        QTest::newRow("a Deployment scales") << "apps"
                                             << "Deployment"
                                             << "v1"
                                             << "ns st +scale";
        QTest::newRow("a ReplicaSet is made by Gatehouse") << "apps"
                                                           << "ReplicaSet"
                                                           << "v1"
                                                           << "ns st ro";
        QTest::newRow("a Node is made by Gatehouse") << ""
                                                     << "Node"
                                                     << "v1"
                                                     << "st ro";
        QTest::newRow("a CRD is made by Gatehouse") << "apiextensions.k8s.io"
                                                    << "CustomResourceDefinition"
                                                    << "v1"
                                                    << "st ro";
        QTest::newRow("a ServiceAccount may be written") << ""
                                                         << "ServiceAccount"
                                                         << "v1"
                                                         << "ns";
        QTest::newRow("a Lease may be written") << "coordination.k8s.io"
                                                << "Lease"
                                                << "v1"
                                                << "ns";
        QTest::newRow("an Event may be written") << ""
                                                 << "Event"
                                                 << "v1"
                                                 << "ns";
        QTest::newRow("an Event has a group of its own too") << "events.k8s.io"
                                                             << "Event"
                                                             << "v1"
                                                             << "ns";
    }
    void facts()
    {
        QFETCH(QString, group);
        QFETCH(QString, kind);
        QFETCH(QString, versions);
        QFETCH(QString, flags);
        const ApiKind* found = findApiKindOf(group.toStdString(), kind.toStdString());
        QVERIFY(found);
        QCOMPARE(QString::fromStdString(joined(found->versions)), versions);
        QStringList words;
        if (found->namespaced)
            words << "ns";
        if (found->hasStatus)
            words << "st";
        if (found->custom)
            words << "cr";
        if (found->readOnly)
            words << "ro";
        for (const std::string_view each : found->subresources)
            words << "+" + QString::fromUtf8(each.data(), static_cast<qsizetype>(each.size()));
        QCOMPARE(words.join(' '), flags);
    }

    void aResourceIsFoundByEachServedVersionOnly()
    {
        const ApiKind* route = findApiKind("gateway.networking.k8s.io", "v1", "httproutes");
        QVERIFY(route);
        QCOMPARE(findApiKind("gateway.networking.k8s.io", "v1beta1", "httproutes"), route);
        QVERIFY(!findApiKind("gateway.networking.k8s.io", "v1alpha2", "httproutes"));
        QVERIFY(!findApiKind("", "v1", "httproutes"));
        QVERIFY(!findApiKind("", "v1", "HTTPRoute"));
        QVERIFY(!findApiKindOf("networking.k8s.io", "Ingress"));
    }
};

QTEST_APPLESS_MAIN(TstApiKinds)
#include "tst_api_kinds.moc"
