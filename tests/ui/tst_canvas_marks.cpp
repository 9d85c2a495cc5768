#include <QSignalSpy>
#include <QTest>

#include "quiet.h"
#include "sample_comparison.h"
#include "ui/icons.h"
#include "ui/topology/canvas_filter.h"
#include "ui/topology/topology_scene.h"

using namespace gatehouse::ui;

namespace {

QString print(const ComparedTopology& both)
{
    QStringList lines;
    const auto name = [&](std::uint32_t node) {
        return QString::fromStdString(both.topology.topology().nodes[node].key.name.name);
    };
    for (std::size_t n = 0; n < both.topology.topology().nodes.size(); ++n) {
        const CanvasMark& mark = both.marks->nodes[n];
        if (mark.any())
            lines << name(static_cast<std::uint32_t>(n)) + QStringLiteral(": ") + mark.text +
                         (mark.ghost ? QStringLiteral(" (ghost)") : QString());
    }
    for (std::size_t e = 0; e < both.topology.topology().edges.size(); ++e) {
        const auto& edge = both.topology.topology().edges[e];
        const CanvasMark& mark = both.marks->edges[e];
        if (mark.any())
            lines << name(edge.from) + QStringLiteral(" -> ") + name(edge.to) + QStringLiteral(": ") + mark.text +
                         (mark.ghost ? QStringLiteral(" (ghost)") : QString());
    }
    lines.sort();
    return lines.join(QLatin1Char('\n'));
}

const CanvasMark& markOf(const ComparedTopology& both, const gatehouse::model::ObjectKey& key)
{
    return both.marks->nodes[*both.topology.find(key)];
}

} // namespace

class TstCanvasMarks : public QuietTest {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void baseAndOpenAreOneTopology()
    {
        const auto both = unite(sample::make(), sample::comparison());
        QCOMPARE(print(both), QStringLiteral("dedicated -> own: added\n"
                                             "old -> old: removed (ghost)\n"
                                             "old: removed (ghost)\n"
                                             "old: removed (ghost)\n"
                                             "own -> own: added\n"
                                             "own: added\n"
                                             "own: added\n"
                                             "shared -> old: removed (ghost)\n"
                                             "shop: changed, re-routed"));
        QCOMPARE(both.topology.topology().nodes.size(), std::size_t{10});
        QVERIFY(both.topology.topology().namespaces == (std::vector<std::string>{"infra", "team-a", "team-b"}));
        // What is not there any more is neither well nor ill.
        const auto* ghost = both.topology.node(sample::oldRoute);
        QVERIFY(ghost->health == sample::Health::Unknown);
        QVERIFY(ghost->conditions.empty());
    }

    void sameSetsHaveNoMarks()
    {
        Comparison comparison;
        comparison.topology = sample::share(sample::make());
        const auto both = unite(sample::make(), comparison);
        QCOMPARE(print(both), QString());
        QCOMPARE(both.topology.topology().edges.size(), sample::make().edges.size());
    }

    void changedEdgeIsMarked_data()
    {
        QTest::addColumn<int>("edge");
        QTest::addColumn<QString>("what");
        QTest::newRow("refused where it was accepted") << 0 << "rejected";
        QTest::newRow("on another listener") << 1 << "listeners";
        QTest::newRow("another share") << 5 << "label";
        QTest::newRow("a relation follows from others") << 0 << "relation";
    }

    void changedEdgeIsMarked()
    {
        QFETCH(int, edge);
        QFETCH(QString, what);
        auto before = sample::make();
        auto& changed = before.edges[static_cast<std::size_t>(edge)];
        if (what == QLatin1String("rejected"))
            changed.rejected = true;
        else if (what == QLatin1String("listeners"))
            changed.listeners = {"http"};
        else if (what == QLatin1String("label"))
            changed.label = "weight 80 %";
        else
            changed.relation = sample::Relation::ManyToMany, changed.label = "many-to-many";
        Comparison comparison;
        comparison.topology = sample::share(std::move(before));
        const QString marks = print(unite(sample::make(), comparison));
        QCOMPARE(marks.contains(QStringLiteral("changed")), what != QLatin1String("relation"));
    }

    void objectThatOnlyARouteNamedIsAdded()
    {
        // The base names the Service already, which is drawn as missing there.
        Comparison comparison;
        comparison.topology = sample::share(sample::make());
        Change& change = comparison.objects.emplace_back();
        change.mark = ChangeMark::Added;
        change.key = sample::shopService;
        const auto both = unite(sample::make(), comparison);
        QCOMPARE(markOf(both, sample::shopService).text, QStringLiteral("added"));
        QVERIFY(!markOf(both, sample::shopService).ghost);
    }

