#include "builders.h"

#include "model/graph/reference_grants.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

class TstReferenceGrants : public QObject {
    Q_OBJECT

private slots:
    // HTTPRoute in "apps" refers to Service "web" in "shop"; each row has one grant.
    void oneGrant_data()
    {
        QTest::addColumn<QString>("grantNamespace");
        QTest::addColumn<QStringList>("from"); // group, kind, namespace
        QTest::addColumn<QStringList>("to");   // group, kind[, name]
        QTest::addColumn<bool>("granted");
        const QString g = QString::fromUtf8(gatewayGroup.data(), qsizetype(gatewayGroup.size()));
        const QStringList from = {g, "HTTPRoute", "apps"}, to = {"", "Service", "web"};
        QTest::newRow("exact grant allows") << "shop" << from << to << true;
        QTest::newRow("grant without a name allows every name") << "shop" << from << QStringList{"", "Service"} << true;
        QTest::newRow("grant in the namespace it comes from") << "apps" << from << to << false;
        QTest::newRow("wrong from group") << "shop" << QStringList{"other", "HTTPRoute", "apps"} << to << false;
        QTest::newRow("wrong from kind") << "shop" << QStringList{g, "GRPCRoute", "apps"} << to << false;
        QTest::newRow("wrong from namespace") << "shop" << QStringList{g, "HTTPRoute", "other"} << to << false;
        QTest::newRow("wrong to group") << "shop" << from << QStringList{"other", "Service", "web"} << false;
        QTest::newRow("wrong to kind") << "shop" << from << QStringList{"", "Secret", "web"} << false;
        QTest::newRow("wrong to name") << "shop" << from << QStringList{"", "Service", "web2"} << false;
    }

    void oneGrant()
    {
        QFETCH(QString, grantNamespace);
        QFETCH(QStringList, from);
        QFETCH(QStringList, to);
        QFETCH(bool, granted);
        World world;
        world.add(grant(grantNamespace.toStdString(),
                        {from[0].toStdString(), from[1].toStdString(), from[2].toStdString()},
                        {to[0].toStdString(), to[1].toStdString(),
                         to.size() > 2 ? std::optional(to[2].toStdString()) : std::nullopt}));
        const GrantQuery query{gatewayGroup, "HTTPRoute", "apps", "", "Service", "shop", "web"};
        QCOMPARE(isGranted(world.resources(), query), granted);
        QCOMPARE(GrantIndex(world.resources()).allows(query), granted);
    }

    void sameNamespaceNeedsNoGrant()
    {
        const World world;
        const GrantQuery query{gatewayGroup, "HTTPRoute", "shop", "", "Service", "shop", "web"};
        QVERIFY(isGranted(world.resources(), query));
        QVERIFY(GrantIndex(world.resources()).allows(query));
    }

    void fromOfOneGrantAndToOfAnotherDoNotAdd()
    {
        World world;
        auto first = grant("shop", {std::string(gatewayGroup), "HTTPRoute", "apps"}, {"", "Secret", std::nullopt});
        auto second = grant("shop", {std::string(gatewayGroup), "HTTPRoute", "other"}, {"", "Service", std::nullopt});
        second.key.name.name = "second";
        world.add(first).add(second);
        const GrantQuery query{gatewayGroup, "HTTPRoute", "apps", "", "Service", "shop", "web"};
        QVERIFY(!isGranted(world.resources(), query));
        QVERIFY(!GrantIndex(world.resources()).allows(query));
    }

    void anyEntryOfAGrantMayMatch()
    {
        World world;
        auto both = grant("shop", {std::string(gatewayGroup), "GRPCRoute", "x"}, {"", "Secret", std::nullopt});
        both.from.push_back({std::string(gatewayGroup), "HTTPRoute", "apps"});
        both.to.push_back({"", "Service", "web"});
        world.add(both);
        const GrantQuery query{gatewayGroup, "HTTPRoute", "apps", "", "Service", "shop", "web"};
        QVERIFY(isGranted(world.resources(), query));
        QVERIFY(GrantIndex(world.resources()).allows(query));
    }

    void adviceNamesTheWholeGrant()
    {
        const std::string advice = grantAdvice({gatewayGroup, "HTTPRoute", "apps", "", "Service", "shop", "web"});
        for (const char* part :
             {"ReferenceGrant", "namespace \"shop\"", "HTTPRoute", "namespace: apps", "Service", "web"})
            QVERIFY2(advice.find(part) != std::string::npos, part);
    }
};

QTEST_APPLESS_MAIN(TstReferenceGrants)
#include "tst_reference_grants.moc"
