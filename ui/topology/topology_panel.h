#pragma once

#include "ui/topology/topology_scene.h"
#include "ui/topology/topology_view.h"

#include <QWidget>

class QFrame;
class QLabel;
class QToolButton;

namespace gatehouse::ui {

class Legend;

/// The canvas with what floats above it: the legend, the zoom buttons, and the line that says what is focused on.
class TopologyPanel final : public QWidget {
    Q_OBJECT
public:
    explicit TopologyPanel(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setLegendVisible(bool on);
    [[nodiscard]] TopologyScene& scene() { return *scene_; }
    [[nodiscard]] TopologyView& view() { return *view_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* zoomButton(const QString& tip);
    void placeOverlays();
    void showFocus(const std::optional<model::ObjectKey>& key);

    TopologyScene* scene_;
    TopologyView* view_;
    QFrame* zoomBar_;
    QToolButton *zoomOut_, *zoomFit_, *zoomIn_;
    QLabel* zoomText_;
    QFrame* focusBar_;
    QLabel *focusIcon_, *focusText_;
    QToolButton* focusLeave_;
    Legend* legend_;
    bool legendWanted_ = true;
};

} // namespace gatehouse::ui
