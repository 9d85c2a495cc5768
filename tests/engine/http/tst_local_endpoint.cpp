#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts in <thread>
#include "../runtime/cluster.h"

#include <future>
#endif

#include <QtTest/QTest>

using namespace gatehouse;
using namespace gatehouse::test;
using namespace std::chrono_literals;
using engine::LocalReply;
using engine::LocalRequest;

namespace {

constexpr const char* plainGet = "GET /p?q=1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// An endpoint whose requests the test answers itself, on its own thread.
class Endpoint {
public:
    struct Call {
        LocalRequest request;
        std::shared_ptr<LocalReply> reply;
    };

    explicit Endpoint(engine::LocalEndpointOptions options = {}, engine::EngineOptions engineOptions = workers(2))
        : engine(std::make_unique<engine::Engine>(engineOptions))
    {
        const auto bound = engine->serveLocal(options, [this](LocalRequest request, std::shared_ptr<LocalReply> reply) {
            const std::lock_guard lock(mutex_);
            calls_.push_back({std::move(request), std::move(reply)});
            changed_.notify_all();
        });
        if (!bound)
            throw std::runtime_error(bound.error());
        port = *bound;
    }
    ~Endpoint() { engine.reset(); } // nobody calls us any more

    Call next()
    {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, std::chrono::milliseconds(patienceMs), [this] { return !calls_.empty(); }))
            throw std::runtime_error("no request came");
        Call call = std::move(calls_.front());
        calls_.pop_front();
        return call;
    }
    [[nodiscard]] bool noneCame()
    {
        const std::lock_guard lock(mutex_);
        return calls_.empty();
    }

    std::unique_ptr<engine::Engine> engine;
    std::uint16_t port = 0;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Call> calls_;
};

/// Whether and when onClosed() came.
class Closed {
public:
    explicit Closed(LocalReply& reply)
    {
        reply.onClosed([promise = promise_] { promise->set_value(); });
    }
    [[nodiscard]] bool comes() { return future_.wait_for(std::chrono::milliseconds(patienceMs)) == ready; }
    [[nodiscard]] bool came() { return future_.wait_for(0ms) == ready; }

private:
    static constexpr auto ready = std::future_status::ready;
    std::shared_ptr<std::promise<void>> promise_ = std::make_shared<std::promise<void>>();
    std::future<void> future_ = promise_->get_future();
};

engine::LocalEndpointOptions limits(std::size_t body, std::size_t unread)
{
    engine::LocalEndpointOptions options;
    options.bodyLimit = body;
    options.unreadLimit = unread;
    return options;
}

} // namespace

class TstLocalEndpoint : public QObject {
    Q_OBJECT

private slots:
    void showsTheRequest();
    void answersLater();
    void answersWithoutBody_data();
    void answersWithoutBody();
    void sendsLargeAnswers();
    void countsTheFirstAnswerOnly();
    void streamsManyPieces();
    void streamsToOldClients();
    void streamHasNoBodyForHead();
    void keepsTheConnectionAfterAStream();
    void noticesClientThatLeaves_data();
    void noticesClientThatLeaves();
    void breaksOffForSlowReader();
    void breaksOffWhileAPieceWaits();
    void breaksOffForReaderThatStopped();
    void refusesLongBodies_data();
    void refusesLongBodies();
    void sends500WhenDropped();
    void breaksOffWhenDroppedInAStream();
    void drainEndsStreams();
    void drainWaitsForNoAnswer();
    void outlivesTheEngine();
    void manyThreadsStreamAtOnce();
};

void TstLocalEndpoint::showsTheRequest()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send("PATCH /a/b?c=d HTTP/1.1\r\nHost: localhost:1\r\nContent-Type: application/json\r\nACCEPT: a, b\r\n"
                "User-Agent: kubectl\r\nContent-Length: 2\r\n\r\n{}");
    const auto call = endpoint.next();
    QCOMPARE(call.request.method, std::string("PATCH"));
    QCOMPARE(call.request.target, std::string("/a/b?c=d"));
    QCOMPARE(call.request.host, std::string("localhost:1"));
    QCOMPARE(call.request.body, std::string("{}"));
    QCOMPARE(call.request.peer, std::string("127.0.0.1"));
    QCOMPARE(std::string(call.request.header("content-type")), std::string("application/json"));
    QCOMPARE(std::string(call.request.header("accept")), std::string("a, b"));
    QCOMPARE(std::string(call.request.header("user-agent")), std::string("kubectl"));
    QVERIFY(call.request.header("authorization").empty());
    call.reply->send({200, "application/json", "{}", {{"warning", "299 - \"old\""}, {"warning", "299 - \"odd\""}}});
    const Answer answer = client.readAnswer();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string("{}"));
    QCOMPARE(answer.field("content-type"), std::string("application/json"));
    QCOMPARE(answer.fields.count("warning"), std::size_t(2));
    QCOMPARE(answer.fields.count("date"), std::size_t(1));
}

