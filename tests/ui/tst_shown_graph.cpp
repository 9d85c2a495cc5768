#include "quiet.h"
#include "sample_topology.h"
#include "ui/topology/shown_graph.h"

using namespace gatehouse::ui;

namespace {

/// `routes` routes of each of `spaces` namespaces on one Gateway in infra, with a backend each.
sample::Topology fleet(int spaces, int routes)
{
    sample::Topology t;
    t.nodes.push_back(sample::node(sample::NodeKind::Gateway, sample::sharedGateway, "gatehouse"));
    t.nodes.back().ports = {sample::port("http", 80, 8080)};
    t.namespaces.push_back("infra");
    std::vector<std::uint32_t> made;
    for (int s = 0; s < spaces; ++s) {
        const std::string ns = "team-" + std::to_string(s);
        t.namespaces.push_back(ns);
        for (int r = 0; r < routes; ++r) {
            made.push_back(static_cast<std::uint32_t>(t.nodes.size()));
            t.nodes.push_back(sample::node(sample::NodeKind::Route,
                                           sample::key("HTTPRoute", ns, "r" + std::to_string(100 + r)), "host"));
        }
    }
    for (const std::uint32_t r : made) {
        const auto backend = static_cast<std::uint32_t>(t.nodes.size());
        const auto& key = t.nodes[r].key;
        t.nodes.push_back(sample::node(sample::NodeKind::Backend,
                                       sample::key("Service", key.name.namespace_, "s-" + key.name.name), ":80"));
        sample::attach(t, 0, r, sample::Relation::OneToMany);
        sample::refer(t, r, backend);
    }
    return t;
}

TopologyIndex indexOf(sample::Topology topology)
{
    return TopologyIndex(sample::share(std::move(topology)));
}

QStringList titles(const ShownGraph& shown)
{
    QStringList list;
    for (const auto& node : shown.index.topology().nodes)
        list << QString::fromStdString(node.title);
    return list;
}

const sample::TopologyNode* cardOf(const TopologyIndex& whole, const ShownGraph& shown, const sample::ObjectKey& key)
{
    const std::int32_t at = shown.shownOf[*whole.find(key)];
    return at < 0 ? nullptr : &shown.index.topology().nodes[static_cast<std::size_t>(at)];
}

} // namespace

class TstShownGraph : public QuietTest {
    Q_OBJECT
private slots:
    void smallTopologyIsShownAsItIs()
    {
        const TopologyIndex whole = indexOf(sample::make());
        const ShownGraph shown = fold(whole, {});
        QCOMPARE(shown.index.topology().nodes.size(), whole.topology().nodes.size());
        QCOMPARE(shown.index.topology().edges.size(), whole.topology().edges.size());
        for (const auto& group : shown.groups)
            QVERIFY(!group);
    }

    void framesKnowWhatIsInThem()
    {
        const ShownGraph shown = fold(indexOf(sample::make()), {});
        const NamespaceFacts& facts = shown.namespaces.at("team-a");
        QCOMPARE(facts.routes, 2u);
        QCOMPARE(facts.backends, 2u);
        QCOMPARE(facts.gateways, 0u);
        QCOMPARE(facts.problems, 1u); // blog is refused
        QCOMPARE(shown.namespaces.at("infra").gateways, 1u);
    }

    void foldedNamespaceStandsForAllOfIt()
    {
        const TopologyIndex whole = indexOf(sample::make());
        ShowOptions options;
        options.wishes[namespaceKey("team-a")] = true;
        const ShownGraph shown = fold(whole, options);
        QCOMPARE(shown.index.topology().nodes.size(), std::size_t{5});
        const auto* card = cardOf(whole, shown, sample::shopService);
        QVERIFY(card && card->key == namespaceKey("team-a"));
        QVERIFY2(card->health == sample::Health::Warning, "a folded problem still shows");
        QCOMPARE(QString::fromStdString(card->subtitle), QStringLiteral("2 HTTPRoutes \u00b7 2 Services"));
        // Two attachments of the shared Gateway became one edge; the refusal of the dedicated one stays apart.
        QStringList labels;
        for (const auto& edge : shown.index.topology().edges) {
            if (shown.index.topology().nodes[edge.to].key == namespaceKey("team-a"))
                labels << QString::fromStdString(edge.rejected ? edge.reason : edge.label);
        }
        QCOMPARE(labels, QStringList({QStringLiteral("\u00d7 2"), QStringLiteral("NotAllowedByListeners")}));
    }

    void foldedGatewayTakesWhatHangsOnItAlone()
    {
        const TopologyIndex whole = indexOf(sample::make());
        ShowOptions options;
        options.wishes[sample::sharedGateway] = true;
        const ShownGraph shown = fold(whole, options);
        // shop and its backend go into it; blog is wanted by the other Gateway too (and refused there).
        QVERIFY(cardOf(whole, shown, sample::shopRoute)->key == sample::sharedGateway);
        QVERIFY(cardOf(whole, shown, sample::shopService)->key == sample::sharedGateway);
        QVERIFY(cardOf(whole, shown, sample::blogRoute)->key == sample::blogRoute);
        QVERIFY2(cardOf(whole, shown, sample::sharedGateway)->ports.empty(), "a folded Gateway has no rows");
    }

