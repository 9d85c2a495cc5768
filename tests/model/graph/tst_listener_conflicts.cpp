#include "builders.h"

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

/// "HTTP:a.example" or "TLS-passthrough:"; all on port 443.
Listener parse(const QString& text, std::size_t number)
{
    const QString protocol = text.section(':', 0, 0);
    const std::string hostname = text.section(':', 1).toStdString(), name = "l" + std::to_string(number);
    if (protocol == "TLS-passthrough")
        return passthrough(name, 443, hostname);
    return listener(name, protocol.toStdString(), 443, hostname);
}

/// The conflict reasons of some listeners, "-" for none.
QString conflictsOf(const Graph& graph, const std::vector<ListenerIndex>& listeners)
{
    QStringList reasons;
    for (const ListenerIndex index : listeners) {
        const ListenerNode& node = graph[index];
        const Condition* conflicted = findCondition(node.conditions, "Conflicted");
        const bool isConflict = conflicted && conflicted->status == ConditionStatus::True;
        reasons << (isConflict ? QString::fromStdString(conflicted->reason) : QString("-"));
        // One reason on all of them, and no port opened.
        if (isConflict) {
            QTest::qCompare(verdict(node.conditions, "Accepted"), "False/" + conflicted->reason, "", "", __FILE__,
                            __LINE__);
            QTest::qVerify(!node.serves && !node.accepted && node.conflicted, "", "", __FILE__, __LINE__);
        }
    }
    return reasons.join(',');
}

} // namespace

class TstListenerConflicts : public QObject {
    Q_OBJECT

private slots:
    void insideOneObject_data()
    {
        QTest::addColumn<QStringList>("listeners");
        QTest::addColumn<QString>("conflicts");
        const QString h = "HostnameConflict", p = "ProtocolConflict";
        QTest::newRow("HTTP, different hostnames") << QStringList{"HTTP:a.b", "HTTP:c.b"} << "-,-";
        QTest::newRow("HTTP, a hostname and none") << QStringList{"HTTP:a.b", "HTTP:"} << "-,-";
        QTest::newRow("HTTP, same hostname: nobody wins") << QStringList{"HTTP:a.b", "HTTP:a.b"} << h + ',' + h;
        QTest::newRow("HTTP, no hostname twice") << QStringList{"HTTP:", "HTTP:"} << h + ',' + h;
        QTest::newRow("HTTP, a third one is not touched")
            << QStringList{"HTTP:a.b", "HTTP:a.b", "HTTP:c.b"} << h + ',' + h + ",-";
        QTest::newRow("HTTPS, same hostname") << QStringList{"HTTPS:a.b", "HTTPS:a.b"} << h + ',' + h;
        QTest::newRow("HTTP and HTTPS") << QStringList{"HTTP:a.b", "HTTPS:c.b"} << p + ',' + p;
        QTest::newRow("HTTP and TLS") << QStringList{"HTTP:a.b", "TLS:c.b"} << p + ',' + p;
        QTest::newRow("HTTPS and TLS, different hostnames") << QStringList{"HTTPS:a.b", "TLS:c.b"} << "-,-";
        QTest::newRow("HTTPS and TLS, same hostname") << QStringList{"HTTPS:a.b", "TLS:a.b"} << p + ',' + p;
        QTest::newRow("TLS terminate and passthrough, different hostnames")
            << QStringList{"TLS:a.b", "TLS-passthrough:c.b"} << "-,-";
        QTest::newRow("TLS terminate and passthrough, same hostname")
            << QStringList{"TLS:a.b", "TLS-passthrough:a.b"} << h + ',' + h;
        QTest::newRow("TCP and TCP") << QStringList{"TCP:", "TCP:"} << p + ',' + p;
        QTest::newRow("UDP and UDP") << QStringList{"UDP:", "UDP:"} << p + ',' + p;
        QTest::newRow("UDP and TCP") << QStringList{"UDP:", "TCP:"} << "-,-";
        QTest::newRow("UDP and HTTP") << QStringList{"UDP:", "HTTP:"} << "-,-";
        QTest::newRow("TCP rejects every stream listener")
            << QStringList{"HTTP:a.b", "TCP:", "HTTP:c.b", "UDP:"} << p + ',' + p + ',' + p + ",-";
        QTest::newRow("TCP and TLS") << QStringList{"TCP:", "TLS:a.b"} << p + ',' + p;
        QTest::newRow("TCP and HTTPS") << QStringList{"TCP:", "HTTPS:"} << p + ',' + p;
        QTest::newRow("an unknown protocol is in nobody's way") << QStringList{"x.y/z:", "HTTP:"} << "-,-";
    }

