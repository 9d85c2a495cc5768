#pragma once

#include "ui/document/fuzzy.h"
#include "ui/models/navigator_model.h"

#include <QHash>
#include <QSortFilterProxyModel>

namespace gatehouse::ui {

/// What of the Navigator holds a query, the best first: names and "Kind/namespace/name" by a few of their letters, the
/// small print (hostnames, ports) as it is typed. What is above a match stays, and what is below it. Without a query
/// everything is there in its own order. Thread: UI.
class NavigatorFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit NavigatorFilter(QObject* parent = nullptr);

    void setSource(NavigatorModel& model); ///< instead of setSourceModel(); the model outlives this
    void setQuery(const QString& typed);
    [[nodiscard]] bool searching() const { return !query_.empty(); }
    /// The best match that is an object; invalid when nothing matches.
    [[nodiscard]] QModelIndex best() const;

    QVariant data(const QModelIndex& index, int role) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] std::optional<FuzzyMatch> matchOf(const NavigatorEntry& entry) const;
    /// The best score at a row or below it; nothing when nothing matches.
    [[nodiscard]] std::optional<int> scoreOf(const QModelIndex& source) const;

    const NavigatorModel* model_ = nullptr;
    FuzzyQuery query_;
    QString typed_;
    mutable QHash<QString, std::optional<FuzzyMatch>> matches_; ///< of this query: objects stand in several places
    mutable QHash<quintptr, std::optional<int>> scores_;        ///< of this query and tree
};

} // namespace gatehouse::ui
