#include "quiet.h"
#include "sample_topology.h"
#include "ui/topology/canvas_filter.h"

using namespace gatehouse::ui;

namespace {

/// The sample, with a UDP listener on the dedicated Gateway that nothing is attached to, and a policy of shop's
/// backend.
sample::Topology larger()
{
    sample::Topology topology = sample::make();
    topology.nodes[1].ports.push_back(sample::port("dns", 53, 8053));
    topology.nodes[1].ports.back().protocol = "UDP";
    topology.nodes.push_back(sample::node(sample::NodeKind::Policy,
                                          sample::key("BackendTLSPolicy", "team-a", "shop-tls"), "BackendTLSPolicy"));
    sample::TopologyEdge policy;
    policy.kind = sample::EdgeKind::Policy;
    policy.from = 8;
    policy.to = 6;
    topology.edges.push_back(policy);
    return topology;
}

QStringList names(const TopologyIndex& index, const FilterMarks& marks)
{
    QStringList list;
    for (std::size_t n = 0; n < marks.nodes.size(); ++n) {
        if (marks.nodes[n])
            list << QString::fromStdString(index.topology().nodes[n].key.kind + "/" +
                                           index.topology().nodes[n].key.name.name);
    }
    return list;
}

} // namespace

class TstCanvasFilter : public QuietTest {
    Q_OBJECT
private slots:
    void shows_data()
    {
        QTest::addColumn<CanvasFilter>("filter");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, auto set, const char* shown) {
            CanvasFilter filter;
            set(filter);
            QTest::newRow(name) << filter << QString::fromLatin1(shown);
        };
        row(
            "everything", [](CanvasFilter&) {},
            "Gateway/shared Gateway/dedicated HTTPRoute/blog HTTPRoute/shop HTTPRoute/own Service/blog Service/shop "
            "Service/own BackendTLSPolicy/shop-tls");
        row(
            "a kind", [](CanvasFilter& f) { f.kinds = {"Gateway"}; }, "Gateway/shared Gateway/dedicated");
        row(
            "a namespace", [](CanvasFilter& f) { f.namespaces = {"team-b"}; },
            "Gateway/dedicated HTTPRoute/own Service/own");
        row(
            "a health", [](CanvasFilter& f) { f.healths = {sample::Health::Warning}; }, "HTTPRoute/blog");
        row(
            "a protocol: its Gateway, and nothing that is attached elsewhere",
            [](CanvasFilter& f) { f.protocols = {"UDP"}; }, "Gateway/dedicated");
        row(
            "a protocol with all that is behind it", [](CanvasFilter& f) { f.protocols = {"HTTP"}; },
            "Gateway/shared Gateway/dedicated HTTPRoute/blog HTTPRoute/shop HTTPRoute/own Service/blog Service/shop "
            "Service/own BackendTLSPolicy/shop-tls");
        row(
            "a relation: its ends and the backends behind", [](CanvasFilter& f) { f.links = {LinkKind::OneToOne}; },
            "Gateway/dedicated HTTPRoute/own Service/own");
        row(
            "refused", [](CanvasFilter& f) { f.links = {LinkKind::Refused}; },
            "Gateway/dedicated HTTPRoute/blog Service/blog");
        row(
            "problems with what they are connected with", [](CanvasFilter& f) { f.problemsOnly = true; },
            "Gateway/shared Gateway/dedicated HTTPRoute/blog Service/blog");
        row(
            "two at once", [](CanvasFilter& f) { f.namespaces = {"team-a"}, f.kinds = {"Service"}; },
            "Service/blog Service/shop");
        row(
            "what is not there", [](CanvasFilter& f) { f.namespaces = {"nowhere"}; }, "");
    }

    void shows()
    {
        QFETCH(CanvasFilter, filter);
        QFETCH(QString, shown);
        const TopologyIndex index(sample::share(larger()));
        const FilterMarks marks = applyFilter(index, filter);
        QCOMPARE(names(index, marks).join(QLatin1Char(' ')), shown);
    }

    void relationHidesOtherAttachmentsOfTheSameEnds()
    {
        const TopologyIndex index(sample::share(larger()));
        CanvasFilter filter;
        filter.links = {LinkKind::Refused};
        const FilterMarks marks = applyFilter(index, filter);
        for (std::size_t e = 0; e < marks.edges.size(); ++e) {
            const auto kind = linkKind(index.topology().edges[e]);
            if (kind)
                QCOMPARE(bool(marks.edges[e]), *kind == LinkKind::Refused);
        }
    }

    void choicesAreWhatIsThere()
    {
        const FilterChoices choices = filterChoices(larger());
        QVERIFY(choices.kinds == std::set<std::string>({"BackendTLSPolicy", "Gateway", "HTTPRoute", "Service"}));
        QVERIFY(choices.namespaces == std::set<std::string>({"infra", "team-a", "team-b"}));
        QVERIFY(choices.protocols == std::set<std::string>({"HTTP", "UDP"}));
        QVERIFY(choices.links == std::set<LinkKind>({LinkKind::OneToOne, LinkKind::OneToMany, LinkKind::Refused}));
    }

    void emptyTopologyHasNoChoices() { QVERIFY(filterChoices({}) == FilterChoices()); }
};

QTEST_APPLESS_MAIN(TstCanvasFilter)
#include "moc_quiet.cpp" // its class lies in a header
#include "tst_canvas_filter.moc"
