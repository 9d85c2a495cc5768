#include "ui/document/test_report.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("tests", text);
}

} // namespace

QString words(TestVerdict verdict)
{
    switch (verdict) {
    case TestVerdict::NotRun:
        return tr("not run");
    case TestVerdict::Passed:
        return tr("passed");
    case TestVerdict::Failed:
        return tr("failed");
    case TestVerdict::Skipped:
        return tr("skipped");
    }
    return {};
}

QString iconName(TestVerdict verdict)
{
    switch (verdict) {
    case TestVerdict::NotRun:
        return QStringLiteral("not-run");
    case TestVerdict::Passed:
        return QStringLiteral("good");
    case TestVerdict::Failed:
        return QStringLiteral("bad");
    case TestVerdict::Skipped:
        return QStringLiteral("skipped");
    }
    return {};
}

model::Health toneOf(TestVerdict verdict)
{
    switch (verdict) {
    case TestVerdict::NotRun:
        return model::Health::Unknown;
    case TestVerdict::Passed:
        return model::Health::Good;
    case TestVerdict::Failed:
        return model::Health::Bad;
    case TestVerdict::Skipped:
        return model::Health::Warning;
    }
    return model::Health::Unknown;
}

QString TestTally::text() const
{
    if (all() == 0)
        return tr("no tests");
    QStringList parts;
    const auto add = [&](int number, TestVerdict verdict) {
        if (number > 0)
            parts << QStringLiteral("%1 %2").arg(number).arg(words(verdict));
    };
    add(passed, TestVerdict::Passed);
    add(failed, TestVerdict::Failed);
    add(skipped, TestVerdict::Skipped);
    add(notRun, TestVerdict::NotRun);
    return (all() == 1 ? tr("1 test") : tr("%1 tests").arg(all())) + QStringLiteral(": ") +
           parts.join(QStringLiteral(", "));
}

int RouteCoverage::tested() const
{
    return static_cast<int>(
        std::count_if(rules.begin(), rules.end(), [](const auto& rule) { return rule.second.tested(); }));
}

QString RouteCoverage::text() const
{
    return tr("%1/%2 rules tested").arg(tested()).arg(rules.size());
}

bool RouteCoverage::operator==(const RouteCoverage& other) const
{
    return std::equal(
        rules.begin(), rules.end(), other.rules.begin(), other.rules.end(), [](const auto& a, const auto& b) {
            return a.first == b.first && a.second.reached == b.second.reached && a.second.matches == b.second.matches;
        });
}

QString TestCoverage::text() const
{
    // Rounded down: 100 % is all of them.
    return tr("%1 of %2 matches reached, %3 %")
        .arg(reached)
        .arg(matches)
        .arg(QLocale().toString(std::floor(percent * 10) / 10, 'f', 1));
}

TestTally tallyOf(const std::vector<TestFileItem>& files)
{
    TestTally tally;
    for (const TestFileItem& file : files) {
        for (const TestItem& test : file.tests) {
            switch (test.verdict) {
            case TestVerdict::NotRun:
                ++tally.notRun;
                break;
            case TestVerdict::Passed:
                ++tally.passed;
                break;
            case TestVerdict::Failed:
                ++tally.failed;
                break;
            case TestVerdict::Skipped:
                ++tally.skipped;
                break;
            }
        }
    }
    return tally;
}

} // namespace gatehouse::ui
