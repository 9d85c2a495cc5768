#pragma once

#include "model/base/source_location.h"
#include "model/topology/topology.h"
#include "ui/document/probe.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace gatehouse::ui {

enum class TestVerdict : std::uint8_t { NotRun, Passed, Failed, Skipped };

/// "passed", "skipped": what nobody could judge never counts as passed.
QString words(TestVerdict verdict);
QString iconName(TestVerdict verdict);
/// By which colour it is told; Unknown: by none.
model::Health toneOf(TestVerdict verdict);

/// One expectation of a test.
struct TestCheck {
    QString what; ///< "route", "backendRequest.headers.x-user"
    TestVerdict verdict = TestVerdict::NotRun;
    QString expected, got; ///< of a skipped one `got` says why
    model::SourceLocation location;
};

struct TestItem {
    QString name;
    QStringList tags;
    QString request;    ///< in one line: "GET http://a.example.com/"
    ProbeRequest probe; ///< the same for the Probe
    model::SourceLocation location;
    TestVerdict verdict = TestVerdict::NotRun;
    QString error; ///< the request could not be made
    std::vector<TestCheck> checks;
    std::chrono::microseconds duration{0};
};

/// One GatewayTest document.
struct TestFileItem {
    QString path;
    std::vector<TestItem> tests;
};

struct TestTally {
    int passed = 0, failed = 0, skipped = 0, notRun = 0;
    [[nodiscard]] int all() const { return passed + failed + skipped + notRun; }
    [[nodiscard]] QString text() const; ///< "12 tests: 11 passed, 1 failed"
};

/// How many of a rule's matches tests reached.
struct RuleCoverage {
    QString name; ///< "rules[1] (canary)"
    int reached = 0, matches = 0;
    model::SourceLocation location;
    [[nodiscard]] bool tested() const { return reached > 0; }
};

/// The rules of a route that requests can reach, by their index.
struct RouteCoverage {
    std::map<std::uint32_t, RuleCoverage> rules;
    [[nodiscard]] int tested() const;
    /// "3/4 rules tested"
    [[nodiscard]] QString text() const;
    bool operator==(const RouteCoverage& other) const;
};

/// What no request can reach, and why: it does not count.
struct UncountedRule {
    QString what, reason;
    std::optional<model::ObjectKey> key;
    model::SourceLocation location;
};

struct TestCoverage {
    std::map<model::ObjectKey, RouteCoverage> routes;
    std::vector<UncountedRule> outside;
    int reached = 0, matches = 0;
    double percent = 100;
    [[nodiscard]] QString text() const; ///< "12 of 14 matches reached, 85.7 %"
};

/// The tests that there are, or what a run of them came to. A value: the application makes it, the window shows it.
struct TestReport {
    std::vector<TestFileItem> files; ///< tests that were not asked have not run
    std::vector<model::Diagnostic> problems;
    QString fault;                        ///< why nothing could be run
    bool live = false, stopped = false;   ///< over sockets; before all were asked
    std::optional<TestCoverage> coverage; ///< of a run of all tests
};

/// What is to be run. `only`: (path, name) of tests; empty: all.
struct TestWish {
    bool live = false;
    std::vector<std::pair<QString, QString>> only;
};

TestTally tallyOf(const std::vector<TestFileItem>& files);

} // namespace gatehouse::ui