    void leavesThatAreConnectedAlikeFoldIntoOne()
    {
        const TopologyIndex whole = indexOf(fleet(1, 6));
        const auto route = whole.topology().nodes[1].key;
        const auto key = leavesKey(whole, {}, route);
        QVERIFY(key);
        ShowOptions options;
        options.wishes[*key] = true;
        const ShownGraph shown = fold(whole, options);
        QVERIFY(titles(shown).contains(QStringLiteral("6 HTTPRoutes")));
        QCOMPARE(shown.index.topology().nodes.size(), std::size_t{8}); // Gateway, routes, six backends
        // Backends of one group are alike as well: now they can be folded.
        QVERIFY(leavesKey(whole, options, whole.topology().nodes[7].key));
        QVERIFY2(!leavesKey(whole, {}, whole.topology().nodes[7].key), "each has a route of its own");
    }

    void problemsDoNotFoldWithWhatIsWell()
    {
        sample::Topology topology = fleet(1, 6);
        topology.nodes[3].health = sample::Health::Bad;
        const TopologyIndex whole = indexOf(std::move(topology));
        ShowOptions options;
        options.comfortable = 5;
        const ShownGraph shown = fold(whole, options);
        QVERIFY(titles(shown).contains(QStringLiteral("5 HTTPRoutes")));
        QVERIFY(titles(shown).contains(QStringLiteral("r102")));
    }

    void manyCardsFoldByThemselves_data()
    {
        QTest::addColumn<int>("spaces");
        QTest::addColumn<int>("routes");
        QTest::addColumn<int>("most");
        QTest::addColumn<bool>("spacesFold");
        QTest::newRow("few stay open") << 3 << 20 << 150 << false;
        QTest::newRow("leaves fold first") << 2 << 100 << 10 << false;
        QTest::newRow("then namespaces") << 100 << 40 << 110 << true;
    }

    void manyCardsFoldByThemselves()
    {
        QFETCH(int, spaces);
        QFETCH(int, routes);
        QFETCH(int, most);
        QFETCH(bool, spacesFold);
        const ShownGraph shown = fold(indexOf(fleet(spaces, routes)), {});
        const auto cards = static_cast<int>(shown.index.topology().nodes.size());
        QVERIFY2(cards <= most, qPrintable(QString::number(cards)));
        const bool folded = std::any_of(shown.groups.begin(), shown.groups.end(),
                                        [](const auto& group) { return group && group->role == GroupRole::Namespace; });
        QCOMPARE(folded, spacesFold);
        QVERIFY2(titles(shown).contains(QStringLiteral("shared")), "the Gateway stays to be seen");
    }

    void wishesWinOverDefaults()
    {
        const TopologyIndex whole = indexOf(fleet(100, 40));
        ShowOptions options;
        options.wishes[namespaceKey("team-7")] = false;
        ShownGraph shown = fold(whole, options);
        QVERIFY(!titles(shown).contains(QStringLiteral("team-7")));
        QVERIFY(titles(shown).contains(QStringLiteral("40 HTTPRoutes")));
        options.automatic = false;
        shown = fold(whole, options);
        QCOMPARE(shown.index.topology().nodes.size(), whole.topology().nodes.size());
    }

    void whatIsFocusedOnStaysOpen()
    {
        const TopologyIndex whole = indexOf(fleet(100, 40));
        ShowOptions options;
        options.open = sample::key("HTTPRoute", "team-7", "r110");
        const ShownGraph shown = fold(whole, options);
        QVERIFY(cardOf(whole, shown, *options.open)->key == *options.open);
    }

    void hiddenNodesHaveNoCard()
    {
        const TopologyIndex whole = indexOf(sample::make());
        ShowOptions options;
        options.nodes.assign(whole.topology().nodes.size(), true);
        options.nodes[*whole.find(sample::ownRoute)] = false;
        const ShownGraph shown = fold(whole, options);
        QVERIFY(!cardOf(whole, shown, sample::ownRoute));
        QCOMPARE(shown.index.topology().nodes.size(), whole.topology().nodes.size() - 1);
        QCOMPARE(shown.index.topology().edges.size(), whole.topology().edges.size() - 2);
    }

    void foldingIsDeterministic()
    {
        const TopologyIndex whole = indexOf(fleet(30, 20));
        const ShownGraph one = fold(whole, {}), other = fold(whole, {});
        QCOMPARE(titles(one), titles(other));
        QVERIFY(one.shownOf == other.shownOf);
    }

    void everyObjectFindsItsCard()
    {
        const TopologyIndex whole = indexOf(fleet(30, 20));
        ShowOptions options;
        options.wishes[sample::sharedGateway] = true;
        options.wishes[namespaceKey("infra")] = true;
        for (const bool automatic : {true, false}) {
            options.automatic = automatic;
            const ShownGraph shown = fold(whole, options);
            QCOMPARE(shown.groups.size(), shown.index.topology().nodes.size());
            for (const std::int32_t at : shown.shownOf)
                QVERIFY(at >= 0 && at < static_cast<std::int32_t>(shown.groups.size()));
            std::size_t folded = 0;
            for (const auto& group : shown.groups)
                folded += group ? group->members.size() : 0;
            const auto alone = static_cast<std::size_t>(
                std::count_if(shown.groups.begin(), shown.groups.end(), [](const auto& group) { return !group; }));
            QCOMPARE(folded + alone, whole.topology().nodes.size());
        }
    }
};

QTEST_APPLESS_MAIN(TstShownGraph)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_shown_graph.moc"
