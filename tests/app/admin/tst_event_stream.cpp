#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/admin/event_stream.h"
#include "app/control/session.h"
#endif

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace gatehouse;
using admin::EventStream;

namespace {

/// A reader that takes what it is told to take.
struct SlowReply final : engine::LocalReply {
    engine::LocalResponse head{0, {}, {}};
    std::string text;
    std::size_t waiting = 0; ///< unread
    bool readsAll = true, gone = false;
    std::function<void()> closed;

    void send(engine::LocalResponse whole) override { head = std::move(whole); }
    void begin(engine::LocalResponse first) override { head = std::move(first); }
    bool write(std::string piece) override
    {
        if (gone)
            return false;
        text += piece;
        if (!readsAll)
            waiting += piece.size();
        return true;
    }
    [[nodiscard]] std::size_t unread() const override { return waiting; }
    void end() override {}
    void onClosed(std::function<void()> then) override { closed = std::move(then); }
};

struct Event {
    QString id, name;
    QJsonObject data;
};

/// As a browser's EventSource reads a stream; an empty name where it is no stream of whole events.
std::vector<Event> eventsOf(const std::string& text)
{
    std::vector<Event> events;
    for (const QString& block : QString::fromStdString(text).split("\n\n", Qt::SkipEmptyParts)) {
        Event event;
        const QStringList lines = block.split('\n');
        if (lines.size() == 3 && lines[0].startsWith("id: ") && lines[1].startsWith("event: ") &&
            lines[2].startsWith("data: ")) {
            event.id = lines[0].mid(4);
            event.name = lines[1].mid(7);
            event.data = QJsonDocument::fromJson(lines[2].mid(6).toUtf8()).object();
        }
        events.push_back(event);
    }
    return events;
}

std::shared_ptr<control::State> state(const std::string& yaml, std::uint64_t version = 1)
{
    importers::ManifestImporter importer;
    control::Config config;
    config.host = routing::HostFacts{true, 1024};
    auto made = control::deriveState(importer.importTexts({{"test.yaml", yaml}}), config);
    auto snapshot = std::make_shared<routing::Snapshot>(*made->snapshot);
    snapshot->version = version;
    made->snapshot = std::move(snapshot);
    return made;
}

constexpr const char* gateway = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: t}
spec:
  gatewayClassName: c
  listeners: [{name: http, protocol: HTTP, port: 8080}]
)";

std::vector<model::AccessEvent> batch(int count, const std::string& path = "/")
{
    model::AccessEvent event;
    event.method = "GET";
    event.path = path;
    event.status = 200;
    event.flags = "-";
    return {static_cast<std::size_t>(count), event};
}

std::shared_ptr<const control::State> nothing()
{
    return nullptr;
}

} // namespace

class TstEventStream : public QObject {
    Q_OBJECT

private slots:
    void beginsWithWhatIsInForce();
    void tellsWhatHappens();
    void clientsCannotForgeEvents();
    void slowReadersMissEventsAndAreTold();
    void ringDropsAreTold();
    void forgetsThoseThatLeft();
    void takesOnlySoMany();
    void idsGrow();
};

void TstEventStream::beginsWithWhatIsInForce()
{
    EventStream stream([] { return std::uint64_t{0}; });
    const auto reply = std::make_shared<SlowReply>();
    stream.subscribe(reply, [] { return state(gateway, 7); });
    QCOMPARE(int{reply->head.status}, 200);
    QCOMPARE(reply->head.contentType, std::string("text/event-stream"));
    QVERIFY(reply->head.body.ends_with("\n\n"));
    const auto events = eventsOf(reply->text);
    QCOMPARE(events.size(), std::size_t{1});
    QCOMPARE(events[0].name, QString("apply"));
    QCOMPARE(events[0].data["version"].toInt(), 7);
    QCOMPARE(events[0].data["listeners"].toInt(), 1);
    stream.applied(*state(gateway, 7)); // it is the same
    QCOMPARE(eventsOf(reply->text).size(), std::size_t{1});
}

void TstEventStream::tellsWhatHappens()
{
    EventStream stream([] { return std::uint64_t{0}; });
    const auto one = std::make_shared<SlowReply>(), two = std::make_shared<SlowReply>();
    stream.subscribe(one, nothing);
    stream.subscribe(two, nothing);
    stream.access(batch(1, "/a"));
    stream.applied(*state(gateway, 2));
    stream.rejected(*state("kind: ["));
    QCOMPARE(one->text, two->text);
    const auto events = eventsOf(one->text);
    QCOMPARE(events.size(), std::size_t{3});
    QCOMPARE(events[0].name, QString("access"));
    QCOMPARE(events[0].data["path"].toString(), QString("/a"));
    QCOMPARE(events[1].name, QString("apply"));
    QCOMPARE(events[1].data["version"].toInt(), 2);
    QCOMPARE(events[2].name, QString("rejected"));
    QVERIFY(events[2].data["errors"].toInt() > 0);
    QVERIFY(events[2].data["first"].toString().contains("test.yaml"));
}

