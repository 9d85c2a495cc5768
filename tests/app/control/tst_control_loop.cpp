#ifndef Q_MOC_RUN // moc 6.4 does not read the concepts of the standard library
#include "app/control/session.h"
#include "model/graph/status.h"
#endif

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>

using namespace gatehouse;

namespace {

using StatePtr = std::shared_ptr<const control::State>;

constexpr const char* gateway = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: t}
spec:
  gatewayClassName: c
  listeners: [{name: http, protocol: HTTP, port: 8080}]
)";

std::string route(const char* gatewayName)
{
    return std::string(R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: t}
spec:
  hostnames: [app.test]
  parentRefs: [{name: )") +
           gatewayName + "}]\n";
}

/// What the loop told, in order; waits for the next.
class Told {
public:
    control::ControlLoop::Observers observers()
    {
        return {[this](StatePtr state) { add(true, std::move(state)); },
                [this](StatePtr state) { add(false, std::move(state)); },
                {},
                {}};
    }

    /// "changed" or "rejected", and the State; "nothing" when none comes in time.
    std::pair<std::string, StatePtr> next()
    {
        std::unique_lock lock(mutex_);
        if (!came_.wait_for(lock, std::chrono::seconds(20), [this] { return taken_ < told_.size(); }))
            return {"nothing", nullptr};
        const auto& [changed, state] = told_[taken_++];
        return {changed ? "changed" : "rejected", state};
    }

private:
    void add(bool changed, StatePtr state)
    {
        const std::lock_guard lock(mutex_);
        told_.emplace_back(changed, std::move(state));
        came_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<std::pair<bool, StatePtr>> told_;
    std::size_t taken_ = 0;
};

struct Input {
    QTemporaryDir folder;

    void write(const char* name, const std::string& text) const
    {
        const std::string file = folder.filePath(name).toStdString();
        std::ofstream(file + "~") << text;
        std::filesystem::rename(file + "~", file);
    }
    [[nodiscard]] control::Config config() const
    {
        control::Config config;
        config.paths = {folder.path().toStdString()};
        config.host = routing::HostFacts{true, 1024};
        config.projectTopology = false;
        return config;
    }
};

/// lastTransitionTime of a condition of the Gateway's status, or of the route's first parent.
std::string transition(const control::State& state, const char* kind, const char* type)
{
    for (const auto& [key, status] : state.statuses) {
        if (key.kind != kind)
            continue;
        const model::Value* parents = status->find("parents");
        const model::Value& holder = parents ? parents->asArray()->front() : *status;
        for (const model::Value& condition : *holder.find("conditions")->asArray())
            if (*condition.find("type")->asString() == type)
                return *condition.find("lastTransitionTime")->asString();
    }
    return "none";
}

} // namespace

class TstControlLoop : public QObject {
    Q_OBJECT

private slots:
    void loadGivesTheFirstState();
    void anEditChangesTheState();
    void aBrokenEditLeavesTheStateInForce();
    void withoutAGoodStateABrokenOneIsShown();
    void transitionTimesMoveOnlyWithTheStatus();
    void statsAreZeroWithoutAnEngine();
    void developmentCertificatesAreRenewedWhileItRuns();
    void itsEndDoesNotWaitForACluster();
};

void TstControlLoop::itsEndDoesNotWaitForACluster()
{
    const QTemporaryDir folder;
    const std::string begun = folder.filePath("begun").toStdString(),
                      kubectl = folder.filePath("kubectl").toStdString();
    std::ofstream(kubectl) << "#!/bin/sh\ntouch '" << begun << "'\nexec sleep 600\n";
    std::filesystem::permissions(kubectl, std::filesystem::perms::owner_all);
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", folder.path().toUtf8() + ':' + path);
    QElapsedTimer timer;
    {
        const Input input;
        control::Config config = input.config();
        config.cluster = control::ClusterQuery{"", {"gateways.gateway.networking.k8s.io"}, true};
        control::ControlLoop loop(std::move(config), {});
        loop.loadLater();
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(begun), 30'000);
        timer.start();
    }
    qputenv("PATH", path);
    QVERIFY(timer.elapsed() < 30'000);
}

void TstControlLoop::loadGivesTheFirstState()
{
    const Input input;
    input.write("gateway.yaml", gateway);
    Told told;
    control::ControlLoop loop(input.config(), told.observers());
    QVERIFY(!loop.current());
    const StatePtr state = loop.load();
    QCOMPARE(state, loop.current());
    QCOMPARE(state->graph->gateways.size(), std::size_t{1});
    QCOMPARE(state->live, false);
}

void TstControlLoop::anEditChangesTheState()
{
    const Input input;
    input.write("gateway.yaml", gateway);
    Told told;
    control::ControlLoop loop(input.config(), told.observers());
    loop.watch(true);
    loop.load();
    input.write("route.yaml", route("gw"));
    const auto [what, state] = told.next();
    QCOMPARE(what, std::string("changed"));
    QCOMPARE(state->graph->routes.size(), std::size_t{1});
    QCOMPARE(state->snapshot->version, std::uint64_t{2});
    QCOMPARE(loop.current(), state);
}

void TstControlLoop::aBrokenEditLeavesTheStateInForce()
{
    const Input input;
    input.write("gateway.yaml", gateway);
    Told told;
    control::ControlLoop loop(input.config(), told.observers());
    const StatePtr good = loop.load();
    input.write("route.yaml", "kind: [");
    loop.reapply();
    const auto [what, state] = told.next();
    QCOMPARE(what, std::string("rejected"));
    QVERIFY(hasErrors(state->import.diagnostics));
    QCOMPARE(loop.current(), good);
    input.write("route.yaml", route("gw"));
    loop.reapply();
    QCOMPARE(told.next().first, std::string("changed"));
}

void TstControlLoop::withoutAGoodStateABrokenOneIsShown()
{
    const Input input;
    input.write("gateway.yaml", gateway);
    input.write("route.yaml", "kind: [");
    Told told;
    control::ControlLoop loop(input.config(), told.observers());
    loop.loadLater();
    const auto [first, broken] = told.next();
    QCOMPARE(first, std::string("changed"));
    QVERIFY(hasErrors(broken->diagnostics));
    input.write("route.yaml", "kind: {");
    loop.reapply();
    const auto [second, stillBroken] = told.next();
    QCOMPARE(second, std::string("changed"));
    QCOMPARE(loop.current(), stillBroken);
}

void TstControlLoop::transitionTimesMoveOnlyWithTheStatus()
{
    const Input input;
    input.write("gateway.yaml", gateway);
    input.write("route.yaml", route("gw"));
    control::Config config = input.config();
    std::atomic<int> seconds = 0;
    config.keepStatuses = true;
    config.clock = [&seconds] { return model::Timestamp(std::chrono::seconds(++seconds)); };
    Told told;
    control::ControlLoop loop(std::move(config), told.observers());
    loop.loadLater();
    const StatePtr first = told.next().second;
    QCOMPARE(transition(*first, "Gateway", "Accepted"), std::string("1970-01-01T00:00:01Z"));
    QCOMPARE(transition(*first, "HTTPRoute", "Accepted"), std::string("1970-01-01T00:00:01Z"));
    // The listener leaves the route's host: the route's verdict changes, the Gateway's does not.
    std::string narrower = gateway;
    narrower.replace(narrower.find("port: 8080"), 10, "port: 8080, hostname: other.test");
    input.write("gateway.yaml", narrower);
    loop.reapply();
    const StatePtr second = told.next().second;
    QCOMPARE(transition(*second, "Gateway", "Accepted"), std::string("1970-01-01T00:00:01Z"));
    QCOMPARE(transition(*second, "HTTPRoute", "Accepted"), std::string("1970-01-01T00:00:02Z"));
    QCOMPARE(transition(*second, "HTTPRoute", "ResolvedRefs"), std::string("1970-01-01T00:00:01Z"));
}

void TstControlLoop::statsAreZeroWithoutAnEngine()
{
    const Input input;
    input.write("gateway.yaml", gateway);
    control::ControlLoop loop(input.config(), {});
    loop.load();
    QCOMPARE(loop.stats().requests, std::uint64_t{0});
    loop.stopEngine(); // nothing runs: nothing happens
}

void TstControlLoop::developmentCertificatesAreRenewedWhileItRuns()
{
    const Input input;
    std::string secure = gateway;
    secure.replace(secure.find("protocol: HTTP, port: 8080"), 26,
                   "protocol: HTTPS, port: 8443, tls: {options: {a/b: c}}");
    input.write("gateway.yaml", secure);
    const QTemporaryDir data;
    control::Config config = input.config();
    config.workers = 1;
    config.developmentCertificates = true;
    config.caDirectory = data.filePath("gatehouse").toStdString();
    config.certificateCheck = std::chrono::milliseconds(5);
    // Not where other tests listen.
    config.binds.addresses["t/gw"] = "127.201.77." + std::to_string(QRandomGenerator::global()->bounded(1, 255));
    std::atomic<std::int64_t> days = 20'000;
    config.clock = [&days] { return model::Timestamp(std::chrono::hours(24 * days)); };
    Told told;
    control::ControlLoop loop(std::move(config), told.observers());
    loop.load();
    loop.startEngine();
    const StatePtr first = told.next().second;
    QVERIFY(first && first->live);
    QVERIFY2(first->programming.listeners[0].programmed, first->programming.listeners[0].message.c_str());
    QVERIFY(first->programming.listeners[0].developmentCertificate);
    days += 300;
    loop.reapply();
    QCOMPARE(told.next().second->snapshot->version, std::uint64_t{2}); // the edit, and nothing before it
    days += 75;                                                        // 397 are the end
    const StatePtr renewed = told.next().second;
    QVERIFY(renewed && renewed->live);
    QCOMPARE(renewed->snapshot->version, std::uint64_t{3});
    QVERIFY(renewed->programming.listeners[0].developmentCertificate);
}

QTEST_APPLESS_MAIN(TstControlLoop)
#include "tst_control_loop.moc"
