#pragma once

#include "ui/document/problem_list.h"
#include "ui/models/synced_tree.h"
#include "ui/theme.h"

#include <vector>

namespace gatehouse::ui {

/// A problem, or the heading of some.
struct ProblemEntry {
    bool heading = false;
    QString title;   ///< of a heading
    Problem problem; ///< of a heading: the worst severity, and what it jumps to
    int count = 0;   ///< of a heading: how many are below it
    bool operator==(const ProblemEntry&) const = default;
};

/// Problems as rows, the worst first, or below headings by file or by object. A new list changes only what differs, so
/// that what is selected stays selected. Thread: UI.
class ProblemsModel final : public SyncedTree<ProblemEntry> {
    Q_OBJECT
public:
    enum Column { SeverityColumn, CodeColumn, ObjectColumn, TextColumn, PlaceColumn, ColumnCount };
    enum Role {
        SeverityRole = Qt::UserRole, ///< model::Severity as int
        HeadingRole,                 ///< bool
        SearchRole,                  ///< everything that is said, for a text filter
        RemedyRole,                  ///< how to mend it, in one line
    };
    enum class Grouping : std::uint8_t { None, File, Object };
    explicit ProblemsModel(QObject* parent = nullptr);

    void setProblems(std::vector<Problem> problems);
    void setGrouping(Grouping grouping);
    [[nodiscard]] Grouping grouping() const { return grouping_; }
    void setTheme(const Theme& theme);

    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
    [[nodiscard]] int count(model::Severity severity) const;
    /// The problem at a row; null for headings. Lifetime: until the next change.
    [[nodiscard]] const Problem* problemAt(const QModelIndex& index) const;
    /// The row of a problem; invalid when it is none of these.
    [[nodiscard]] QModelIndex find(const Problem& problem) const;

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void arrange();
    [[nodiscard]] QVariant textOf(const ProblemEntry& entry, int column) const;

    std::vector<Problem> problems_;
    Grouping grouping_ = Grouping::None;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
