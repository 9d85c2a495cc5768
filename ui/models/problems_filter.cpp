#include "ui/models/problems_filter.h"

#include "ui/models/problems_model.h"

#include <algorithm>
#include <tuple>

namespace gatehouse::ui {

ProblemsFilter::ProblemsFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void ProblemsFilter::setHidden(std::set<model::Severity> hidden)
{
    hidden_ = std::move(hidden);
    invalidateFilter();
}

void ProblemsFilter::setWords(const QString& typed)
{
    words_ = typed.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

int ProblemsFilter::count(const QModelIndex& parent) const
{
    int problems = 0;
    for (int row = 0; row < rowCount(parent); ++row) {
        const QModelIndex at = index(row, 0, parent);
        problems += at.data(ProblemsModel::HeadingRole).toBool() ? count(at) : 1;
    }
    return problems;
}

bool ProblemsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex at = sourceModel()->index(row, 0, parent);
    if (at.data(ProblemsModel::HeadingRole).toBool()) // by what is below it
        return false;
    if (hidden_.contains(static_cast<model::Severity>(at.data(ProblemsModel::SeverityRole).toInt())))
        return false;
    if (words_.isEmpty())
        return true;
    const QString text = at.data(ProblemsModel::SearchRole).toString();
    return std::all_of(words_.begin(), words_.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool ProblemsFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const auto& model = static_cast<const ProblemsModel&>(*sourceModel());
    const Problem *a = model.problemAt(left), *b = model.problemAt(right);
    if (a && b && left.column() == ProblemsModel::SeverityColumn)
        return a->severity < b->severity;
    if (a && b && left.column() == ProblemsModel::PlaceColumn) {
        const auto place = [](const Problem& problem) {
            return std::tuple(problem.location.known() ? *problem.location.file : std::string(),
                              problem.location.position);
        };
        return place(*a) < place(*b);
    }
    return QString::localeAwareCompare(left.data().toString(), right.data().toString()) < 0;
}

} // namespace gatehouse::ui
