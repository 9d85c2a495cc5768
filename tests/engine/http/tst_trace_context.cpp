#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"
#include "engine/http/trace_context.h"
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
namespace trace = engine::trace;

namespace {

constexpr const char* traceId = "0af7651916cd43dd8448eb211c80319c";
constexpr const char* parentId = "b7ad6b7169203331";

std::string parentText(const std::string& flags = "01")
{
    return std::string("00-") + traceId + '-' + parentId + '-' + flags;
}

std::string valueOf(const routing::HeaderFields& headers, std::string_view name)
{
    const routing::HeaderField* field = headers.find(name);
    return field ? std::string(field->value) : std::string("none");
}

/// What a backend received of a request with these fields.
std::string forwarded(bool tracing, const std::string& fields, model::AccessEvent* event = nullptr,
                      const std::string& extra = "")
{
    Backend backend([](Backend& self) {
        Wire wire = self.accept();
        self.tell(wire.readThrough("\r\n\r\n"));
        wire.send("HTTP/1.1 204 No Content\r\n\r\n");
        self.ordered();
    });
    engine::EngineOptions options = workers(1);
    options.tracing = tracing;
    Running running(options, Running::backendAt(backend.port(), extra));
    Wire client = running.connect();
    client.send("GET / HTTP/1.1\r\nHost: a.test\r\n" + fields + "\r\n");
    client.readThrough("\r\n\r\n");
    if (event)
        *event = running.nextEvent();
    backend.order("end");
    return backend.told();
}

std::string fieldOf(const std::string& head, const std::string& name)
{
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return "none";
    const std::size_t start = at + name.size() + 4;
    return head.substr(start, head.find("\r\n", start) - start);
}

} // namespace

class TstTraceContext : public QObject {
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void entersTheTraceThatItCameWith();
    void beginsATrace_data();
    void beginsATrace();
    void idsDiffer();
    void leavesRequestsAloneWhenOff();
    void tracesRequests();
    void tracesAnswersOfTheGateway_data();
    void tracesAnswersOfTheGateway();
    void rulesSeeTheTraceThatCame();
    void filtersHaveTheLastWord();
};

void TstTraceContext::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<bool>("sampled");
    const QByteArray ids = QByteArray(traceId) + "-" + parentId;
    QTest::newRow("sampled") << QByteArray("00-" + ids + "-01") << true << true;
    QTest::newRow("not sampled") << QByteArray("00-" + ids + "-00") << true << false;
    QTest::newRow("other flags are not ours") << QByteArray("00-" + ids + "-fe") << true << false;
    QTest::newRow("all flags") << QByteArray("00-" + ids + "-ff") << true << true;
    QTest::newRow("a later version") << QByteArray("cc-" + ids + "-01") << true << true;
    QTest::newRow("a later version with more") << QByteArray("cc-" + ids + "-01-what") << true << true;
    QTest::newRow("a later version that ends in a dash") << QByteArray("cc-" + ids + "-01-") << true << true;
    QTest::newRow("a later version with other than a dash") << QByteArray("cc-" + ids + "-01.what") << false << false;
    QTest::newRow("this version with more") << QByteArray("00-" + ids + "-01-what") << false << false;
    QTest::newRow("this version with a dash more") << QByteArray("00-" + ids + "-01-") << false << false;
    QTest::newRow("version ff") << QByteArray("ff-" + ids + "-01") << false << false;
    QTest::newRow("version no hex") << QByteArray("0x-" + ids + "-01") << false << false;
    QTest::newRow("upper case") << QByteArray("00-" + ids.toUpper() + "-01") << false << false;
    QTest::newRow("trace-id of zeros") << QByteArray("00-" + QByteArray(32, '0') + "-" + parentId + "-01") << false
                                       << false;
    QTest::newRow("parent-id of zeros") << QByteArray(QByteArray("00-") + traceId + "-" + QByteArray(16, '0') + "-01")
                                        << false << false;
    QTest::newRow("trace-id no hex") << QByteArray("00-" + QByteArray(ids).replace(3, 1, "g") + "-01") << false
                                     << false;
    QTest::newRow("flags no hex") << QByteArray("00-" + ids + "-0x") << false << false;
    QTest::newRow("one short") << QByteArray("00-" + ids + "-0") << false << false;
    QTest::newRow("no dashes") << QByteArray("00-" + ids + "-01").replace('-', '0') << false << false;
    QTest::newRow("empty") << QByteArray() << false << false;
}

void TstTraceContext::parses()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QFETCH(bool, sampled);
    const auto parent = trace::parse({text.constData(), static_cast<std::size_t>(text.size())});
    QCOMPARE(parent.has_value(), valid);
    if (!parent)
        return;
    QCOMPARE(parent->traceId, std::string_view(traceId));
    QCOMPARE(parent->parentId, std::string_view(parentId));
    QCOMPARE(parent->sampled, sampled);
}

void TstTraceContext::entersTheTraceThatItCameWith()
{
    trace::Ids ids;
    routing::TextArena arena;
    for (const char* flags : {"01", "00"}) {
        const std::string text = parentText(flags);
        routing::HeaderFields headers;
        headers.add("tracestate", "a=1");
        headers.add("Traceparent", text);
        trace::enter(headers, arena, ids);
        const auto parent = trace::parentOf(headers);
        QVERIFY(parent.has_value());
        QCOMPARE(parent->traceId, std::string_view(traceId));
        QVERIFY(parent->parentId != parentId);
        QCOMPARE(parent->sampled, flags[1] == '1');
        QCOMPARE(valueOf(headers, "tracestate"), std::string("a=1"));
        QCOMPARE(headers.size(), std::size_t{2});
    }
}

