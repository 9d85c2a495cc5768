#include "ui/docks/traffic_charts.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr int chartCount = 3;
constexpr double margin = 12, gap = 6;

QString percentText(double share)
{
    return TrafficCharts::tr("%1 %").arg(QLocale().toString(share * 100, 'f', share > 0 && share < 0.1 ? 1 : 0));
}

/// A round number that is no less: 1, 2 or 5 times a power of ten.
double roundedUp(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double times : {1.0, 2.0, 5.0})
        if (times * power >= value)
            return times * power;
    return 10 * power;
}

} // namespace

TrafficCharts::TrafficCharts(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Charts of the traffic"));
    setFont(scaled(interfaceFont(), 0.88));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setCurve({}, {}, {});
}

QSize TrafficCharts::sizeHint() const
{
    return {250, 170};
}

QSize TrafficCharts::minimumSizeHint() const
{
    return {170, static_cast<int>(4 * fontMetrics().height() + chartCount * 18)};
}

void TrafficCharts::setTheme(const Theme& theme)
{
    theme_ = theme;
    setFont(scaled(interfaceFont(), 0.88));
    update();
}

void TrafficCharts::setCurve(const QString& of, std::vector<TrafficNumbers> curve, const TrafficNumbers& now)
{
    of_ = of.isEmpty() ? tr("All traffic") : of;
    curve_ = std::move(curve);
    now_ = now;
    setAccessibleDescription(of_ + QStringLiteral(": ") + captions().join(QStringLiteral(", ")));
    update();
}

void TrafficCharts::showTitle(bool on)
{
    titled_ = on;
    update();
}

QStringList TrafficCharts::captions() const
{
    QStringList texts;
    for (const Chart& chart : charts())
        texts << chart.caption;
    return texts;
}

std::vector<TrafficCharts::Chart> TrafficCharts::charts() const
{
    const auto line = [this](const QColor& color, bool filled, const auto& value) {
        Line made{color, {}, filled};
        for (const TrafficNumbers& numbers : curve_)
            made.values.push_back(value(numbers));
        return made;
    };
    const auto rate = line(theme_.accent, true, [](const TrafficNumbers& n) { return n.rate; });
    const auto errors =
        line(theme_.bad, true, [](const TrafficNumbers& n) { return n.idle() ? -1 : n.errorShare * 100; });
    const auto slow = line(theme_.warning, false, [](const TrafficNumbers& n) { return n.p99.value_or(-1); });
    const auto middle = line(theme_.accent, false, [](const TrafficNumbers& n) { return n.p50.value_or(-1); });
    const QString took = now_.p50 ? tr("Latency p50 %1, p99 %2").arg(millisText(*now_.p50), millisText(*now_.p99))
                                  : tr("Latency p50, p99");
    return {{tr("Rate %1").arg(rateText(now_.rate)), {rate}, 1},
            {tr("Errors %1").arg(percentText(now_.errorShare)), {errors}, 5},
            {took, {slow, middle}, 1}};
}

QRectF TrafficCharts::plotRect(int chart) const
{
    const double line = fontMetrics().height();
    const double top = titled_ ? line + gap + margin / 2 : gap;
    const double each = (height() - top - gap) / chartCount;
    return {margin, top + chart * each + line + 1, width() - 2 * margin, each - line - gap - 1};
}

double TrafficCharts::xOf(std::size_t step, const QRectF& plot) const
{
    const double wide = plot.width() / static_cast<double>(TrafficHistory::steps - 1);
    return plot.right() - wide * static_cast<double>(curve_.size() - 1 - step);
}

void TrafficCharts::paintChart(QPainter& painter, const Chart& chart, const QRectF& plot) const
{
    double most = chart.least;
    for (const Line& line : chart.lines)
        for (const double value : line.values)
            most = std::max(most, value);
    most = roundedUp(most);
    const QRectF captionRect(plot.left(), plot.top() - fontMetrics().height() - 1, plot.width(),
                             fontMetrics().height());
    painter.setPen(theme_.text);
    painter.drawText(captionRect, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(chart.caption, Qt::ElideRight, static_cast<int>(plot.width() - 40)));
    painter.setPen(theme_.faint);
    painter.drawText(captionRect, Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(most, 'g', 4));
    painter.setPen(QPen(theme_.hairline, 1));
    painter.drawLine(plot.topLeft(), plot.topRight());
    painter.setPen(QPen(theme_.border, 1));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    for (const Line& line : chart.lines) {
        QPainterPath path;
        bool drawing = false;
        double begin = 0, end = 0;
        const auto fill = [&] {
            if (!drawing || !line.filled)
                return;
            QPainterPath area = path;
            area.lineTo(end, plot.bottom());
            area.lineTo(begin, plot.bottom());
            area.closeSubpath();
            QColor pale = line.color;
            pale.setAlphaF(0.16F);
            painter.fillPath(area, pale);
        };
        for (std::size_t i = 0; i < line.values.size(); ++i) {
            if (line.values[i] < 0) { // nothing is known of it: no line through it
                fill();
                painter.strokePath(path, QPen(line.color, 1.6));
                path.clear();
                drawing = false;
                continue;
            }
            const QPointF point(xOf(i, plot), plot.bottom() - plot.height() * line.values[i] / most);
            if (!drawing) {
                path.moveTo(point - QPointF(0.8, 0)); // one step alone is a dot
                begin = point.x();
            }
            path.lineTo(point);
            end = point.x();
            drawing = true;
        }
        fill();
        painter.strokePath(path, QPen(line.color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
}

void TrafficCharts::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(scaled(font(), 1, QFont::DemiBold));
    painter.setPen(theme_.muted);
    const QRectF title(margin, margin / 2, width() - 2 * margin, fontMetrics().height());
    if (titled_)
        painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(of_, Qt::ElideMiddle, static_cast<int>(title.width())));
    painter.setFont(font());
    const std::vector<Chart> all = charts();
    for (int i = 0; i < chartCount; ++i)
        paintChart(painter, all[static_cast<std::size_t>(i)], plotRect(i));
}

QString TrafficCharts::tipAt(QPoint position) const
{
    const QRectF plot = plotRect(0);
    for (std::size_t i = 0; i < curve_.size(); ++i) {
        const double half = plot.width() / static_cast<double>(TrafficHistory::steps - 1) / 2;
        if (std::abs(position.x() - xOf(i, plot)) > half + 0.5)
            continue;
        const TrafficNumbers& numbers = curve_[i];
        const int ago = qRound(static_cast<double>(curve_.size() - 1 - i) * TrafficHistory::stepSeconds);
        QString text =
            tr("%1 s ago: %2, errors %3").arg(ago).arg(rateText(numbers.rate), percentText(numbers.errorShare));
        if (numbers.p50)
            text += tr(", p50 %1, p99 %2").arg(millisText(*numbers.p50), millisText(*numbers.p99));
        return text;
    }
    return {};
}

bool TrafficCharts::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const QString tip = tipAt(help->pos()); !tip.isEmpty())
        QToolTip::showText(help->globalPos(), tip, this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace gatehouse::ui
