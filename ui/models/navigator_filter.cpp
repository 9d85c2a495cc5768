#include "ui/models/navigator_filter.h"

#include <algorithm>
#include <limits>

namespace gatehouse::ui {

NavigatorFilter::NavigatorFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true);
}

void NavigatorFilter::setSource(NavigatorModel& model)
{
    model_ = &model;
    // Before the base class connects itself, so that it never sees a score of the tree before.
    const auto forget = [this] { scores_.clear(); };
    connect(&model, &QAbstractItemModel::rowsInserted, this, forget);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, forget);
    connect(&model, &QAbstractItemModel::rowsMoved, this, forget);
    connect(&model, &QAbstractItemModel::dataChanged, this, forget);
    setSourceModel(&model);
}

void NavigatorFilter::setQuery(const QString& typed)
{
    const QString trimmed = typed.trimmed();
    if (trimmed == typed_)
        return;
    typed_ = trimmed;
    query_ = FuzzyQuery(trimmed);
    matches_.clear();
    scores_.clear();
    invalidateFilter();
    sort(-1); // a column that is sorted already is not sorted again
    if (searching())
        sort(0);
}

std::optional<FuzzyMatch> NavigatorFilter::matchOf(const NavigatorEntry& entry) const
{
    const QString qualified =
        entry.key && !entry.listener
            ? QString::fromStdString(entry.key->kind + '/' + entry.key->name.namespace_ + '/' + entry.key->name.name)
            : QString();
    const QString id = entry.text + QLatin1Char('\n') + qualified + QLatin1Char('\n') + entry.detail;
    const auto known = matches_.constFind(id);
    if (known != matches_.constEnd())
        return *known;
    auto match = query_.match(entry.text);
    if (!match && !qualified.isEmpty()) {
        match = query_.match(qualified);
        if (match) { // the letters of the name alone are shown
            const auto before = static_cast<int>(qualified.size() - entry.text.size());
            std::erase_if(match->positions, [&](int p) { return p < before; });
            for (int& position : match->positions)
                position -= before;
            match->score /= 2;
        }
    }
    if (!match && entry.detail.contains(typed_, Qt::CaseInsensitive))
        match = FuzzyMatch{0, {}};
    matches_.insert(id, match);
    return match;
}

std::optional<int> NavigatorFilter::scoreOf(const QModelIndex& source) const
{
    const auto known = scores_.constFind(source.internalId());
    if (known != scores_.constEnd())
        return *known;
    std::optional<int> best;
    if (const auto match = matchOf(model_->entryAt(source)))
        best = match->score;
    for (int row = 0; row < model_->rowCount(source); ++row) {
        const auto below = scoreOf(model_->index(row, 0, source));
        if (below && (!best || *below > *best))
            best = below;
    }
    scores_.insert(source.internalId(), best);
    return best;
}

QModelIndex NavigatorFilter::best() const
{
    QModelIndex found;
    int score = 0;
    const auto look = [&](const auto& self, const QModelIndex& parent) -> void {
        for (int row = 0; row < rowCount(parent); ++row) {
            const QModelIndex at = index(row, 0, parent);
            const NavigatorEntry& entry = model_->entryAt(mapToSource(at));
            const auto match = entry.key && !entry.listener ? matchOf(entry) : std::nullopt;
            if (match && (!found.isValid() || match->score > score)) {
                found = at;
                score = match->score;
            }
            self(self, at);
        }
    };
    if (searching())
        look(look, {});
    return found;
}

QVariant NavigatorFilter::data(const QModelIndex& index, int role) const
{
    if (role != NavigatorModel::MatchRole)
        return QSortFilterProxyModel::data(index, role);
    if (!searching() || !index.isValid())
        return {};
    const auto match = matchOf(model_->entryAt(mapToSource(index)));
    if (!match || match->positions.empty())
        return {};
    return QVariant::fromValue(QList<int>(match->positions.begin(), match->positions.end()));
}

bool NavigatorFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    return !searching() || matchOf(model_->entryAt(model_->index(row, 0, parent))).has_value();
}

bool NavigatorFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const auto scoreLeft = scoreOf(left), scoreRight = scoreOf(right);
    if (scoreLeft != scoreRight)
        return scoreLeft.value_or(std::numeric_limits<int>::min()) >
               scoreRight.value_or(std::numeric_limits<int>::min());
    return left.row() < right.row();
}

} // namespace gatehouse::ui