void TstTraceContext::beginsATrace_data()
{
    QTest::addColumn<QList<QByteArray>>("came");
    QTest::newRow("none") << QList<QByteArray>{};
    QTest::newRow("invalid") << QList<QByteArray>{"00-what"};
    QTest::newRow("two of them") << QList<QByteArray>{parentText().c_str(), parentText().c_str()};
}

void TstTraceContext::beginsATrace()
{
    QFETCH(QList<QByteArray>, came);
    trace::Ids ids;
    routing::TextArena arena;
    routing::HeaderFields headers;
    headers.add("tracestate", "a=1");
    for (const QByteArray& each : came)
        headers.add("traceparent", {each.constData(), static_cast<std::size_t>(each.size())});
    trace::enter(headers, arena, ids);
    const auto parent = trace::parentOf(headers);
    QVERIFY2(parent.has_value(), valueOf(headers, "traceparent").c_str());
    QVERIFY(parent->traceId != traceId);
    QVERIFY(parent->sampled);
    QCOMPARE(headers.size(), std::size_t{1});
}

void TstTraceContext::idsDiffer()
{
    trace::Ids one, two;
    QVERIFY(one.next() != two.next());
    QVERIFY(one.next() != one.next());
}

void TstTraceContext::leavesRequestsAloneWhenOff()
{
    QCOMPARE(fieldOf(forwarded(false, ""), "traceparent"), std::string("none"));
    model::AccessEvent event;
    const std::string head = forwarded(false, "traceparent: " + parentText() + "\r\ntracestate: a=1\r\n", &event);
    QCOMPARE(fieldOf(head, "traceparent"), parentText());
    QCOMPARE(fieldOf(head, "tracestate"), std::string("a=1"));
    QCOMPARE(event.traceId, std::string(traceId));
    const std::string bad = forwarded(false, "traceparent: what\r\ntracestate: a=1\r\n", &event);
    QCOMPARE(fieldOf(bad, "traceparent"), std::string("what"));
    QCOMPARE(event.traceId, std::string());
}

void TstTraceContext::tracesRequests()
{
    model::AccessEvent event;
    const std::string made = fieldOf(forwarded(true, "", &event), "traceparent");
    const auto parent = trace::parse(made);
    QVERIFY2(parent.has_value(), made.c_str());
    QCOMPARE(event.traceId, std::string(parent->traceId));
    const std::string kept = forwarded(true, "traceparent: " + parentText("00") + "\r\ntracestate: a=1\r\n", &event);
    const std::string continued = fieldOf(kept, "traceparent");
    const auto hop = trace::parse(continued);
    QVERIFY(hop.has_value() && !hop->sampled);
    QCOMPARE(hop->traceId, std::string_view(traceId));
    QVERIFY(hop->parentId != parentId);
    QCOMPARE(fieldOf(kept, "tracestate"), std::string("a=1"));
    QCOMPARE(event.traceId, std::string(traceId));
}

void TstTraceContext::tracesAnswersOfTheGateway_data()
{
    QTest::addColumn<QString>("rule"); // of an HTTPRoute
    QTest::addColumn<QString>("request");
    QTest::addColumn<int>("status");
    const QString get = "GET / HTTP/1.1";
    QTest::newRow("no rule") << "  - matches: [{path: {value: /other}}]" << get << 404;
    QTest::newRow("a redirect") << "  - filters: [{type: RequestRedirect, requestRedirect: {hostname: b.test}}]" << get
                                << 302;
    QTest::newRow("no backendRefs") << "  - name: empty" << get << 500;
    QTest::newRow("a missing Service") << "  - backendRefs: [{name: missing, port: 80}]" << get << 500;
    QTest::newRow("no forward proxy") << "  - name: empty"
                                      << "CONNECT a.test:80 HTTP/1.1" << 501;
}

void TstTraceContext::tracesAnswersOfTheGateway()
{
    QFETCH(QString, rule);
    QFETCH(QString, request);
    QFETCH(int, status);
    engine::EngineOptions options = workers(1);
    options.tracing = true;
    Running running(options, {"\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: all}\n"
                              "spec:\n  parentRefs: [{name: gate}]\n  rules:\n" +
                              rule.toStdString() + "\n---"});
    for (const bool came : {false, true}) {
        Wire client = running.connect();
        const std::string host = request.startsWith("CONNECT") ? "a.test:80" : "a.test";
        const Answer answer = client.ask(request.toStdString() + "\r\nHost: " + host + "\r\n" +
                                         (came ? "traceparent: " + parentText() + "\r\n" : std::string()) + "\r\n");
        QCOMPARE(answer.status, status);
        const model::AccessEvent event = running.nextEvent();
        QCOMPARE(event.traceId.size(), std::size_t{32});
        QCOMPARE(event.traceId == traceId, came);
    }
}

void TstTraceContext::rulesSeeTheTraceThatCame()
{
    engine::EngineOptions options = workers(1);
    options.tracing = true;
    Running running(options,
                    {"\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: all}\n"
                     "spec:\n  parentRefs: [{name: gate}]\n  rules:\n"
                     "  - matches: [{headers: [{name: traceparent, value: " +
                     parentText() +
                     "}]}]\n    filters: [{type: RequestRedirect, requestRedirect: {hostname: b.test}}]\n---"});
    Wire client = running.connect();
    QCOMPARE(client.ask("GET / HTTP/1.1\r\nHost: a.test\r\ntraceparent: " + parentText() + "\r\n\r\n").status, 302);
}

void TstTraceContext::filtersHaveTheLastWord()
{
    const std::string filter =
        "    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [traceparent]}}]";
    QCOMPARE(fieldOf(forwarded(true, "", nullptr, filter), "traceparent"), std::string("none"));
}

QTEST_APPLESS_MAIN(TstTraceContext)
#include "tst_trace_context.moc"
