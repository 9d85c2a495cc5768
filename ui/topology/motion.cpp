#include "ui/topology/motion.h"

#include <QEasingCurve>

namespace gatehouse::ui {
namespace {

constexpr int glideMs = 240;

} // namespace

Motion::Motion(QObject* parent) : QObject(parent)
{
    clock_.setStartValue(0.0);
    clock_.setEndValue(1.0);
    clock_.setDuration(glideMs);
    clock_.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&clock_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) { draw(value.toDouble()); });
    connect(&clock_, &QVariantAnimation::finished, this, &Motion::finish);
}

void Motion::start(std::vector<Step> steps)
{
    finish();
    if (steps.empty())
        return;
    steps_ = std::move(steps);
    draw(0);
    clock_.start();
}

void Motion::finish()
{
    if (steps_.empty())
        return;
    draw(1);
    steps_.clear();
    clock_.stop();
}

void Motion::draw(double progress)
{
    for (const Step& step : steps_)
        step(progress);
}

} // namespace gatehouse::ui
