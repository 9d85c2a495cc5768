#include "builders.h"

#include "model/graph/status.h"
#include "model/graph/supported_features.h"

#include <algorithm>

using namespace gatehouse::model;
using namespace gatehouse::model::test;

namespace {

const Value& at(const Value& value, std::initializer_list<std::string_view> path)
{
    static const Value none;
    const Value* here = &value;
    for (const std::string_view step : path) {
        const bool isIndex = step[0] >= '0' && step[0] <= '9';
        here = !isIndex          ? here->find(step)
               : here->asArray() ? &(*here->asArray())[std::size_t(std::stoi(std::string(step)))]
                                 : nullptr;
        if (!here)
            return none;
    }
    return *here;
}

QString text(const Value& value)
{
    return value.asString() ? QString::fromStdString(*value.asString()) : QString("(no text)");
}

/// "Accepted=True/Accepted Programmed=..." of a list of conditions.
QString shown(const Value& conditions)
{
    QStringList list;
    for (const Value& c : *conditions.asArray())
        list << text(*c.find("type")) + '=' + text(*c.find("status")) + '/' + text(*c.find("reason"));
    return list.join(' ');
}

bool isAlphabetical(const Value& value)
{
    if (const auto* object = value.asObject()) {
        for (std::size_t i = 1; i < object->size(); ++i)
            if ((*object)[i].name < (*object)[i - 1].name)
                return false;
        return std::all_of(object->begin(), object->end(), [](const Member& m) { return isAlphabetical(m.value); });
    }
    if (const auto* array = value.asArray())
        return std::all_of(array->begin(), array->end(), isAlphabetical);
    return true;
}

const ObjectKey gatewayKey{std::string(gatewayGroup), "Gateway", {"ns", "gw"}};
const ObjectKey routeKey{std::string(gatewayGroup), "HTTPRoute", {"ns", "r"}};

} // namespace

class TstStatus : public QObject {
    Q_OBJECT

private slots:
    void shapeOfAGateway()
    {
        Gateway gw = gateway("ns", "gw", {listener("http", "HTTP", 80)});
        gw.meta.generation = 7;
        World world;
        world.add(gw).add(httpRoute("ns", "r", {parentTo("gw")}));
        const Graph graph = world.resolve();
        const auto all = statuses(graph, everythingWorks(graph), {second(0)});
        const Value& status = *all.at(gatewayKey);
        QCOMPARE(shown(at(status, {"conditions"})),
                 QString("Accepted=True/Accepted Programmed=True/Programmed ResolvedRefs=True/ResolvedRefs"));
        QCOMPARE(text(at(status, {"addresses", "0", "type"})), QString("IPAddress"));
        QCOMPARE(text(at(status, {"addresses", "0", "value"})), QString("127.0.0.1"));
        QCOMPARE(at(status, {"attachedListenerSets"}), Value(0));
        QCOMPARE(at(status, {"listeners", "0", "attachedRoutes"}), Value(1));
        QCOMPARE(text(at(status, {"listeners", "0", "supportedKinds", "0", "group"})),
                 QString::fromStdString(std::string(gatewayGroup)));
        QCOMPARE(shown(at(status, {"listeners", "0", "conditions"})),
                 QString("Accepted=True/Accepted Programmed=True/Programmed ResolvedRefs=True/ResolvedRefs "
                         "Conflicted=False/NoConflicts"));
        QCOMPARE(at(status, {"listeners", "0", "conditions", "0", "observedGeneration"}), Value(7));
        QCOMPARE(text(at(status, {"conditions", "0", "lastTransitionTime"})), QString("2023-11-14T22:13:20Z"));
        for (const auto& [key, value] : all)
            QVERIFY2(isAlphabetical(*value), toString(key).c_str());
    }

    void parentRefIsRepeatedAsWritten_data()
    {
        QTest::addColumn<bool>("withNamespace");
        QTest::addColumn<QString>("members");
        QTest::newRow("without namespace") << false << "group,kind,name,sectionName";
        QTest::newRow("with namespace") << true << "group,kind,name,namespace,sectionName";
    }

