#include "ui/models/tests_model.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace gatehouse::ui {
namespace {

using Row = TreeRow<RowContent>;

QString timeText(std::chrono::microseconds duration)
{
    if (duration.count() == 0)
        return {};
    const double ms = static_cast<double>(duration.count()) / 1000;
    return TestsModel::tr("%1 ms").arg(QLocale().toString(ms, 'f', ms < 10 ? 2 : 0));
}

/// What a test's own row says of its expectations: the first that failed, or why it was skipped.
const TestCheck* tellingCheck(const TestItem& test)
{
    const auto found = std::find_if(test.checks.begin(), test.checks.end(), [&](const TestCheck& check) {
        return check.verdict != TestVerdict::Passed && check.verdict == test.verdict;
    });
    return found == test.checks.end() ? nullptr : &*found;
}

void addChecks(Row& row, const TestItem& test)
{
    RowList list(row.below);
    for (const TestCheck& check : test.checks) {
        RowContent& line = list.add(QString(), {check.what, words(check.verdict), check.expected, check.got}).value;
        line.icon = iconName(check.verdict);
        line.tonedColumn = TestsModel::ResultColumn;
        line.tone = toneOf(check.verdict);
        line.jump.location = check.location;
        line.request = test.probe;
    }
}

void addTest(RowList& list, const TestItem& test)
{
    const TestCheck* telling = tellingCheck(test);
    QString expected, got = test.error;
    if (telling) {
        expected = telling->expected.isEmpty() ? telling->what
                                               : QStringLiteral("%1: %2").arg(telling->what, telling->expected);
        got = telling->got;
    }
    Row& row = list.add(test.name, {test.name, words(test.verdict), expected, got, timeText(test.duration)});
    row.value.tip = test.name + QLatin1Char('\n') + test.request;
    if (!test.tags.isEmpty())
        row.value.tip += QLatin1Char('\n') + TestsModel::tr("Tags: %1").arg(test.tags.join(QStringLiteral(", ")));
    row.value.icon = iconName(test.verdict);
    row.value.tonedColumn = TestsModel::ResultColumn;
    row.value.tone = toneOf(test.verdict);
    row.value.jump.location = test.location;
    row.value.request = test.probe;
    row.value.verdict = test.verdict;
    addChecks(row, test);
}

void addFile(RowList& list, const TestFileItem& item)
{
    const TestTally tally = tallyOf({item});
    const TestVerdict verdict = tally.failed > 0                     ? TestVerdict::Failed
                                : tally.passed == tally.all()        ? TestVerdict::Passed
                                : tally.passed + tally.skipped == 0  ? TestVerdict::NotRun
                                : tally.passed == 0 && !tally.notRun ? TestVerdict::Skipped
                                                                     : TestVerdict::Passed;
    Row& row = list.add(item.path, {QFileInfo(item.path).fileName(), tally.text()});
    row.value.tip = item.path;
    row.value.icon = iconName(verdict);
    row.value.tonedColumn = TestsModel::ResultColumn;
    row.value.tone = toneOf(verdict);
    row.value.jump.location = {std::make_shared<const std::string>(item.path.toStdString()), {}};
    RowList below(row.below);
    for (const TestItem& test : item.tests)
        addTest(below, test);
}

} // namespace

TestsModel::TestsModel(QObject* parent)
    : RowTree({tr("Test"), tr("Result"), tr("Expected"), tr("Got"), tr("Time"), tr("Place")}, PlaceColumn, parent)
{
}

void TestsModel::setFiles(std::vector<TestFileItem> files)
{
    std::map<std::pair<QString, QString>, const TestItem*> known;
    for (const TestFileItem& file : files_) {
        for (const TestItem& test : file.tests)
            known.emplace(std::pair(file.path, test.name), &test);
    }
    for (TestFileItem& file : files) {
        for (TestItem& test : file.tests) {
            const auto before = known.find({file.path, test.name});
            if (test.verdict != TestVerdict::NotRun || before == known.end())
                continue;
            test.verdict = before->second->verdict;
            test.error = before->second->error;
            test.checks = before->second->checks;
            test.duration = before->second->duration;
        }
    }
    files_ = std::move(files);
    std::vector<Row> rows;
    RowList list(rows);
    for (const TestFileItem& file : files_)
        addFile(list, file);
    sync(rows);
}

std::vector<std::pair<QString, QString>> TestsModel::failed() const
{
    std::vector<std::pair<QString, QString>> names;
    for (const TestFileItem& file : files_) {
        for (const TestItem& test : file.tests) {
            if (test.verdict == TestVerdict::Failed)
                names.emplace_back(file.path, test.name);
        }
    }
    return names;
}

QVariant TestsModel::data(const QModelIndex& index, int role) const
{
    if (role != verdictRole)
        return RowTree::data(index, role);
    const auto& verdict = value(index).verdict;
    return verdict ? QVariant(static_cast<int>(*verdict)) : QVariant();
}

CoverageModel::CoverageModel(QObject* parent) : RowTree({tr("Rule"), tr("Tested"), tr("Place")}, PlaceColumn, parent)
{
}

void CoverageModel::setCoverage(const TestCoverage& coverage)
{
    const auto mark = [](RowContent& row, bool all, bool some) {
        row.icon = all ? QStringLiteral("good") : some ? QStringLiteral("warning") : QStringLiteral("not-run");
        row.tone = all ? model::Health::Good : some ? model::Health::Warning : model::Health::Bad;
        row.tonedColumn = ReachedColumn;
    };
    std::vector<Row> rows;
    RowList list(rows);
    for (const auto& [key, route] : coverage.routes) {
        const QString name = QString::fromStdString(model::toString(key));
        Row& row = list.add(name, {name, route.text()});
        RowList below(row.below);
        bool all = true;
        for (const auto& [number, rule] : route.rules) {
            const QString reached = rule.matches == 1 ? (rule.tested() ? tr("tested") : tr("not tested"))
                                                      : tr("%1/%2 matches tested").arg(rule.reached).arg(rule.matches);
            RowContent& line = below.add(rule.name, {rule.name, reached}).value;
            line.jump = {key, rule.location};
            mark(line, rule.reached == rule.matches, rule.tested());
            all = all && rule.reached == rule.matches;
        }
        row.value.jump.key = key;
        mark(row.value, all, route.tested() > 0);
    }
    if (!coverage.outside.empty()) {
        Row& group = list.add(QString(), {tr("Not counted (%1)").arg(coverage.outside.size())});
        group.value.tip = tr("No request can reach these");
        group.value.icon = QStringLiteral("info");
        RowList below(group.below);
        for (const UncountedRule& rule : coverage.outside)
            below.add(rule.what, {rule.what, rule.reason}).value.jump = {rule.key, rule.location};
    }
    sync(rows);
}

} // namespace gatehouse::ui