void TstLocalEndpoint::answersLater()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(client.send(plainGet));
        auto call = endpoint.next();
        Closed closed(*call.reply);
        QVERIFY(client.more(30) == Wire::Got::Nothing);
        std::thread([reply = std::move(call.reply), i] { reply->send({202, "text/plain", std::to_string(i)}); }).join();
        const Answer answer = client.readAnswer();
        QVERIFY(answer.complete);
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.body, std::to_string(i));
        QVERIFY(!closed.came());
    }
}

void TstLocalEndpoint::answersWithoutBody_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("length");
    QTest::newRow("HEAD shows the length of the body that GET would have")
        << QByteArray("HEAD") << 200 << QByteArray("4");
    QTest::newRow("204 has no length") << QByteArray("DELETE") << 204 << QByteArray();
    QTest::newRow("304 has no length") << QByteArray("GET") << 304 << QByteArray();
}

void TstLocalEndpoint::answersWithoutBody()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    QFETCH(QByteArray, length);
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    const std::string request = method.toStdString() + " / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int i = 0; i < 2; ++i) { // the second finds the connection in order
        client.send(request);
        endpoint.next().reply->send({static_cast<std::uint16_t>(status), "text/plain", "body"});
        const Answer answer = client.readAnswer(true);
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.field("content-length"), length.toStdString());
        QVERIFY(client.buffer().empty());
    }
}

void TstLocalEndpoint::sendsLargeAnswers()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port, 4096);
    client.send(plainGet);
    std::string body(32 * 1024 * 1024, 'x');
    body.back() = 'y';
    endpoint.next().reply->send({200, "text/plain", body});
    const Answer answer = client.readAnswer();
    QVERIFY(answer.complete);
    QVERIFY(answer.body == body);
}

void TstLocalEndpoint::countsTheFirstAnswerOnly()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send(plainGet);
    const auto call = endpoint.next();
    call.reply->send({200, "text/plain", "first"});
    call.reply->send({500, "text/plain", "second"});
    call.reply->begin({500, "text/plain", "third"});
    QVERIFY(!call.reply->write("fourth"));
    call.reply->end();
    QCOMPARE(client.readAnswer().body, std::string("first"));
    QVERIFY(client.more(30) == Wire::Got::Nothing);
}

