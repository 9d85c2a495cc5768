#pragma once

#include "model/base/diagnostic.h"

#include <QSortFilterProxyModel>

#include <set>

namespace gatehouse::ui {

/// Which problems are listed: those of some severities that hold every word of a text. A heading stays while one of its
/// problems does. Sorted by a column on demand; by severity and place as those are, not as they read. Thread: UI.
class ProblemsFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ProblemsFilter(QObject* parent = nullptr);

    void setHidden(std::set<model::Severity> hidden);
    void setWords(const QString& typed);
    [[nodiscard]] const std::set<model::Severity>& hidden() const { return hidden_; }
    /// Problems that are listed, headings not among them.
    [[nodiscard]] int count(const QModelIndex& parent = {}) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    std::set<model::Severity> hidden_;
    QStringList words_;
};

} // namespace gatehouse::ui
