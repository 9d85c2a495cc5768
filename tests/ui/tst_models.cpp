#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/icons.h"
#include "ui/models/navigator_model.h"
#include "ui/models/problems_model.h"
#include "ui/models/traffic_model.h"

using namespace gatehouse::ui;
using gatehouse::model::Diagnostic;
using gatehouse::model::Severity;

namespace {

/// The tree as text, two spaces a level.
QString print(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, 0, parent);
        text += QString(depth * 2, QLatin1Char(' ')) + at.data().toString() + QLatin1Char('\n') +
                print(model, at, depth + 1);
    }
    return text;
}

std::vector<gatehouse::model::AccessEvent> requests(int count, int first = 0)
{
    std::vector<gatehouse::model::AccessEvent> events(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        events[static_cast<std::size_t>(i)].path = "/" + std::to_string(first + i);
        events[static_cast<std::size_t>(i)].status = 200;
    }
    return events;
}

} // namespace

class TstModels : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void navigatorIsATree()
    {
        NavigatorModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTopology(TopologyIndex(sample::share(sample::make())));
        QCOMPARE(print(model), QStringLiteral("infra\n"
                                              "  shared\n"
                                              "    http\n"
                                              "      blog\n"
                                              "        blog\n"
                                              "      shop\n"
                                              "        shop\n"
                                              "    https\n"
                                              "      blog\n"
                                              "        blog\n"
                                              "      shop\n"
                                              "        shop\n"
                                              "team-a\n"
                                              "  blog\n"
                                              "    blog\n"
                                              "  shop\n"
                                              "    shop\n"
                                              "team-b\n"
                                              "  dedicated\n"
                                              "    http\n"
                                              "      own\n"
                                              "        own\n"
                                              "  own\n"
                                              "    own\n"));
        model.setTopology(TopologyIndex(sample::share({})));
        QCOMPARE(model.rowCount(), 0);
    }

    void navigatorFindsObjectsInTheirOwnNamespace()
    {
        NavigatorModel model;
        model.setTopology(TopologyIndex(sample::share(sample::make())));
        const QModelIndex found = model.find(sample::shopRoute);
        QVERIFY(found.isValid());
        QCOMPARE(found.parent().data().toString(), QStringLiteral("team-a"));
        QVERIFY(model.keyAt(found) == sample::shopRoute);
        QVERIFY(!model.find(sample::key("Gateway", "infra", "nobody")).isValid());
    }

    void navigatorFilters()
    {
        NavigatorModel model;
        model.setTopology(TopologyIndex(sample::share(sample::make())));
        QSortFilterProxyModel filtered;
        QAbstractItemModelTester tester(&filtered, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filtered.setSourceModel(&model);
        filtered.setRecursiveFilteringEnabled(true);
        filtered.setFilterFixedString(QStringLiteral("own"));
        QCOMPARE(print(filtered), QStringLiteral("team-b\n"
                                                 "  dedicated\n"
                                                 "    http\n"
                                                 "      own\n"
                                                 "        own\n"
                                                 "  own\n"
                                                 "    own\n"));
    }

    void problemsListEverythingThatIsWrong()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Diagnostic warning;
        warning.severity = Severity::Warning;
        warning.code = "GH2001";
        warning.message = "no such Service";
        Diagnostic error;
        error.code = "GH1003";
        error.message = "port is out of range";
        error.fieldPath = "spec.listeners[0].port";
        error.location = {std::make_shared<const std::string>("folder/gateway.yaml"), {12, 5}};
        error.object = sample::sharedGateway;
        sample::Topology topology = sample::make();
        topology.nodes[1].ports[0].conditions = {
            {"Programmed", sample::ConditionStatus::False, "PortUnavailable", "127.0.0.2:8080 is in use by nginx"}};
        model.setProblems(problemList(topology, {warning, error}));

        QCOMPARE(model.count(Severity::Error), 1);
        QCOMPARE(model.problems()[0].code, QStringLiteral("GH1003"));
        QCOMPARE(model.index(0, ProblemsModel::PlaceColumn).data().toString(), QStringLiteral("gateway.yaml:12"));
        QVERIFY(model.problems()[0].key == sample::sharedGateway);
        QStringList codes;
        for (const Problem& problem : model.problems())
            codes << problem.code;
        // The refusal and the route's condition say the same: told once.
        QCOMPARE(codes.count(QStringLiteral("NotAllowedByListeners")), 1);
        QCOMPARE(codes.count(QStringLiteral("PortUnavailable")), 1);
        QVERIFY(codes.contains(QStringLiteral("GH2001")));
    }

    void wellTopologyHasNoProblems()
    {
        sample::Topology topology = sample::make();
        std::erase_if(topology.edges, [](const auto& edge) { return edge.rejected; });
        topology.nodes[2].conditions = {{"Accepted", sample::ConditionStatus::True, "Accepted", ""}};
        ProblemsModel model;
        model.setProblems(problemList(topology, {}));
        QCOMPARE(model.rowCount(), 0);
    }

    void trafficIsBoundedAndNewestFirst()
    {
        TrafficModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append(requests(10));
        QCOMPARE(model.event(0).path, std::string("/9"));
        model.append(requests(1995, 10));
        QCOMPARE(model.rowCount(), 2000);
        QCOMPARE(model.forgotten(), std::uint64_t{5});
        QCOMPARE(model.event(0).path, std::string("/2004"));
        QCOMPARE(model.event(1999).path, std::string("/5"));
        model.append(requests(2500, 3000));
        QCOMPARE(model.rowCount(), 2000);
        QCOMPARE(model.event(0).path, std::string("/5499"));
    }
};

QTEST_MAIN(TstModels)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_models.moc"