void TstLocalEndpoint::streamsManyPieces()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send(plainGet);
    auto call = endpoint.next();
    call.reply->begin({200, "application/json", "head\n", {{"x-a", "1"}}});
    // The head and the first piece come although nothing else does.
    const std::string head = lower(client.readThrough("\r\n\r\n"));
    QVERIFY(head.find("transfer-encoding: chunked") != std::string::npos);
    QVERIFY(head.find("x-a: 1") != std::string::npos);
    QCOMPARE(client.readThrough("head\n\r\n"), std::string("5\r\nhead\n\r\n"));
    std::thread writer([reply = std::move(call.reply)] {
        for (int i = 0; i < 5'000; ++i)
            reply->write(std::to_string(i) + (i % 50 == 0 ? std::string(20'000, '.') : std::string()) + "\n");
        reply->end();
    });
    std::string body;
    for (std::string line = client.readThrough("\r\n"); line != "0\r\n"; line = client.readThrough("\r\n")) {
        QVERIFY(!line.empty());
        const std::string chunk = client.readExactly(std::stoull(line, nullptr, 16) + 2);
        QVERIFY(chunk.size() > 2);
        body.append(chunk, 0, chunk.size() - 2);
    }
    writer.join();
    std::string expected;
    for (int i = 0; i < 5'000; ++i)
        expected += std::to_string(i) + (i % 50 == 0 ? std::string(20'000, '.') : std::string()) + "\n";
    QVERIFY(body == expected);
}

void TstLocalEndpoint::streamsToOldClients()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send("GET / HTTP/1.0\r\n\r\n");
    const auto call = endpoint.next();
    call.reply->begin({});
    QVERIFY(call.reply->write("one"));
    QVERIFY(call.reply->write("two"));
    call.reply->end();
    const Answer answer = client.readAnswer();
    QVERIFY(answer.complete);
    QCOMPARE(answer.field("transfer-encoding"), std::string());
    QCOMPARE(answer.body, std::string("onetwo"));
}

void TstLocalEndpoint::streamHasNoBodyForHead()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto call = endpoint.next();
    call.reply->begin({200, "text/plain", "one"});
    call.reply->write("two");
    call.reply->end();
    QCOMPARE(client.readAnswer(true).status, 200);
    QVERIFY(client.more(30) == Wire::Got::Nothing);
    QVERIFY(client.buffer().empty());
}

void TstLocalEndpoint::keepsTheConnectionAfterAStream()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    for (int i = 0; i < 3; ++i) {
        client.send(plainGet);
        const auto call = endpoint.next();
        call.reply->begin({});
        QVERIFY(call.reply->write("piece"));
        call.reply->end();
        const Answer answer = client.readAnswer();
        QVERIFY(answer.complete);
        QCOMPARE(answer.body, std::string("piece"));
    }
}

void TstLocalEndpoint::noticesClientThatLeaves_data()
{
    QTest::addColumn<bool>("streaming");
    QTest::addColumn<bool>("reset");
    QTest::newRow("closes while it waits for an answer") << false << false;
    QTest::newRow("closes in a stream") << true << false;
    QTest::newRow("resets while it waits for an answer") << false << true;
    QTest::newRow("resets in a stream") << true << true;
}

void TstLocalEndpoint::noticesClientThatLeaves()
{
    QFETCH(bool, streaming);
    QFETCH(bool, reset);
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send(plainGet);
    const auto call = endpoint.next();
    Closed closed(*call.reply);
    if (streaming) {
        call.reply->begin({});
        QVERIFY(call.reply->write("piece"));
        client.readThrough("piece\r\n");
    }
    if (reset)
        client.reset();
    else
        client.close();
    QVERIFY(closed.comes());
    QVERIFY(!call.reply->write("more"));
    call.reply->end();
    call.reply->send({});
    Closed late(*call.reply); // told at once
    QVERIFY(late.came());
}

void TstLocalEndpoint::breaksOffForSlowReader()
{
    Endpoint endpoint(limits(1024, 1024 * 1024));
    Wire client = Wire::connect(endpoint.port, 4096);
    client.send(plainGet);
    const auto call = endpoint.next();
    Closed closed(*call.reply);
    call.reply->begin({});
    std::size_t written = 0;
    while (call.reply->write(std::string(64 * 1024, 'x'))) {
        written += 64 * 1024;
        QVERIFY2(written < 256 * 1024 * 1024, "nothing limits what lies unread");
    }
    QVERIFY(written >= 1024 * 1024);
    QVERIFY(!call.reply->write("x"));
    QVERIFY(closed.comes());
    QVERIFY(client.readToEnd() == Wire::Got::Reset);
}

void TstLocalEndpoint::breaksOffWhileAPieceWaits()
{
    Endpoint endpoint(limits(1024, 24 * 1024 * 1024));
    Wire client = Wire::connect(endpoint.port, 4096);
    client.send(plainGet);
    const auto call = endpoint.next();
    Closed closed(*call.reply);
    call.reply->begin({});
    QVERIFY(call.reply->write(std::string(20 * 1024 * 1024, 'x'))); // more than the kernel takes
    QVERIFY(client.more() == Wire::Got::Bytes);                     // and some of it is under way
    QVERIFY(!call.reply->write(std::string(5 * 1024 * 1024, 'x')));
    QVERIFY(closed.comes());
}

void TstLocalEndpoint::breaksOffForReaderThatStopped()
{
    engine::EngineOptions options = workers(1);
    options.limits.bodyTimeout = 100ms;
    Endpoint endpoint({}, options);
    Wire client = Wire::connect(endpoint.port, 4096);
    client.send(plainGet);
    const auto call = endpoint.next();
    Closed closed(*call.reply);
    call.reply->begin({});
    QVERIFY(call.reply->write(std::string(7 * 1024 * 1024, 'x')));
    QVERIFY(closed.comes());
    QVERIFY(client.readToEnd() == Wire::Got::Reset);
}

void TstLocalEndpoint::refusesLongBodies_data()
{
    QTest::addColumn<QByteArray>("framing");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a length beyond the limit, before the body comes")
        << QByteArray("Content-Length: 1025") << QByteArray();
    QTest::newRow("chunks beyond the limit")
        << QByteArray("Transfer-Encoding: chunked") << QByteArray("401\r\n") + QByteArray(1025, 'x') + "\r\n";
}

void TstLocalEndpoint::refusesLongBodies()
{
    QFETCH(QByteArray, framing);
    QFETCH(QByteArray, body);
    Endpoint endpoint(limits(1024, 1024));
    Wire client = Wire::connect(endpoint.port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\n" + framing.toStdString() + "\r\n\r\n" + body.toStdString());
    QCOMPARE(client.readAnswer().status, 413);
    QVERIFY(endpoint.noneCame());
    // As much as the limit is fine.
    Wire other = Wire::connect(endpoint.port);
    other.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1024\r\n\r\n" + std::string(1024, 'x'));
    QCOMPARE(endpoint.next().request.body, std::string(1024, 'x'));
}

void TstLocalEndpoint::sends500WhenDropped()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send(plainGet);
    endpoint.next(); // and drops it
    QCOMPARE(client.readAnswer().status, 500);
}

void TstLocalEndpoint::breaksOffWhenDroppedInAStream()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send(plainGet);
    {
        const auto call = endpoint.next();
        call.reply->begin({});
        QVERIFY(call.reply->write("piece"));
        client.readThrough("piece\r\n");
    }
    QVERIFY(client.readToEnd() == Wire::Got::Reset);
}

void TstLocalEndpoint::drainEndsStreams()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send(plainGet);
    const auto call = endpoint.next();
    Closed closed(*call.reply);
    call.reply->begin({});
    QVERIFY(call.reply->write("piece"));
    QVERIFY(endpoint.engine->drain(20s));
    const Answer answer = client.readAnswer();
    QVERIFY(answer.complete);
    QCOMPARE(answer.body, std::string("piece"));
    QVERIFY(client.readToEnd() == Wire::Got::End);
    QVERIFY(closed.comes());
    QVERIFY(!call.reply->write("more"));
}

void TstLocalEndpoint::drainWaitsForNoAnswer()
{
    Endpoint endpoint;
    Wire client = Wire::connect(endpoint.port);
    client.send(plainGet);
    const auto call = endpoint.next();
    QVERIFY(endpoint.engine->drain(20s));
    call.reply->send({200, "text/plain", "late"});
    QCOMPARE(client.readAnswer().body, std::string("late"));
    QVERIFY(client.readToEnd() == Wire::Got::End);
}

void TstLocalEndpoint::outlivesTheEngine()
{
    Endpoint endpoint;
    Wire waits = Wire::connect(endpoint.port), streams = Wire::connect(endpoint.port);
    waits.send(plainGet);
    const auto unanswered = endpoint.next();
    streams.send(plainGet);
    const auto open = endpoint.next();
    open.reply->begin({});
    Closed closed(*open.reply);
    std::thread writer([reply = open.reply] {
        while (reply->write("piece"))
            std::this_thread::yield();
    });
    streams.readThrough("piece\r\n");
    endpoint.engine->stop();
    endpoint.engine.reset();
    writer.join();
    QVERIFY(closed.came());
    unanswered.reply->send({});
    open.reply->end();
    QVERIFY(waits.readToEnd() != Wire::Got::Nothing);
}

void TstLocalEndpoint::manyThreadsStreamAtOnce()
{
    Endpoint endpoint;
    constexpr int count = 8;
    std::vector<Wire> clients;
    std::vector<std::thread> writers;
    for (int i = 0; i < count; ++i) {
        clients.push_back(Wire::connect(endpoint.port));
        clients.back().send(plainGet);
        writers.emplace_back([reply = endpoint.next().reply] {
            reply->begin({});
            for (int piece = 0; piece < 500; ++piece)
                reply->write(std::to_string(piece) + "\n");
            reply->end();
        });
    }
    std::string expected;
    for (int piece = 0; piece < 500; ++piece)
        expected += std::to_string(piece) + "\n";
    for (Wire& client : clients) {
        const Answer answer = client.readAnswer();
        QVERIFY(answer.complete);
        QVERIFY(answer.body == expected);
    }
    for (std::thread& writer : writers)
        writer.join();
}

QTEST_APPLESS_MAIN(TstLocalEndpoint)
#include "tst_local_endpoint.moc"
