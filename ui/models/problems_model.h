#pragma once

#include "model/base/diagnostic.h"
#include "model/topology/topology.h"
#include "ui/theme.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace gatehouse::ui {

/// One thing that is wrong, with what it jumps to.
struct Problem {
    model::Severity severity = model::Severity::Info;
    QString code, object, text, remedy, place;
    std::optional<model::ObjectKey> key;
    model::SourceLocation location;
};

/// What is wrong: problems of the input, conditions that are not as they should be, refused attachments, listeners that
/// could not be opened. The worst first. Thread: UI.
class ProblemsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { SeverityColumn, CodeColumn, ObjectColumn, TextColumn, PlaceColumn, ColumnCount };
    explicit ProblemsModel(QObject* parent = nullptr);

    void setProblems(const model::Topology& topology, const std::vector<model::Diagnostic>& diagnostics);
    void setTheme(const Theme& theme);
    [[nodiscard]] const Problem& problem(int row) const { return problems_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int count(model::Severity severity) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Problem> problems_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
