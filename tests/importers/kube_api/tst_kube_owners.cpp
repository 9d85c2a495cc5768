#include <QtTest>

#include "api_client.h"

using gatehouse::model::Value;

namespace {

/// An ownerReference to what was created.
std::string ownedBy(const Value& owner, bool blocking = false)
{
    const auto at = [&](const char* path) { return ApiClient::at(owner, path).toStdString(); };
    return "{apiVersion: " + at("apiVersion") + ", kind: " + at("kind") + ", name: " + at("metadata.name") +
           ", uid: " + at("metadata.uid") + (blocking ? ", blockOwnerDeletion: true}" : "}");
}

std::string owned(const std::string& name, const std::string& owners, const std::string& finalizers = "[]")
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n  ownerReferences: [" + owners +
           "]\n  finalizers: " + finalizers + "\n";
}

std::string path(const std::string& name)
{
    return paths::configMaps + '/' + name;
}

ApiClient::Sent options(const std::string& policy)
{
    return {R"({"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":")" + policy + "\"}"};
}

ApiClient::Sent noFinalizers()
{
    return {R"({"metadata":{"finalizers":null}})", "application/merge-patch+json"};
}

} // namespace

/// What ownerReferences do: objects go with the last of their owners, after it, before it, or not at all.
class TstKubeOwners : public QObject {
    Q_OBJECT

private:
    static bool exists(ApiClient& client, const std::string& target)
    {
        client.send("GET", target);
        return client.last.status == 200;
    }

private slots:
    void dependentsGoWithTheirOwner()
    {
        for (const char* policy : {"", "Background", "Foreground"}) {
            ApiClient client;
            const Value top = client.create(paths::configMaps, manifests::configMap("top"));
            const Value middle = client.create(paths::configMaps, owned("middle", ownedBy(top, true)));
            client.create(paths::configMaps, owned("leaf", ownedBy(middle, true)));
            client.create(paths::configMaps, manifests::configMap("other"));
            client.send("DELETE", path("top"), *policy ? options(policy) : ApiClient::Sent{});
            QCOMPARE(client.last.status, 200);
            for (const char* name : {"top", "middle", "leaf"})
                QVERIFY2(!exists(client, path(name)), policy);
            QVERIFY(exists(client, path("other")));
        }
    }