void TstEventStream::clientsCannotForgeEvents()
{
    EventStream stream([] { return std::uint64_t{0}; });
    const auto reply = std::make_shared<SlowReply>();
    stream.subscribe(reply, nothing);
    const std::string path = "/\n\nevent: apply\r\rdata: {}\n\n";
    stream.access(batch(1, path));
    const auto events = eventsOf(reply->text);
    QCOMPARE(events.size(), std::size_t{1});
    QVERIFY(reply->text.find('\r') == std::string::npos);
    QCOMPARE(events[0].data["path"].toString(), QString::fromStdString(path));
}

void TstEventStream::slowReadersMissEventsAndAreTold()
{
    EventStream stream([] { return std::uint64_t{0}; });
    const auto slow = std::make_shared<SlowReply>(), fast = std::make_shared<SlowReply>();
    slow->readsAll = false;
    stream.subscribe(slow, nothing);
    stream.subscribe(fast, nothing);
    const int many = 20'000;
    stream.access(batch(many));
    stream.access(batch(5));
    QCOMPARE(eventsOf(fast->text).size(), std::size_t(many + 5));
    const auto taken = eventsOf(slow->text).size();
    QVERIFY(taken > 100 && taken < many);
    QVERIFY(slow->text.size() < EventStream::unreadLimit + 128 * 1024);
    stream.applied(*state(gateway, 9)); // small and rare: told all the same
    QCOMPARE(eventsOf(slow->text).back().name, QString("apply"));
    slow->waiting = 0;
    slow->text.clear();
    stream.access(batch(1));
    const auto events = eventsOf(slow->text);
    QCOMPARE(events.size(), std::size_t{2});
    QCOMPARE(events[0].name, QString("dropped"));
    QCOMPARE(events[0].data["count"].toInt(), static_cast<int>(many + 5 - taken));
    QCOMPARE(events[1].name, QString("access"));
}

void TstEventStream::ringDropsAreTold()
{
    std::uint64_t drops = 3;
    EventStream stream([&] { return drops; });
    const auto reply = std::make_shared<SlowReply>();
    stream.subscribe(reply, nothing);
    stream.access(batch(1));
    QCOMPARE(eventsOf(reply->text).size(), std::size_t{1}); // the three were before its time
    drops = 10;
    stream.access(batch(1));
    const auto events = eventsOf(reply->text);
    QCOMPARE(events[1].name, QString("dropped"));
    QCOMPARE(events[1].data["count"].toInt(), 7);
}

void TstEventStream::forgetsThoseThatLeft()
{
    EventStream stream([] { return std::uint64_t{0}; });
    const auto left = std::make_shared<SlowReply>(), broken = std::make_shared<SlowReply>();
    stream.subscribe(left, nothing);
    stream.subscribe(broken, nothing);
    QCOMPARE(left.use_count(), 2L);
    left->closed();
    broken->gone = true;
    stream.access(batch(1));
    QCOMPARE(left.use_count(), 1L);
    QCOMPARE(broken.use_count(), 1L);
}

void TstEventStream::takesOnlySoMany()
{
    EventStream stream([] { return std::uint64_t{0}; });
    std::vector<std::shared_ptr<SlowReply>> replies;
    for (std::size_t i = 0; i <= EventStream::mostReaders; ++i) {
        replies.push_back(std::make_shared<SlowReply>());
        stream.subscribe(replies.back(), nothing);
    }
    QCOMPARE(int{replies[EventStream::mostReaders - 1]->head.status}, 200);
    QCOMPARE(int{replies[EventStream::mostReaders]->head.status}, 503);
    replies[0]->closed();
    const auto next = std::make_shared<SlowReply>();
    stream.subscribe(next, nothing);
    QCOMPARE(int{next->head.status}, 200);
}

void TstEventStream::idsGrow()
{
    EventStream stream([] { return std::uint64_t{0}; });
    const auto reply = std::make_shared<SlowReply>();
    stream.subscribe(reply, nothing);
    stream.access(batch(3));
    stream.applied(*state(gateway, 2));
    int expected = 0;
    for (const Event& event : eventsOf(reply->text))
        QCOMPARE(event.id.toInt(), ++expected);
    QCOMPARE(expected, 4);
}

QTEST_APPLESS_MAIN(TstEventStream)
#include "tst_event_stream.moc"
