#pragma once

#include "ui/topology/topology_scene.h"
#include "ui/topology/topology_view.h"

#include <QWidget>

class QFrame;
class QLabel;
class QSpinBox;
class QToolButton;

namespace gatehouse::ui {

class FilterBar;
class FocusFrame;
class Legend;
class Minimap;

/// The canvas with its filters, and what floats above it: the legend, the map, the zoom buttons, and the line that says
/// what is focused on.
class TopologyPanel final : public QWidget {
    Q_OBJECT
public:
    explicit TopologyPanel(QWidget* parent = nullptr);
    ~TopologyPanel() override;

    void setTheme(const Theme& theme);
    void setLegendVisible(bool on);
    void setMinimapVisible(bool on);
    /// The topology to show; see TopologyScene::setTopology().
    void setTopology(const TopologyIndex& topology, std::shared_ptr<const LocalTargets> targets,
                     std::shared_ptr<const CanvasMarks> marks = nullptr);
    [[nodiscard]] FilterBar& filters() { return *filters_; }
    [[nodiscard]] Minimap& minimap() { return *minimap_; }
    [[nodiscard]] QSpinBox* hopsBox() const { return hops_; }
    [[nodiscard]] TopologyScene& scene() { return *scene_; }
    [[nodiscard]] TopologyView& view() { return *view_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeZoomBar();
    void makeFocusBar();
    void connectParts();
    QToolButton* zoomButton(const QString& tip);
    void placeOverlays();
    void showFocus(const std::optional<model::ObjectKey>& key);

    TopologyScene* scene_;
    TopologyView* view_;
    FocusFrame* frame_; ///< around the view
    QFrame* zoomBar_;
    QToolButton *zoomOut_, *zoomFit_, *zoomIn_;
    QLabel* zoomText_;
    FilterBar* filters_;
    QFrame* focusBar_;
    QSpinBox* hops_;
    QLabel *focusIcon_, *focusText_;
    QToolButton* focusLeave_;
    Legend* legend_;
    Minimap* minimap_;
    bool legendWanted_ = true, minimapWanted_ = true;
};

} // namespace gatehouse::ui
