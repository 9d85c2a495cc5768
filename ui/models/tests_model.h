#pragma once

#include "ui/document/test_report.h"
#include "ui/models/row_tree.h"

namespace gatehouse::ui {

/// Test files, their tests, and what each expected and got. What is open and selected stays so over reports.
class TestsModel final : public RowTree {
    Q_OBJECT
public:
    enum Column { TestColumn, ResultColumn, ExpectedColumn, GotColumn, TimeColumn, PlaceColumn };
    static constexpr int verdictRole = Qt::UserRole + 1; ///< TestVerdict as int, of a test; invalid of other rows

    explicit TestsModel(QObject* parent = nullptr);
    /// Tests that were not asked keep what is known of them from before.
    void setFiles(std::vector<TestFileItem> files);
    [[nodiscard]] const std::vector<TestFileItem>& files() const { return files_; }
    /// The tests that failed, as a wish names them.
    [[nodiscard]] std::vector<std::pair<QString, QString>> failed() const;

    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<TestFileItem> files_;
};

/// Which rules the tests reached, by route.
class CoverageModel final : public RowTree {
    Q_OBJECT
public:
    enum Column { RuleColumn, ReachedColumn, PlaceColumn };

    explicit CoverageModel(QObject* parent = nullptr);
    void setCoverage(const TestCoverage& coverage);
};

} // namespace gatehouse::ui