    void insideOneObject()
    {
        QFETCH(QStringList, listeners);
        QFETCH(QString, conflicts);
        std::vector<Listener> parsed;
        for (const QString& text : listeners)
            parsed.push_back(parse(text, parsed.size()));
        World world;
        world.add(gateway("ns", "gw", parsed)).add(tlsSecret("ns"));
        const Graph graph = world.resolve();
        QCOMPARE(conflictsOf(graph, graph.gateways[0].listeners), conflicts);
    }

    void otherPortsDoNotConflict()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("a", "HTTP", 80), listener("b", "TCP", 81)}));
        const Graph graph = world.resolve();
        QCOMPARE(conflictsOf(graph, graph.gateways[0].listeners), QString("-,-"));
    }

    // The Gateway has `gateway`; set s1 is older than s2.
    void betweenObjects_data()
    {
        QTest::addColumn<QStringList>("own");
        QTest::addColumn<QStringList>("older");
        QTest::addColumn<QStringList>("newer");
        QTest::addColumn<QString>("conflicts"); // of the Gateway | s1 | s2
        const QString h = "HostnameConflict", p = "ProtocolConflict";
        QTest::newRow("the Gateway beats a set")
            << QStringList{"HTTP:a.b"} << QStringList{"HTTP:a.b"} << QStringList{"HTTP:c.b"} << "-|" + h + "|-";
        QTest::newRow("the older set beats the newer")
            << QStringList{"HTTP:a.b"} << QStringList{"HTTP:c.b"} << QStringList{"HTTP:c.b"} << "-|-|" + h;
        QTest::newRow("TCP loses against HTTP of the Gateway")
            << QStringList{"HTTP:a.b"} << QStringList{"TCP:"} << QStringList{"HTTP:c.b"} << "-|" + p + "|-";
        QTest::newRow("conflicts with earlier objects are settled before those inside a set")
            << QStringList{"HTTP:a.b"} << QStringList{"HTTP:c.b", "TCP:", "HTTP:d.b"} << QStringList{"TCP:"}
            << "-|-," + p + ",-|" + p;
        QTest::newRow("inside a set nobody wins") << QStringList{"HTTP:a.b"} << QStringList{"HTTP:c.b", "HTTP:c.b"}
                                                  << QStringList{"HTTP:d.b"} << "-|" + h + ',' + h + "|-";
        QTest::newRow("what was rejected holds nothing")
            << QStringList{"HTTP:a.b"} << QStringList{"HTTP:c.b", "HTTP:c.b"} << QStringList{"HTTP:c.b"}
            << "-|" + h + ',' + h + "|-";
        QTest::newRow("an in-object conflict of the Gateway leaves the host to a set")
            << QStringList{"HTTP:a.b", "HTTP:a.b", "HTTP:x.y"} << QStringList{"HTTP:a.b"} << QStringList{"HTTP:a.b"}
            << h + ',' + h + ",-|-|" + h;
    }

    void betweenObjects()
    {
        QFETCH(QStringList, own);
        QFETCH(QStringList, older);
        QFETCH(QStringList, newer);
        QFETCH(QString, conflicts);
        const auto all = [](const QStringList& texts) {
            std::vector<Listener> parsed;
            for (const QString& text : texts)
                parsed.push_back(parse(text, parsed.size()));
            return parsed;
        };
        Gateway gw = gateway("ns", "gw", all(own));
        gw.allowedListeners.from = FromNamespaces::Same;
        // By name the newer one would come first: age decides.
        ListenerSet first = listenerSet("ns", "zz", "gw", all(older)),
                    second = listenerSet("ns", "aa", "gw", all(newer));
        first.meta.creationTimestamp = second_(1);
        second.meta.creationTimestamp = second_(2);
        World world;
        world.add(gw).add(first).add(second).add(tlsSecret("ns"));
        const Graph graph = world.resolve();
        std::vector<ListenerIndex> ownIndexes;
        for (const ListenerIndex index : graph.gateways[0].listeners)
            if (!graph[index].listenerSet)
                ownIndexes.push_back(index);
        QCOMPARE(graph.listenerSets[0].resource->name(), std::string("aa"));
        QCOMPARE(conflictsOf(graph, ownIndexes) + '|' + conflictsOf(graph, graph.listenerSets[1].listeners) + '|' +
                     conflictsOf(graph, graph.listenerSets[0].listeners),
                 conflicts);
        // ListenerSets never change their Gateway's verdict.
        QVERIFY(graph.gateways[0].accepted);
    }

    void listenerSetVerdicts_data()
    {
        QTest::addColumn<QString>("allowed");
        QTest::addColumn<QStringList>("entries");
        QTest::addColumn<QString>("accepted");
        QTest::newRow("allowed by Same") << "Same" << QStringList{"HTTP:s.b"} << "True/Accepted";
        QTest::newRow("allowed by All") << "All" << QStringList{"HTTP:s.b"} << "True/Accepted";
        QTest::newRow("not allowed by None") << "None" << QStringList{"HTTP:s.b"} << "False/NotAllowed";
        QTest::newRow("some entries conflict")
            << "Same" << QStringList{"HTTP:s.b", "HTTP:a.b"} << "True/ListenersNotValid";
        QTest::newRow("all entries conflict") << "Same" << QStringList{"HTTP:a.b"} << "False/ListenersNotValid";
    }

    void listenerSetVerdicts()
    {
        QFETCH(QString, allowed);
        QFETCH(QStringList, entries);
        QFETCH(QString, accepted);
        Gateway gw = gateway("ns", "gw", {parse("HTTP:a.b", 0)});
        gw.allowedListeners.from = allowed == "Same"  ? FromNamespaces::Same
                                   : allowed == "All" ? FromNamespaces::All
                                                      : FromNamespaces::None;
        std::vector<Listener> parsed;
        for (const QString& text : entries)
            parsed.push_back(parse(text, parsed.size()));
        World world;
        world.add(gw).add(listenerSet("ns", "set", "gw", parsed));
        const Graph graph = world.resolve();
        QCOMPARE(QString::fromStdString(verdict(graph.listenerSets[0].conditions, "Accepted")), accepted);
        QCOMPARE(graph.listenerSets[0].accepted, accepted.startsWith("True"));
        if (accepted == "False/NotAllowed")
            QVERIFY(graph.listenerSets[0].listeners.empty());
    }

    // A Gateway's grant is not inherited by its ListenerSets.
    void certificateGrantMustNameListenerSet_data()
    {
        QTest::addColumn<QString>("grantKind");
        QTest::addColumn<QString>("resolvedRefs");
        QTest::addColumn<QString>("setAccepted");
        QTest::newRow("for Gateway: not enough") << "Gateway"
                                                 << "False/RefNotPermitted"
                                                 << "False/ListenersNotValid";
        QTest::newRow("for ListenerSet") << "ListenerSet"
                                         << "True/ResolvedRefs"
                                         << "True/Accepted";
    }

    void certificateGrantMustNameListenerSet()
    {
        QFETCH(QString, grantKind);
        QFETCH(QString, resolvedRefs);
        QFETCH(QString, setAccepted);
        Gateway gw = gateway("ns", "gw", {listener("own", "HTTP", 80)});
        gw.allowedListeners.from = FromNamespaces::Same;
        Listener entry = listener("entry", "HTTPS", 443);
        entry.tls->certificateRefs[0].namespace_ = "certs";
        World world;
        world.add(gw).add(listenerSet("ns", "set", "gw", {entry})).add(tlsSecret("certs"));
        world.add(
            grant("certs", {std::string(gatewayGroup), grantKind.toStdString(), "ns"}, {"", "Secret", std::nullopt}));
        const Graph graph = world.resolve();
        QCOMPARE(QString::fromStdString(verdict(findListener(graph, "entry").conditions, "ResolvedRefs")),
                 resolvedRefs);
        QCOMPARE(QString::fromStdString(verdict(graph.listenerSets[0].conditions, "Accepted")), setAccepted);
    }

private:
    static Timestamp second_(int n) { return gatehouse::model::test::second(n); }
};

QTEST_APPLESS_MAIN(TstListenerConflicts)
#include "tst_listener_conflicts.moc"