    void parentRefIsRepeatedAsWritten()
    {
        QFETCH(bool, withNamespace);
        QFETCH(QString, members);
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)}));
        world.add(httpRoute("ns", "r",
                            {parentTo("gw", withNamespace ? std::optional<std::string>("ns") : std::nullopt, "http")}));
        const Graph graph = world.resolve();
        const auto all = statuses(graph, everythingWorks(graph), {second(0)});
        const Value& entry = at(*all.at(routeKey), {"parents", "0"});
        QStringList names;
        for (const Member& member : *entry.find("parentRef")->asObject())
            names << QString::fromStdString(member.name);
        QCOMPARE(names.join(','), members);
        QCOMPARE(text(*entry.find("controllerName")), QString::fromUtf8(defaultControllerName.data()));
        QCOMPARE(shown(*entry.find("conditions")), QString("Accepted=True/Accepted ResolvedRefs=True/ResolvedRefs"));
    }

    void controllerNameIsTheClasses()
    {
        auto gatewayClass = named<GatewayClass>(gatewayGroup, "GatewayClass", "", "gc");
        gatewayClass.controllerName = "example.com/mine";
        World world;
        world.add(gatewayClass)
            .add(gateway("ns", "gw", {listener("http", "HTTP", 80)}))
            .add(httpRoute("ns", "r", {parentTo("gw")}));
        const Graph graph = world.resolve();
        const auto all = statuses(graph, everythingWorks(graph), {second(0)});
        QCOMPARE(text(at(*all.at(routeKey), {"parents", "0", "controllerName"})), QString("example.com/mine"));
        const Value& status = *all.at(gatewayClass.key);
        QCOMPARE(shown(at(status, {"conditions"})),
                 QString("Accepted=True/Accepted SupportedVersion=True/SupportedVersion"));
        QCOMPARE(at(status, {"supportedFeatures"}).asArray()->size(), supportedFeatures().size());
    }

    void featuresAreSortedAndUnique()
    {
        const auto& names = supportedFeatures();
        QVERIFY(std::adjacent_find(names.begin(), names.end(), std::greater_equal<>()) == names.end());
        QVERIFY(names.size() <= 64);
    }

    void nothingIsWrittenWithoutAParentOfOurs()
    {
        World world;
        world.add(httpRoute("ns", "r", {parentTo("nope")})).add(tlsPolicy("ns", "p", "web"));
        const Graph graph = world.resolve();
        QVERIFY(statuses(graph, everythingWorks(graph), {second(0)}).empty());
    }

    void programmed_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("gatewayProgrammed");
        QTest::addColumn<QString>("listenerProgrammed");
        QTest::newRow("everything works") << ""
                                          << "True/Programmed"
                                          << "True/Programmed";
        QTest::newRow("port in use") << "port"
                                     << "False/Invalid"
                                     << "False/PortUnavailable";
        QTest::newRow("port in use, a sibling serves") << "port+sibling"
                                                       << "True/Programmed"
                                                       << "False/PortUnavailable";
        QTest::newRow("address not usable") << "address"
                                            << "False/AddressNotUsable"
                                            << "True/Programmed";
        QTest::newRow("no address") << "none"
                                    << "False/AddressNotAssigned"
                                    << "True/Programmed";
        QTest::newRow("no certificate") << "certificate"
                                        << "False/Invalid"
                                        << "False/Invalid";
        QTest::newRow("unsupported protocol") << "protocol"
                                              << "False/Invalid"
                                              << "False/Invalid";
        QTest::newRow("conflict") << "conflict"
                                  << "False/Invalid"
                                  << "False/HostnameConflict";
        QTest::newRow("engine has not spoken") << "pending"
                                               << "False/AddressNotAssigned"
                                               << "False/Pending";
    }

    void programmed()
    {
        QFETCH(QString, what);
        QFETCH(QString, gatewayProgrammed);
        QFETCH(QString, listenerProgrammed);
        std::vector<Listener> listeners = {listener("l",
                                                    what == "certificate" ? "HTTPS"
                                                    : what == "protocol"  ? "X"
                                                                          : "HTTP",
                                                    80)};
        if (what == "port+sibling")
            listeners.push_back(listener("s", "HTTP", 81));
        if (what == "conflict")
            listeners.push_back(listener("s", "HTTP", 80));
        World world;
        world.add(gateway("ns", "gw", listeners));
        const Graph graph = world.resolve();
        Programming programming = everythingWorks(graph);
        if (what.startsWith("port"))
            programming.listeners[0] = {false, "PortUnavailable", "127.0.0.1:80 is in use", 0};
        if (what == "address")
            programming.gateways[0] = {{"127.0.0.1"}, true, "192.0.2.1 is not local"};
        if (what == "none")
            programming.gateways[0].addresses.clear();
        if (what == "pending")
            programming = {};
        QCOMPARE(QString::fromStdString(verdict(gatewayConditions(graph, programming, GatewayIndex{0}), "Programmed")),
                 gatewayProgrammed);
        QCOMPARE(
            QString::fromStdString(verdict(listenerConditions(graph, programming, ListenerIndex{0}), "Programmed")),
            listenerProgrammed);
        // AddressNotUsable leaves Accepted as it is.
        if (what == "address")
            QCOMPARE(
                QString::fromStdString(verdict(gatewayConditions(graph, programming, GatewayIndex{0}), "Accepted")),
                QString("True/Accepted"));
    }

    void listenerSetStatus_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("conditions");
        QTest::addColumn<int>("attached");
        QTest::newRow("serves") << ""
                                << "Accepted=True/Accepted Programmed=True/Programmed" << 1;
        QTest::newRow("not allowed") << "none"
                                     << "Accepted=False/NotAllowed Programmed=False/NotAllowed" << 0;
        QTest::newRow("no entry is valid")
            << "conflict"
            << "Accepted=False/ListenersNotValid Programmed=False/ListenersNotValid" << 0;
        QTest::newRow("the parent is not accepted")
            << "parent"
            << "Accepted=False/ParentNotAccepted Programmed=False/ParentNotProgrammed" << 0;
        QTest::newRow("the port is taken") << "port"
                                           << "Accepted=True/Accepted Programmed=False/PortUnavailable" << 1;
    }

    void listenerSetStatus()
    {
        QFETCH(QString, what);
        QFETCH(QString, conditions);
        QFETCH(int, attached);
        Gateway gw = gateway("ns", "gw", {listener("own", what == "parent" ? "X" : "HTTP", 80)});
        gw.allowedListeners.from = what == "none" ? FromNamespaces::None : FromNamespaces::Same;
        World world;
        world.add(gw).add(listenerSet("ns", "set", "gw", {listener("entry", "HTTP", what == "conflict" ? 80 : 81)}));
        const Graph graph = world.resolve();
        Programming programming = everythingWorks(graph);
        if (what == "port")
            programming.listeners[1] = {false, "PortUnavailable", "in use", 0};
        const auto all = statuses(graph, programming, {second(0)});
        const Value& status = *all.at({std::string(gatewayGroup), "ListenerSet", {"ns", "set"}});
        QCOMPARE(shown(at(status, {"conditions"})), conditions);
        QCOMPARE(at(*all.at(gatewayKey), {"attachedListenerSets"}), Value(attached));
        // The parent's own listener stands in the parent's status only.
        QCOMPARE(at(*all.at(gatewayKey), {"listeners"}).asArray()->size(), std::size_t(1));
        QCOMPARE(at(status, {"listeners"}).asArray()->size(), std::size_t(what == "none" ? 0 : 1));
    }

    void transitionTimesMoveOnlyWithTheStatus()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)}));
        HTTPRoute route = httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web")});
        world.add(route);
        const Graph before = world.resolve();
        const auto first = statuses(before, everythingWorks(before), {second(0)});
        // The Service appears: ResolvedRefs turns True, everything else stays; the generation moves.
        route.meta.generation = 2;
        world.add(service("ns", "web")).add(route);
        const Graph after = world.resolve();
        const auto next = statuses(after, everythingWorks(after), {second(60), &first});
        const Value& conditions = at(*next.at(routeKey), {"parents", "0", "conditions"});
        QCOMPARE(shown(conditions), QString("Accepted=True/Accepted ResolvedRefs=True/ResolvedRefs"));
        QCOMPARE(text(at(conditions, {"0", "lastTransitionTime"})), QString("2023-11-14T22:13:20Z"));
        QCOMPARE(text(at(conditions, {"1", "lastTransitionTime"})), QString("2023-11-14T22:14:20Z"));
        QCOMPARE(at(conditions, {"0", "observedGeneration"}), Value(2));
        QCOMPARE(*next.at(gatewayKey), *first.at(gatewayKey));
    }

    void policyAncestors()
    {
        World world;
        world.add(gateway("ns", "gw", {listener("http", "HTTP", 80)}))
            .add(service("ns", "web"))
            .add(tlsPolicy("ns", "p", "web"));
        world.add(httpRoute("ns", "r", {parentTo("gw")}, {}, {backend("web")}));
        const Graph graph = world.resolve();
        const auto all = statuses(graph, everythingWorks(graph), {second(0)});
        const Value& ancestor =
            at(*all.at({std::string(gatewayGroup), "BackendTLSPolicy", {"ns", "p"}}), {"ancestors", "0"});
        QCOMPARE(text(at(ancestor, {"ancestorRef", "kind"})), QString("Gateway"));
        QCOMPARE(text(at(ancestor, {"ancestorRef", "namespace"})), QString("ns"));
        QCOMPARE(shown(at(ancestor, {"conditions"})), QString("Accepted=True/Accepted ResolvedRefs=True/ResolvedRefs"));
        QVERIFY(isAlphabetical(ancestor));
    }
};

QTEST_APPLESS_MAIN(TstStatus)
#include "tst_status.moc"
