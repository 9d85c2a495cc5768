#pragma once

#include "ui/docks/dock.h"
#include "ui/models/problems_model.h"

class QLabel;
class QStackedWidget;
class QTableView;

namespace gatehouse::ui {

/// The list of problems; picking one jumps to its object and line.
class ProblemsDock final : public Dock {
    Q_OBJECT
public:
    explicit ProblemsDock(QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    void setProblems(const model::Topology& topology, const std::vector<model::Diagnostic>& diagnostics);
    [[nodiscard]] const ProblemsModel& model() const { return model_; }
    [[nodiscard]] QTableView* table() const { return table_; }

signals:
    void picked(const gatehouse::ui::Problem& problem);

private:
    ProblemsModel model_;
    QStackedWidget* pages_;
    QTableView* table_;
    QLabel* fine_;
    QLabel* fineIcon_;
};

} // namespace gatehouse::ui
