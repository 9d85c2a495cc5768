#pragma once

#include "ui/docks/dock.h"
#include "ui/models/traffic_model.h"

class QTableView;

namespace gatehouse::ui {

/// The last requests that the engine served; picking one selects its route.
class TrafficDock final : public Dock {
    Q_OBJECT
public:
    explicit TrafficDock(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void append(const std::vector<model::AccessEvent>& events) { model_.append(events); }
    [[nodiscard]] TrafficModel& model() { return model_; }

signals:
    /// "HTTPRoute/namespace/name" of the picked request; the Gateway's "namespace/name" when no route matched.
    void picked(const QString& route, const QString& gateway);

private:
    TrafficModel model_;
    QTableView* table_;
};

} // namespace gatehouse::ui
