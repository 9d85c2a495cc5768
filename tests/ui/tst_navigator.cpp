#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_topology.h"
#include "ui/docks/navigator_dock.h"
#include "ui/icons.h"

#include <QLineEdit>
#include <QScrollBar>

#include <algorithm>
#include <random>

using namespace gatehouse::ui;
using gatehouse::model::ObjectKey;

namespace {

QString print(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, 0, parent);
        text += QString(depth * 2, QLatin1Char(' ')) + at.data().toString() + QLatin1Char('|') +
                at.data(NavigatorModel::DetailRole).toString() + QLatin1Char('\n') + print(model, at, depth + 1);
    }
    return text;
}

/// The row of `text`, in the order of the tree.
QModelIndex rowOf(const QAbstractItemModel& model, const QString& text)
{
    const auto found = model.match(model.index(0, 0), Qt::DisplayRole, text, 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.value(0);
}

/// Some of a few namespaces' objects, with other texts and edges each time.
sample::Topology someTopology(std::mt19937& random)
{
    const auto chance = [&](int of) { return std::uniform_int_distribution<int>(0, of - 1)(random) == 0; };
    sample::Topology t;
    std::vector<std::uint32_t> gateways, routes, backends;
    const auto add = [&](sample::NodeKind kind, const char* name, std::vector<std::uint32_t>& all) {
        for (const char* ns : {"a", "b", "c", "d"})
            for (int i = 0; i < 5; ++i) {
                if (chance(3))
                    continue;
                all.push_back(static_cast<std::uint32_t>(t.nodes.size()));
                t.nodes.push_back(
                    sample::node(kind, sample::key(name, ns, name + std::to_string(i)), chance(2) ? "one" : "other"));
                if (chance(4))
                    t.nodes.back().health = sample::Health::Bad;
            }
    };
    add(sample::NodeKind::Gateway, "Gateway", gateways);
    for (const std::uint32_t g : gateways)
        for (int p = 0; p < 3; ++p)
            if (!chance(3))
                t.nodes[g].ports.push_back(sample::port("p" + std::to_string(p), 80, 8080));
    add(sample::NodeKind::Route, "HTTPRoute", routes);
    add(sample::NodeKind::Backend, "Service", backends);
    const auto any = [&](const std::vector<std::uint32_t>& of) {
        return of[std::uniform_int_distribution<std::size_t>(0, of.size() - 1)(random)];
    };
    for (int i = 0; i < 40 && !gateways.empty() && !routes.empty() && !backends.empty(); ++i) {
        sample::attach(t, any(gateways), any(routes), sample::Relation::OneToMany);
        t.edges.back().listeners = {"p" + std::to_string(i % 3)};
        sample::refer(t, any(routes), any(backends));
    }
    for (const char* ns : {"a", "b", "c", "d"})
        t.namespaces.emplace_back(ns);
    if (chance(2))
        t.grants.push_back({sample::key("ReferenceGrant", "b", "grant"), {}});
    return t;
}

} // namespace

