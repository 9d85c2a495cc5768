#pragma once

#include "ui/document/traffic_history.h"
#include "ui/theme.h"

#include <QWidget>

#include <vector>

namespace gatehouse::ui {

/// Rate, errors and latency of the last minutes as three small charts over one another, the newest on the right.
/// Thread: UI.
class TrafficCharts final : public QWidget {
    Q_OBJECT
public:
    explicit TrafficCharts(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// `of`: whose traffic it is. `now`: of the last seconds; the curve has coarser steps.
    void setCurve(const QString& of, std::vector<TrafficNumbers> curve, const TrafficNumbers& now);
    void showTitle(bool on); ///< off where something beside it says whose traffic it is
    [[nodiscard]] const QString& of() const { return of_; }
    [[nodiscard]] const std::vector<TrafficNumbers>& curve() const { return curve_; }
    /// What stands above each chart: "Rate 120/s".
    [[nodiscard]] QStringList captions() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override; ///< tool tips: the values of the step below the pointer

private:
    struct Line {
        QColor color;
        std::vector<double> values; ///< of each step; below 0: none
        bool filled = false;
    };
    struct Chart {
        QString caption;
        std::vector<Line> lines;
        double least = 0; ///< that the scale reaches at least
    };
    [[nodiscard]] std::vector<Chart> charts() const;
    [[nodiscard]] QRectF plotRect(int chart) const;
    [[nodiscard]] double xOf(std::size_t step, const QRectF& plot) const;
    void paintChart(QPainter& painter, const Chart& chart, const QRectF& plot) const;
    [[nodiscard]] QString tipAt(QPoint position) const;

    QString of_;
    bool titled_ = true;
    std::vector<TrafficNumbers> curve_;
    TrafficNumbers now_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
