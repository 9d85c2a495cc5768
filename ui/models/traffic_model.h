#pragma once

#include "model/observe/access_event.h"
#include "ui/theme.h"

#include <QAbstractTableModel>

#include <deque>
#include <vector>

namespace gatehouse::ui {

/// The last requests and sessions that the engine served, newest first. Bounded: older ones are forgotten, and counted.
/// Thread: UI.
class TrafficModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        TimeColumn,
        MethodColumn,
        UrlColumn,
        StatusColumn,
        FlagsColumn,
        DurationColumn,
        BytesColumn,
        GatewayColumn,
        RouteColumn,
        BackendColumn,
        ColumnCount
    };
    static constexpr std::size_t capacity = 2000;

    explicit TrafficModel(QObject* parent = nullptr);
    void append(const std::vector<model::AccessEvent>& events);
    void clear();
    void setTheme(const Theme& theme) { theme_ = theme; }
    [[nodiscard]] const model::AccessEvent& event(int row) const { return events_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] std::uint64_t forgotten() const { return forgotten_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::deque<model::AccessEvent> events_;
    std::uint64_t forgotten_ = 0;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
