#pragma once

#include "model/topology/topology.h"
#include "ui/docks/dock.h"
#include "ui/document/traffic_parts.h"
#include "ui/models/probe_model.h"
#include "ui/models/traffic_model.h"

#include <QSortFilterProxyModel>

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

class TrafficCharts;

/// The last requests and sessions that the engine served, with a filter, and charts of all that it served. Beside them
/// stands what is known of the one at hand, and by which rules it went the way that it went: it asks by
/// explainRequested(). Thread: UI.
class TrafficDock final : public Dock {
    Q_OBJECT
public:
    explicit TrafficDock(QWidget* parent = nullptr);

    void setTheme(const Theme& theme) override;
    void setTopology(std::shared_ptr<const model::Topology> topology) { topology_ = std::move(topology); }
    /// `lost`: how many never came here, as more arrived at once than are carried.
    void append(const std::vector<model::AccessEvent>& events, std::uint64_t lost = 0);
    /// What was counted since the last time; it comes a few times a second.
    void addTick(const TrafficTick& tick);
    void clear();    ///< forgets what was served so far
    void stopLive(); ///< the engine stopped: there is no traffic now; the charts keep what was
    /// Whose traffic the charts show: `parts` as trafficParts() says them, of which one is chosen; none: everybody's.
    /// `of`: the object in words. What was chosen of the same parts stays chosen.
    void setSelection(const QString& of, const std::vector<TrafficPart>& parts);
    /// The selection's traffic now, in words; "" while it is idle, or nothing is selected.
    [[nodiscard]] QString selectionText() const;
    [[nodiscard]] const TrafficHistory& history() const { return history_; }
    [[nodiscard]] TrafficCharts& charts() const { return *charts_; }
    [[nodiscard]] QComboBox* partBox() const { return part_; }
    void setExplanation(std::uint64_t number, const ProbeResult& result);
    [[nodiscard]] TrafficModel& model() { return model_; }
    [[nodiscard]] QTableView* table() const { return table_; }
    [[nodiscard]] QLineEdit* filterLine() const { return filter_; }
    [[nodiscard]] const ProbeModel& explanation() const { return explanation_; }
    [[nodiscard]] QString factsText() const; ///< as shown, without markup
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QToolButton* clearButton() const { return clear_; }

signals:
    void trafficChanged(const std::shared_ptr<const gatehouse::ui::TrafficNow>& now); ///< null: there is none
    /// "HTTPRoute/namespace/name" of the picked request; the Gateway's "namespace/name" when no route matched.
    void picked(const QString& route, const QString& gateway);
    void explainRequested(const gatehouse::ui::ProbeQuestion& question);
    void probeRequested(const gatehouse::ui::ProbeRequest& request); ///< compose it in the Probe
    void jumpRequested(const gatehouse::model::ObjectKey& key, int line);

private:
    QWidget* makeCharts();
    QWidget* makeList();
    QWidget* makeDetail();
    void showDetail(const QModelIndex& at);
    void showCount();
    void showCharts();
    [[nodiscard]] const model::AccessEvent* eventAt(const QModelIndex& at) const;

    TrafficModel model_;
    QSortFilterProxyModel filtered_;
    ProbeModel explanation_;
    std::shared_ptr<const model::Topology> topology_;
    QLineEdit* filter_;
    QTableView* table_;
    QLabel *count_, *facts_, *hint_;
    QToolButton* clear_;
    QTreeView* tree_;
    QWidget* detail_;
    QAction *searchIcon_, *toProbe_;
    TrafficCharts* charts_;
    TrafficHistory history_;
    std::shared_ptr<const TrafficNow> now_; ///< null while the engine is stopped
    QComboBox* part_;
    QString of_;
    std::vector<TrafficPart> parts_;
    std::uint64_t asked_ = 0, lost_ = 0;
    std::uint64_t lostBefore_ = 0; ///< until clear()
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