    void theOrderIsThePolicys_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QStringList>("events");
        QTest::newRow("the owner first") << "Background" << QStringList{"DELETED top", "DELETED leaf"};
        QTest::newRow("dependents first, while the owner is marked")
            << "Foreground" << QStringList{"MODIFIED top", "DELETED leaf", "DELETED top"};
        QTest::newRow("dependents stay") << "Orphan" << QStringList{"MODIFIED leaf", "DELETED top"};
    }

    void theOrderIsThePolicys()
    {
        QFETCH(QString, policy);
        ApiClient client;
        const Value top = client.create(paths::configMaps, manifests::configMap("top"));
        client.create(paths::configMaps, owned("leaf", ownedBy(top)));
        const auto watch =
            client.send("GET", paths::configMaps + "?watch=1&resourceVersion=" + std::to_string(client.api.version()));
        client.send("DELETE", path("top"), options(policy.toStdString()));
        QTEST(client.events(*watch.watch), "events");
    }

    void anotherOwnerKeepsIt()
    {
        ApiClient client;
        const Value first = client.create(paths::configMaps, manifests::configMap("first"));
        const Value second = client.create(paths::configMaps, manifests::configMap("second"));
        client.create(paths::configMaps, owned("both", ownedBy(first) + ", " + ownedBy(second)));
        client.send("DELETE", path("first"));
        QCOMPARE(client.get(path("both"), "metadata.ownerReferences[0].name"), QString("second"));
        QCOMPARE(client.get(path("both"), "metadata.ownerReferences[1]"), QString("-"));
        client.send("DELETE", path("second"), options("Foreground"));
        QVERIFY(!exists(client, path("both")));
    }

    void anOwnerOfAKindThatIsNotServedKeepsIt()
    {
        ApiClient client;
        const Value top = client.create(paths::configMaps, manifests::configMap("top"));
        client.create(paths::configMaps,
                      owned("leaf", ownedBy(top) + ", {apiVersion: example.com/v1, kind: Thing, name: x, uid: y}"));
        client.send("DELETE", path("top"));
        QVERIFY(exists(client, path("leaf")));
    }

    void aNamesakeIsNoOwner()
    {
        ApiClient client;
        const Value old = client.create(paths::configMaps, manifests::configMap("top"));
        client.send("DELETE", path("top"));
        client.create(paths::configMaps, manifests::configMap("top"));
        client.create(paths::configMaps, owned("leaf", ownedBy(old)));
        client.send("DELETE", path("top"));
        QVERIFY2(exists(client, path("leaf")), "its owner had another uid");
    }

    void orphansHaveNoOwnerAnyMore()
    {
        ApiClient client;
        const Value top = client.create(paths::configMaps, manifests::configMap("top"));
        client.create(paths::configMaps, owned("leaf", ownedBy(top)));
        client.send("DELETE", path("top") + "?propagationPolicy=Orphan");
        QVERIFY(!exists(client, path("top")));
        QCOMPARE(client.get(path("leaf"), "metadata.ownerReferences"), QString("-"));
    }

    void aDependentThatWaitsHoldsItsOwner()
    {
        ApiClient client;
        const Value top = client.create(paths::configMaps, manifests::configMap("top"));
        client.create(paths::configMaps, owned("leaf", ownedBy(top, true), "[example.com/wait]"));
        const Value answer = client.ask("DELETE", path("top"), options("Foreground"));
        QCOMPARE(ApiClient::at(answer, "metadata.finalizers[0]"), QString("foregroundDeletion"));
        QVERIFY(ApiClient::at(answer, "metadata.deletionTimestamp") != "-");
        QVERIFY(client.get(path("leaf"), "metadata.deletionTimestamp") != "-");
        client.send("PATCH", path("leaf"), noFinalizers());
        QVERIFY(!exists(client, path("leaf")));
        QVERIFY(!exists(client, path("top")));
    }

    void aDependentThatDoesNotBlockIsNotWaitedFor()
    {
        ApiClient client;
        const Value top = client.create(paths::configMaps, manifests::configMap("top"));
        client.create(paths::configMaps, owned("leaf", ownedBy(top), "[example.com/wait]"));
        client.send("DELETE", path("top"), options("Foreground"));
        QVERIFY(!exists(client, path("top")));
        QVERIFY(client.get(path("leaf"), "metadata.deletionTimestamp") != "-");
    }

    void finalizersOfTheOwnerComeFirst()
    {
        ApiClient client;
        const Value top = client.create(paths::configMaps, owned("top", "", "[example.com/wait]"));
        client.create(paths::configMaps, owned("leaf", ownedBy(top)));
        client.send("DELETE", path("top"));
        QVERIFY(exists(client, path("leaf")));
        client.send("PATCH", path("top"), noFinalizers());
        QVERIFY(!exists(client, path("top")));
        QVERIFY(!exists(client, path("leaf")));
    }

    void aCircleOfOwnersEnds()
    {
        for (const char* policy : {"Background", "Foreground"}) {
            ApiClient client;
            const Value a = client.create(paths::configMaps, manifests::configMap("a"));
            const Value b = client.create(paths::configMaps, owned("b", ownedBy(a, true)));
            client.send(
                "PATCH", path("a"),
                {"{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"b\","
                 "\"blockOwnerDeletion\":true,\"uid\":\"" +
                     ApiClient::at(b, "metadata.uid").toStdString() + "\"}]}}",
                 "application/merge-patch+json"});
            QCOMPARE(client.last.status, 200);
            client.send("DELETE", path("a"), options(policy));
            QVERIFY2(!exists(client, path("a")) && !exists(client, path("b")), policy);
        }
    }

    void theDataPlaneHearsOfRoutesThatWent()
    {
        ApiClient client;
        const Value top = client.create("/api/v1/namespaces/default/serviceaccounts",
                                        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: top}\n");
        client.create(paths::routes, "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: web, "
                                     "ownerReferences: [" +
                                         ownedBy(top) + "]}\nspec:\n  parentRefs: [{name: gw}]\n");
        QVERIFY(client.handle("DELETE", "/api/v1/namespaces/default/serviceaccounts/top").changed);
        QVERIFY(!exists(client, paths::routes + "/web"));
    }

    void aDryRunTakesNothing()
    {
        ApiClient client;
        const Value top = client.create(paths::configMaps, manifests::configMap("top"));
        client.create(paths::configMaps, owned("leaf", ownedBy(top)));
        for (const char* policy : {"Background", "Foreground", "Orphan"}) {
            client.send("DELETE", path("top") + "?dryRun=All", options(policy));
            QCOMPARE(client.last.status, 200);
            QCOMPARE(client.get(path("leaf"), "metadata.ownerReferences[0].name"), QString("top"));
        }
    }

    void aCollectionTakesItsDependentsOnce()
    {
        ApiClient client;
        const Value top = client.create(paths::configMaps, manifests::configMap("a-top"));
        client.create(paths::configMaps, owned("b-leaf", ownedBy(top)));
        client.send("DELETE", paths::configMaps, options("Foreground"));
        QCOMPARE(client.last.status, 200);
        QVERIFY(!exists(client, path("a-top")) && !exists(client, path("b-leaf")));
    }

    void anUnknownPolicyIsRefused()
    {
        ApiClient client;
        client.create(paths::configMaps, manifests::configMap("top"));
        client.send("DELETE", path("top"), options("Sideways"));
        QCOMPARE(client.last.status, 400);
        QVERIFY(exists(client, path("top")));
    }
};

QTEST_GUILESS_MAIN(TstKubeOwners)
#include "tst_kube_owners.moc"