class TstNavigator : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void anyTreeBecomesAnyOther()
    {
        NavigatorModel model;
        NavigatorFilter filter;
        filter.setSource(model);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(7);
        for (int round = 0; round < 60; ++round) {
            filter.setQuery(round % 3 == 0 ? QStringLiteral("ht3") : QString());
            const auto topology = sample::share(someTopology(random));
            std::vector<std::pair<QPersistentModelIndex, QString>> kept;
            for (const auto& node : topology->nodes)
                if (const QModelIndex at = model.find(node.key); at.isValid())
                    kept.emplace_back(at, model.placeOf(at));
            model.setTopology(TopologyIndex(topology));
            NavigatorModel fresh;
            fresh.setTopology(TopologyIndex(topology));
            QCOMPARE(print(model), print(fresh));
            for (const auto& [index, place] : kept)
                QVERIFY2(!index.isValid() || model.placeOf(index) == place, "an index went to another place");
        }
    }

    void whatStaysKeepsItsIndex()
    {
        NavigatorModel model;
        model.setTopology(TopologyIndex(sample::share(sample::make())));
        const QPersistentModelIndex shop = model.find(sample::shopRoute);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setTopology(TopologyIndex(sample::share(sample::make())));
        QCOMPARE(reset.size() + inserted.size() + changed.size(), 0);
        sample::Topology more = sample::make();
        more.nodes.push_back(sample::node(sample::NodeKind::Policy, sample::key("Policy", "team-a", "added"), ""));
        model.setTopology(TopologyIndex(sample::share(more)));
        QCOMPARE(inserted.size(), 1);
        QVERIFY(shop.isValid());
        QVERIFY(model.keyAt(shop) == sample::shopRoute);
    }

    void reloadKeepsSelectionExpansionAndScroll()
    {
        sample::Topology topology = sample::make();
        for (int i = 0; i < 60; ++i)
            topology.nodes.push_back(
                sample::node(sample::NodeKind::Policy, sample::key("Policy", "team-b", "p" + std::to_string(i)), ""));
        NavigatorDock dock;
        dock.resize(260, 300);
        dock.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dock));
        dock.setTopology(TopologyIndex(sample::share(topology)));
        QTreeView* tree = dock.tree();
        const QAbstractItemModel& shown = *tree->model();
        const QModelIndex gateway = rowOf(shown, QStringLiteral("shared"));
        QVERIFY2(tree->isExpanded(gateway), "Gateways stand open at first");
        tree->collapse(gateway);
        const QModelIndex route = rowOf(shown, QStringLiteral("own"));
        QVERIFY2(!tree->isExpanded(route), "routes are closed at first");
        const QPersistentModelIndex picked = rowOf(shown, QStringLiteral("p50"));
        tree->setCurrentIndex(picked);
        tree->scrollTo(picked, QAbstractItemView::PositionAtTop);
        const QPersistentModelIndex top = tree->indexAt(QPoint(1, 1));
        QVERIFY(tree->verticalScrollBar()->value() > 0);

        topology.nodes.push_back(sample::node(sample::NodeKind::Policy, sample::key("Policy", "infra", "new"), ""));
        topology.nodes.push_back(sample::node(sample::NodeKind::Policy, sample::key("Policy", "infra", "new2"), ""));
        QSignalSpy announced(&dock, &NavigatorDock::picked);
        dock.setTopology(TopologyIndex(sample::share(topology)));
        QVERIFY2(rowOf(shown, QStringLiteral("new2")).isValid(), "what is new is missing");
        QVERIFY2(!tree->isExpanded(rowOf(shown, QStringLiteral("shared"))), "what was closed opened again");
        QCOMPARE(tree->currentIndex(), QModelIndex(picked));
        QCOMPARE(tree->indexAt(QPoint(1, 1)), QModelIndex(top));
        QVERIFY2(announced.isEmpty(), "nobody picked anything");
    }

    void searchRanksAndMarksLetters()
    {
        sample::Topology topology = sample::make();
        topology.nodes.push_back(sample::node(sample::NodeKind::Policy, sample::key("Policy", "infra", "xsxhxp"), ""));
        NavigatorDock dock;
        dock.show();
        dock.setTopology(TopologyIndex(sample::share(topology)));
        QTest::keyClicks(dock.filterLine(), QStringLiteral("shp"));
        const QAbstractItemModel& shown = *dock.tree()->model();
        QVERIFY2(!rowOf(shown, QStringLiteral("blog")).isValid(), "what does not match is still there");
        const QModelIndex shop = rowOf(shown, QStringLiteral("shop"));
        QVERIFY(shop.isValid());
        QCOMPARE(shop.data(NavigatorModel::MatchRole).value<QList<int>>(), (QList<int>{0, 1, 3}));
        QSignalSpy picked(&dock, &NavigatorDock::picked);
        QTest::keyClick(dock.filterLine(), Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked.first().first().value<ObjectKey>().name.name, std::string("shop"));
        // The best stands first among its siblings.
        const QModelIndex teamA = rowOf(shown, QStringLiteral("team-a"));
        const QModelIndex infra = rowOf(shown, QStringLiteral("infra"));
        QVERIFY(teamA.isValid() && infra.isValid());
        QTest::keyClick(dock.filterLine(), Qt::Key_Escape);
        QVERIFY(dock.filterLine()->text().isEmpty());
        QCOMPARE(shown.index(0, 0).data().toString(), QStringLiteral("infra"));
        QVERIFY(rowOf(shown, QStringLiteral("blog")).isValid());
    }

    void bestMatchComesFirst()
    {
        sample::Topology topology;
        for (const char* name : {"a-w-x-e-x-b", "zz-web", "web"})
            topology.nodes.push_back(sample::node(sample::NodeKind::Policy, sample::key("Policy", "n", name), ""));
        topology.namespaces = {"n"};
        NavigatorModel model;
        model.setTopology(TopologyIndex(sample::share(topology)));
        NavigatorFilter filter;
        filter.setSource(model);
        filter.setQuery(QStringLiteral("web"));
        const QModelIndex space = filter.index(0, 0);
        QCOMPARE(filter.rowCount(space), 3);
        QCOMPARE(filter.index(0, 0, space).data().toString(), QStringLiteral("web"));
        QCOMPARE(filter.index(1, 0, space).data().toString(), QStringLiteral("zz-web"));
        QVERIFY(filter.best() == filter.index(0, 0, space));
        filter.setQuery({});
        QCOMPARE(filter.index(0, 0, space).data().toString(), QStringLiteral("a-w-x-e-x-b"));
        filter.setQuery(QStringLiteral("nothing like it"));
        QCOMPARE(filter.rowCount(), 0);
        QVERIFY(!filter.best().isValid());
    }

    void findsByKindNamespaceAndSmallPrint()
    {
        NavigatorModel model;
        model.setTopology(TopologyIndex(sample::share(sample::make())));
        NavigatorFilter filter;
        filter.setSource(model);
        filter.setQuery(QStringLiteral("team-a httproute"));
        QVERIFY(rowOf(filter, QStringLiteral("shop")).isValid());
        QVERIFY(!rowOf(filter, QStringLiteral("dedicated")).isValid());
        filter.setQuery(QStringLiteral("shop.example.com"));
        QVERIFY(rowOf(filter, QStringLiteral("shop")).isValid());
        QVERIFY(!rowOf(filter, QStringLiteral("blog")).isValid());
    }

    void namespacesCountWhatIsNotWell()
    {
        NavigatorModel model;
        model.setTopology(TopologyIndex(sample::share(sample::make())));
        const QModelIndex teamA = rowOf(model, QStringLiteral("team-a"));
        QCOMPARE(teamA.data(NavigatorModel::UnwellRole).toInt(), 1);
        QVERIFY(!rowOf(model, QStringLiteral("infra")).data(NavigatorModel::UnwellRole).isValid());
    }

    void grantsStandInTheirNamespace()
    {
        sample::Topology topology = sample::make();
        const ObjectKey grant = sample::key("ReferenceGrant", "team-b", "allow-shop");
        topology.grants.push_back({grant, {}});
        NavigatorModel model;
        model.setTopology(TopologyIndex(sample::share(topology)));
        const QModelIndex at = model.find(grant);
        QVERIFY(at.isValid());
        QCOMPARE(at.parent().data().toString(), QStringLiteral("team-b"));
    }

    void keysGoFromTheLineIntoTheTree()
    {
        NavigatorDock dock;
        dock.show();
        dock.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dock));
        dock.setTopology(TopologyIndex(sample::share(sample::make())));
        dock.startSearch();
        QTest::keyClicks(dock.filterLine(), QStringLiteral("dedi"));
        QTest::keyClick(dock.filterLine(), Qt::Key_Down);
        QVERIFY(dock.tree()->hasFocus());
        QCOMPARE(dock.tree()->currentIndex().data().toString(), QStringLiteral("dedicated"));
    }
};

QTEST_MAIN(TstNavigator)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_navigator.moc"