    void onlyWhatChanged()
    {
        const auto both = unite(sample::make(), sample::comparison());
        const TopologyIndex& index = both.topology;
        CanvasFilter filter;
        filter.changesOnly = true;
        const auto shown = applyFilter(index, filter, both.marks.get());
        for (const auto& key : {sample::ownRoute, sample::oldRoute, sample::shopRoute, sample::sharedGateway})
            QVERIFY(shown.nodes[*index.find(key)]);
        for (const auto& key : {sample::blogRoute, sample::blogService})
            QVERIFY(!shown.nodes[*index.find(key)]);
        // Without a comparison there is nothing to ask for.
        const auto all = applyFilter(index, filter);
        QVERIFY(std::find(all.nodes.begin(), all.nodes.end(), false) == all.nodes.end());
    }

    void foldedCardCountsItsMarks()
    {
        const auto both = unite(sample::make(), sample::comparison());
        ShowOptions options;
        options.wishes[namespaceKey("team-a")] = true;
        const ShownGraph shown = fold(both.topology, options);
        const CanvasMarks marks = marksOf(shown, *both.marks);
        QCOMPARE(marks.nodes.size(), shown.index.topology().nodes.size());
        QCOMPARE(marks.edges.size(), shown.index.topology().edges.size());
        const CanvasMark& card = marks.nodes[*shown.index.find(namespaceKey("team-a"))];
        QCOMPARE(card.text, QStringLiteral("2 removed, 1 changed, 1 re-routed"));
        QVERIFY(!card.ghost);
        QVERIFY(card.change == ChangeMark::Changed);
    }

    void sceneMarksCardsAndEdges()
    {
        TopologyScene scene;
        const auto both = unite(sample::make(), sample::comparison());
        scene.setTopology(both.topology, nullptr, both.marks);
        QTRY_VERIFY(!scene.arranging());
        NodeItem* ghost = scene.nodeItem(sample::oldRoute);
        QVERIFY(ghost);
        QVERIFY(ghost->mark().ghost);
        QCOMPARE(scene.nodeItem(sample::ownRoute)->mark().text, QStringLiteral("added"));
        QVERIFY(!scene.nodeItem(sample::blogRoute)->mark().any());
        const EdgeItem* gone =
            scene.edgeItem({sample::EdgeKind::Attachment, sample::sharedGateway, sample::oldRoute, 0});
        QVERIFY(gone->mark().ghost);
        QVERIFY(gone->pen().style() != Qt::SolidLine);
        QVERIFY(gone->toolTip().contains(QStringLiteral("removed")));
        QVERIFY(ghost->boundingRect().top() < ghost->cardRect().top() - 8);

        // A ghost is picked like any other card; it goes when nothing is compared any more.
        scene.select(sample::oldRoute);
        QVERIFY(scene.selectedKey() == sample::oldRoute);
        NodeItem* own = scene.nodeItem(sample::ownRoute);
        scene.setTopology(sample::share(sample::make()));
        QTRY_VERIFY(!scene.arranging());
        QVERIFY(!scene.nodeItem(sample::oldRoute));
        QVERIFY(!scene.selectedKey());
        QCOMPARE(scene.nodeItem(sample::ownRoute), own);
        QVERIFY(!own->mark().any());
    }

    void coverageStaysOnRoutes()
    {
        TopologyScene scene;
        scene.setTopology(sample::share(sample::make()));
        QTRY_VERIFY(!scene.arranging());
        auto coverage = std::make_shared<TestCoverage>();
        coverage->routes[sample::shopRoute].rules[0] = {QStringLiteral("rules[0]"), 1, 1, {}};
        coverage->routes[sample::shopRoute].rules[1] = {QStringLiteral("rules[1]"), 0, 2, {}};
        scene.setCoverage(coverage);
        QCOMPARE(scene.nodeItem(sample::shopRoute)->coverageText(), QStringLiteral("1/2 rules tested"));
        QCOMPARE(scene.nodeItem(sample::blogRoute)->coverageText(), QString());
        scene.setTopology(sample::share(sample::make())); // a reload keeps it
        QCOMPARE(scene.nodeItem(sample::shopRoute)->coverageText(), QStringLiteral("1/2 rules tested"));
        scene.setCoverage(nullptr);
        QCOMPARE(scene.nodeItem(sample::shopRoute)->coverageText(), QString());
    }
};

QTEST_MAIN(TstCanvasMarks)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_canvas_marks.moc"
