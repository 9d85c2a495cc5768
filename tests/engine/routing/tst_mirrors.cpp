#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#include <set>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace gatehouse::routing;

/// RequestMirror filters as they are compiled (semantics 9.5).
class TstMirrors : public QObject {
    Q_OBJECT
private slots:
    void samples_data();
    void samples();
    void resolvesReferences_data();
    void resolvesReferences();
    void numbersAreTheirOwn();
};

namespace {

RequestMirror mirrorTo(const std::string& service, std::uint16_t port = 80)
{
    RequestMirror mirror;
    mirror.backendRef.name = service;
    mirror.backendRef.port = port;
    return mirror;
}

} // namespace

void TstMirrors::samples_data()
{
    QTest::addColumn<uint>("numerator");
    QTest::addColumn<uint>("denominator");
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("copies");
    const auto row = [](uint numerator, uint denominator, int requests, int copies) {
        QTest::addRow("%u of %u: %d of %d", numerator, denominator, copies, requests)
            << numerator << denominator << requests << copies;
    };
    row(0, 100, 1000, 0);
    row(100, 100, 1000, 1000);
    row(20, 100, 1000, 200);
    row(35, 100, 1000, 350);
    row(1, 100, 1, 1);
    row(1, 100, 100, 1);
    row(1, 100, 101, 2);
    row(1, 3, 999, 333);
    row(2, 3, 999, 666);
    row(2147483646u, 2147483647u, 1000, 1000);
    row(1, 2147483647u, 1000, 1);
    row(1, 1, 10, 10);
}

void TstMirrors::samples()
{
    QFETCH(uint, numerator);
    QFETCH(uint, denominator);
    QFETCH(int, requests);
    QFETCH(int, copies);
    CompiledMirror mirror;
    mirror.numerator = numerator;
    mirror.denominator = denominator;
    std::uint64_t phase = 0;
    int sampled = 0;
    for (int i = 0; i < requests; ++i)
        sampled += isSampled(mirror, phase) ? 1 : 0;
    QCOMPARE(sampled, copies);
}

void TstMirrors::resolvesReferences_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("namespace_");
    QTest::addColumn<uint>("percent");
    QTest::addColumn<QString>("words");
    QTest::newRow("all") << "copy"
                         << "" << 100u << "copy to a/copy:80, whose answer is ignored";
    QTest::newRow("some") << "copy"
                          << "" << 20u << "copy 20 of 100 requests to a/copy:80, whose answers are ignored";
    QTest::newRow("a Service that does not exist") << "missing"
                                                   << "" << 100u << "no copy to missing: BackendNotFound: ";
    QTest::newRow("one in another namespace, which nobody grants")
        << "copy"
        << "b" << 100u << "no copy to b/copy: RefNotPermitted: ";
}

void TstMirrors::resolvesReferences()
{
    QFETCH(QString, service);
    QFETCH(QString, namespace_);
    QFETCH(uint, percent);
    QFETCH(QString, words);
    World world;
    World::listener(world.gateway("a/gw"), "http", 80);
    world.service("a/copy");
    world.service("b/copy");
    RequestMirror mirror = mirrorTo(service.toStdString());
    mirror.numerator = percent;
    if (!namespace_.isEmpty())
        mirror.backendRef.namespace_ = namespace_.toStdString();
    world.rule(world.route("a/r", "a/gw"), {prefix("/")}).filters.push_back(mirror);
    const auto snapshot = world.compile();
    QCOMPARE(world.problems.size(), std::size_t(0));
    ExplainRequest request;
    request.authority = "x.test";
    const Explanation explanation = explain(*snapshot, request);
    QCOMPARE(explanation.status, std::uint16_t(0)); // a bad mirror is no reason to fail
    QVERIFY2(explanation.filters.at(0).starts_with(words.toStdString()), explanation.filters.at(0).c_str());
    const auto& compiled = std::get<CompiledMirror>(snapshot->rules.at(0).filters.at(0));
    QCOMPARE(compiled.cluster.valid(), !words.startsWith("no copy"));
    if (compiled.cluster.valid())
        QCOMPARE(snapshot->clusters.at(compiled.cluster.value).name, std::string("a/copy:80"));
}

void TstMirrors::numbersAreTheirOwn()
{
    World world;
    World::listener(world.gateway("a/gw"), "http", 80);
    world.service("a/one");
    world.service("a/two");
    HTTPRoute& route = world.route("a/r", "a/gw");
    BackendRef own = backend("one");
    own.filters = {mirrorTo("two")};
    world.rule(route, {prefix("/")}, {own}).filters = {mirrorTo("one"), mirrorTo("two")};
    world.rule(route, {prefix("/b")}).filters = {mirrorTo("one")};
    const auto snapshot = world.compile();
    std::set<std::uint32_t> numbers;
    const auto add = [&](const std::vector<CompiledFilter>& filters) {
        for (const CompiledFilter& filter : filters)
            numbers.insert(std::get<CompiledMirror>(filter).number);
    };
    for (const CompiledRule& rule : snapshot->rules) {
        add(rule.filters);
        for (const WeightedBackend& each : rule.backends)
            add(each.filters);
    }
    QCOMPARE(numbers, (std::set<std::uint32_t>{0, 1, 2, 3}));
    QCOMPARE(snapshot->mirrors, std::uint32_t(4));
}

QTEST_APPLESS_MAIN(TstMirrors)
#include "tst_mirrors.moc"
