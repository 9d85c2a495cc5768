#include "ui/models/tests_model.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace gatehouse::ui {
namespace {

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

} // namespace

TestsModel::TestsModel(QObject* parent)
    : RowTree({tr("Test"), tr("Result"), tr("Expected"), tr("Got"), tr("Time"), tr("Place")}, PlaceColumn, parent)
{
}

bool TestsModel::sameTests(const std::vector<TestFileItem>& files) const
{
    return std::equal(files.begin(), files.end(), files_.begin(), files_.end(), [](const auto& a, const auto& b) {
        return a.path == b.path &&
               std::equal(a.tests.begin(), a.tests.end(), b.tests.begin(), b.tests.end(),
                          [](const TestItem& one, const TestItem& other) { return one.name == other.name; });
    });
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
    const bool same = sameTests(files);
    if (!same)
        beginResetModel();
    files_ = std::move(files);
    if (!same)
        root().children.clear();
    for (std::size_t f = 0; f < files_.size(); ++f) {
        Row& row = same ? *root().children[f] : add(root(), {});
        fill(row, files_[f]);
        for (std::size_t t = 0; t < files_[f].tests.size(); ++t) {
            Row& test = same ? *row.children[t] : add(row, {});
            fill(test, files_[f].tests[t]);
            if (same)
                replaceChecks(test, files_[f].tests[t]);
            else
                addChecks(test, files_[f].tests[t], 0);
        }
        // One signal a file: views look at every row that is named to them.
        if (same) {
            const QModelIndex at = indexOf(row);
            emit dataChanged(at, at.siblingAtColumn(PlaceColumn));
            if (const int tests = rowCount(at); tests > 0)
                emit dataChanged(index(0, 0, at), index(tests - 1, PlaceColumn, at));
        }
    }
    if (!same)
        endResetModel();
}

void TestsModel::fill(Row& row, const TestFileItem& item)
{
    const TestTally tally = tallyOf({item});
    const TestVerdict verdict = tally.failed > 0                     ? TestVerdict::Failed
                                : tally.passed == tally.all()        ? TestVerdict::Passed
                                : tally.passed + tally.skipped == 0  ? TestVerdict::NotRun
                                : tally.passed == 0 && !tally.notRun ? TestVerdict::Skipped
                                                                     : TestVerdict::Passed;
    row.texts = {QFileInfo(item.path).fileName(), tally.text()};
    row.tip = item.path;
    row.icon = iconName(verdict);
    row.tonedColumn = ResultColumn;
    row.tone = toneOf(verdict);
    row.jump.location = {std::make_shared<const std::string>(item.path.toStdString()), {}};
}

void TestsModel::fill(Row& row, const TestItem& test)
{
    const TestCheck* telling = tellingCheck(test);
    QString expected, got = test.error;
    if (telling) {
        expected = telling->expected.isEmpty() ? telling->what
                                               : QStringLiteral("%1: %2").arg(telling->what, telling->expected);
        got = telling->got;
    }
    row.texts = {test.name, words(test.verdict), expected, got, timeText(test.duration)};
    row.tip = test.name + QLatin1Char('\n') + test.request;
    if (!test.tags.isEmpty())
        row.tip += QLatin1Char('\n') + tr("Tags: %1").arg(test.tags.join(QStringLiteral(", ")));
    row.icon = iconName(test.verdict);
    row.tonedColumn = ResultColumn;
    row.tone = toneOf(test.verdict);
    row.jump.location = test.location;
    row.request = test.probe;
}

void TestsModel::addChecks(Row& row, const TestItem& test, std::size_t from)
{
    for (std::size_t i = 0; i < test.checks.size(); ++i) {
        const TestCheck& check = test.checks[i];
        Row& line = i < from ? *row.children[i] : add(row, {});
        line.texts = {check.what, words(check.verdict), check.expected, check.got};
        line.icon = iconName(check.verdict);
        line.tonedColumn = ResultColumn;
        line.tone = toneOf(check.verdict);
        line.jump.location = check.location;
        line.request = test.probe;
    }
}

void TestsModel::replaceChecks(Row& row, const TestItem& test)
{
    const QModelIndex at = indexOf(row);
    const auto had = row.children.size(), has = test.checks.size();
    if (had > has) {
        beginRemoveRows(at, static_cast<int>(has), static_cast<int>(had) - 1);
        row.children.resize(has);
        endRemoveRows();
    } else if (has > had) {
        beginInsertRows(at, static_cast<int>(had), static_cast<int>(has) - 1);
        addChecks(row, test, had);
        endInsertRows();
    }
    addChecks(row, test, has);
    if (const std::size_t kept = std::min(had, has); kept > 0)
        emit dataChanged(index(0, 0, at), index(static_cast<int>(kept) - 1, PlaceColumn, at));
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
    const Row& row = rowAt(index);
    if (!index.isValid() || !row.parent || !row.parent->parent || row.parent->parent->parent)
        return {};
    const TestItem& test = files_[static_cast<std::size_t>(row.parent->row)].tests[static_cast<std::size_t>(row.row)];
    return static_cast<int>(test.verdict);
}

CoverageModel::CoverageModel(QObject* parent) : RowTree({tr("Rule"), tr("Tested"), tr("Place")}, PlaceColumn, parent)
{
}

void CoverageModel::setCoverage(const TestCoverage& coverage)
{
    beginResetModel();
    root().children.clear();
    const auto mark = [](Row& row, bool all, bool some) {
        row.icon = all ? QStringLiteral("good") : some ? QStringLiteral("warning") : QStringLiteral("not-run");
        row.tone = all ? model::Health::Good : some ? model::Health::Warning : model::Health::Bad;
        row.tonedColumn = ReachedColumn;
    };
    for (const auto& [key, route] : coverage.routes) {
        Row& row = add(root(), {QString::fromStdString(model::toString(key)), route.text()});
        bool all = true;
        for (const auto& [number, rule] : route.rules) {
            const QString reached = rule.matches == 1 ? (rule.tested() ? tr("tested") : tr("not tested"))
                                                      : tr("%1/%2 matches tested").arg(rule.reached).arg(rule.matches);
            Row& line = add(row, {rule.name, reached});
            line.jump = {key, rule.location};
            mark(line, rule.reached == rule.matches, rule.tested());
            all = all && rule.reached == rule.matches;
        }
        row.jump.key = key;
        mark(row, all, route.tested() > 0);
    }
    if (!coverage.outside.empty()) {
        Row& group = add(root(), {tr("Not counted (%1)").arg(coverage.outside.size())});
        group.tip = tr("No request can reach these");
        group.icon = QStringLiteral("info");
        for (const UncountedRule& rule : coverage.outside)
            add(group, {rule.what, rule.reason}).jump = {rule.key, rule.location};
    }
    endResetModel();
}

} // namespace gatehouse::ui
