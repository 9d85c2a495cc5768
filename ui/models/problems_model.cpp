#include "ui/models/problems_model.h"

#include "ui/icons.h"

#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <map>
#include <utility>

namespace gatehouse::ui {
namespace {

using Row = TreeRow<ProblemEntry>;

/// Without the line, so that a problem stays the same when something is written above it.
QString identityOf(const Problem& problem)
{
    const QString file = problem.location.known() ? QString::fromStdString(*problem.location.file) : QString();
    return QStringList{problem.code, problem.object, problem.text, file}.join(QLatin1Char('\n'));
}

/// Gives each row an id, also where two say the same.
class Ids {
public:
    QString of(const Problem& problem)
    {
        const QString identity = identityOf(problem);
        const int times = seen_[identity]++;
        return times == 0 ? identity : identity + QLatin1Char('\n') + QString::number(times);
    }

private:
    QHash<QString, int> seen_;
};

struct Heading {
    QString id, title;
};

Heading headingOf(const Problem& problem, ProblemsModel::Grouping grouping)
{
    if (grouping == ProblemsModel::Grouping::Object) {
        if (problem.key)
            return {problem.object, problem.object};
        return {QString(), ProblemsModel::tr("No object")};
    }
    if (!problem.location.known())
        return {QString(), ProblemsModel::tr("No file")};
    const QString file = QString::fromStdString(*problem.location.file);
    return {file, file};
}

/// The folder that several files have in common says nothing.
void shortenFiles(std::vector<Row>& groups)
{
    QString common;
    bool first = true;
    for (const Row& group : groups) {
        if (group.id.isEmpty())
            continue;
        const QString folder = group.id.left(group.id.lastIndexOf(QLatin1Char('/')) + 1);
        if (std::exchange(first, false))
            common = folder;
        while (!common.isEmpty() && !folder.startsWith(common))
            common = common.left(common.lastIndexOf(QLatin1Char('/'), common.size() - 2) + 1);
    }
    for (Row& group : groups)
        if (!group.id.isEmpty())
            group.value.title = group.id.mid(common.size());
}

Row rowOf(const Problem& problem, Ids& ids)
{
    Row row;
    row.id = ids.of(problem);
    row.value.problem = problem;
    return row;
}

} // namespace

ProblemsModel::ProblemsModel(QObject* parent) : SyncedTree(parent)
{
}

void ProblemsModel::setProblems(std::vector<Problem> problems)
{
    problems_ = std::move(problems);
    arrange();
}

void ProblemsModel::setGrouping(Grouping grouping)
{
    if (grouping == grouping_)
        return;
    grouping_ = grouping;
    arrange();
}

void ProblemsModel::arrange()
{
    Ids ids;
    std::vector<Row> rows;
    if (grouping_ == Grouping::None) {
        for (const Problem& problem : problems_)
            rows.push_back(rowOf(problem, ids));
        sync(rows);
        return;
    }
    std::map<QString, std::size_t> groups;
    for (const Problem& problem : problems_) {
        const Heading heading = headingOf(problem, grouping_);
        const auto [place, isNew] = groups.try_emplace(heading.id, rows.size());
        if (isNew) { // problems are sorted: the first of a group is its worst
            Row& group = rows.emplace_back();
            group.id = heading.id;
            group.value.heading = true;
            group.value.title = heading.title;
            group.value.problem = problem;
        }
        Row& group = rows[place->second];
        ++group.value.count;
        group.below.push_back(rowOf(problem, ids));
    }
    if (grouping_ == Grouping::File)
        shortenFiles(rows);
    sync(rows);
}

void ProblemsModel::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::DecorationRole, Qt::ForegroundRole});
}

int ProblemsModel::count(model::Severity severity) const
{
    return static_cast<int>(std::count_if(problems_.begin(), problems_.end(),
                                          [&](const Problem& problem) { return problem.severity == severity; }));
}

const Problem* ProblemsModel::problemAt(const QModelIndex& index) const
{
    return index.isValid() && !value(index).heading ? &value(index).problem : nullptr;
}

QModelIndex ProblemsModel::find(const Problem& problem) const
{
    const auto look = [&](const auto& self, const QModelIndex& parent) -> QModelIndex {
        for (int row = 0; row < rowCount(parent); ++row) {
            const QModelIndex at = index(row, 0, parent);
            if (const Problem* listed = problemAt(at); listed && *listed == problem)
                return at;
            if (const QModelIndex below = self(self, at); below.isValid())
                return below;
        }
        return {};
    };
    return look(look, {});
}

int ProblemsModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant ProblemsModel::textOf(const ProblemEntry& entry, int column) const
{
    const Problem& problem = entry.problem;
    if (entry.heading)
        return column == SeverityColumn ? QVariant(QStringLiteral("%1  (%2)").arg(entry.title).arg(entry.count))
                                        : QVariant();
    switch (column) {
    case SeverityColumn:
        return severityWord(problem.severity);
    case CodeColumn:
        return problem.code;
    case ObjectColumn:
        return problem.object;
    case TextColumn:
        return problem.text;
    case PlaceColumn:
        return problem.place;
    default:
        return {};
    }
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ProblemEntry& entry = value(index);
    const Problem& problem = entry.problem;
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == TextColumn && !entry.heading && !problem.remedy.isEmpty()
                   ? QVariant(tr("%1. To mend it: %2").arg(problem.text, problem.remedy))
                   : textOf(entry, index.column());
    case Qt::DecorationRole: {
        if (index.column() != SeverityColumn)
            return {};
        const QColor color = problem.severity == model::Severity::Error     ? theme_.bad
                             : problem.severity == model::Severity::Warning ? theme_.warning
                                                                            : theme_.unknown;
        return icon(iconName(problem.severity), color);
    }
    case Qt::ForegroundRole:
        return entry.heading || index.column() == TextColumn || index.column() == ObjectColumn ? theme_.text
                                                                                               : theme_.muted;
    case Qt::ToolTipRole:
        return entry.heading ? QVariant()
                             : QVariant(QStringLiteral("<div>%1</div>")
                                            .arg(QStringList{problem.text, problem.remedy,
                                                             QString::fromStdString(model::toString(problem.location))}
                                                     .join(QLatin1Char('\n'))
                                                     .trimmed()
                                                     .toHtmlEscaped()
                                                     .replace(QLatin1Char('\n'), QStringLiteral("<br>"))));
    case SeverityRole:
        return static_cast<int>(problem.severity);
    case HeadingRole:
        return entry.heading;
    case SearchRole:
        return problem.line + QLatin1Char('\n') + problem.text + QLatin1Char('\n') + problem.remedy;
    case RemedyRole:
        return entry.heading ? QString() : QString(problem.remedy).replace(QLatin1Char('\n'), QLatin1Char(' '));
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn:
        return tr("Severity");
    case CodeColumn:
        return tr("Code");
    case ObjectColumn:
        return tr("Object");
    case TextColumn:
        return tr("What is wrong, and how to mend it");
    case PlaceColumn:
        return tr("Place");
    default:
        return {};
    }
}

} // namespace gatehouse::ui
