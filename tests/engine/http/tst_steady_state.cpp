// What a request costs once its connection is warm: no allocation on the worker, for a proxied HTTP/1.1 exchange with
// filters and a body either way.
#include "../runtime/cluster.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

/// Threads of the engine are counted; the test's own are not.
thread_local bool counted = true;
std::atomic<std::uint64_t> allocations{0};

void* allocate(std::size_t size)
{
    if (counted)
        allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}

} // namespace

// Whatever is made with new passes here; the engine calls malloc by no other way on this path.
void* operator new(std::size_t size)
{
    return allocate(size);
}
void* operator new[](std::size_t size)
{
    return allocate(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    return allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept
{
    return allocate(size);
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}

using namespace gatehouse::test;

class TstSteadyState : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { counted = false; }
    void proxiedRequestAllocatesNothing_data();
    void proxiedRequestAllocatesNothing();
};

void TstSteadyState::proxiedRequestAllocatesNothing_data()
{
    QTest::addColumn<QByteArray>("filters");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("answer");

    const QByteArray get = "GET /v1/items?page=2 HTTP/1.1\r\nHost: app.test\r\nUser-Agent: test\r\nAccept: */*\r\n\r\n";
    const QByteArray post = "POST /v1/items HTTP/1.1\r\nHost: app.test\r\nContent-Length: 5\r\n\r\nhello";
    const QByteArray small = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nyes";
    QTest::newRow("a GET with a small answer") << QByteArray() << get << small;
    QTest::newRow("a POST with a body") << QByteArray() << post << small;
    QTest::newRow("a chunked answer")
        << QByteArray() << get
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nyes\r\n0\r\n\r\n");
    QTest::newRow("header filters and a rewrite")
        << QByteArray("    filters:\n"
                      "    - type: RequestHeaderModifier\n"
                      "      requestHeaderModifier: {set: [{name: x-team, value: a}], remove: [accept]}\n"
                      "    - type: ResponseHeaderModifier\n"
                      "      responseHeaderModifier: {add: [{name: x-served-by, value: gatehouse}]}\n"
                      "    - type: URLRewrite\n"
                      "      urlRewrite: {hostname: inside.test}\n")
        << get << small;
}

void TstSteadyState::proxiedRequestAllocatesNothing()
{
    QFETCH(QByteArray, filters);
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, answer);
    Listening backend;
    gatehouse::engine::EngineOptions options = workers(1);
    options.eventCapacity = 32; // every slot of the log's ring is warm once it was filled
    Running running(options, Running::backendAt(backend.port(), filters.toStdString()));
    Wire client = running.connect();
    client.send(request.toStdString());
    Wire server = backend.accept();
    std::vector<gatehouse::model::AccessEvent> taken;
    const std::size_t bodyBytes = request.endsWith("hello") ? 5 : 0;
    const auto exchange = [&] {
        QVERIFY(!server.readThrough("\r\n\r\n").empty());
        QCOMPARE(server.readExactly(bodyBytes).size(), bodyBytes);
        server.send(answer.toStdString());
        QCOMPARE(client.readAnswer().status, 200);
        running.engine.takeEvents(taken); // a full ring would drop them
        taken.clear();
    };
    exchange();
    constexpr int warmUp = 50, measured = 200;
    for (int i = 1; i < warmUp; ++i) {
        client.send(request.toStdString());
        exchange();
    }
    const std::uint64_t before = allocations.load();
    for (int i = 0; i < measured; ++i) {
        client.send(request.toStdString());
        exchange();
    }
    QCOMPARE(allocations.load() - before, std::uint64_t{0});
}

QTEST_APPLESS_MAIN(TstSteadyState)
#include "tst_steady_state.moc"
