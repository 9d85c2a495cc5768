#include "ui/topology/focus_frame.h"

#include <QFocusEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int thickness = 2;

} // namespace

FocusFrame::FocusFrame(QWidget* content, QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(thickness, thickness, thickness, thickness);
    column->addWidget(content);
    content->installEventFilter(this);
}

void FocusFrame::setTheme(const Theme& theme)
{
    theme_ = theme;
    update();
}

bool FocusFrame::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        focused_ = event->type() == QEvent::FocusIn;
        byKeyboard_ = focused_ && (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                                   reason == Qt::ShortcutFocusReason);
        update();
    }
    return QWidget::eventFilter(watched, event);
}

void FocusFrame::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), lit() ? theme_.focus : theme_.canvas);
}

} // namespace gatehouse::ui
