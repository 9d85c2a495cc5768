#include "ui/start_row.h"

#include "ui/icons.h"

#include <QKeyEvent>
#include <QPainter>

namespace gatehouse::ui {
namespace {

constexpr int side = 12; ///< left and right of what is drawn
constexpr int pictureSize = 20;

} // namespace

StartRow::StartRow(const QString& icon, const QString& title, const QString& detail, QWidget* parent)
    : QAbstractButton(parent), icon_(icon), detail_(detail)
{
    setText(title);
    setToolTip(detail);
    setAccessibleName(title);
    setAccessibleDescription(detail);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StartRow::setTheme(const Theme& theme)
{
    theme_ = theme;
    update();
}

QSize StartRow::sizeHint() const
{
    const int lines = fontMetrics().height() + (detail_.isEmpty() ? 0 : QFontMetrics(scaled(font(), 0.9)).height());
    return {280, lines + 16};
}

QSize StartRow::minimumSizeHint() const
{
    return {140, sizeHint().height()};
}

void StartRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus() ? QPen(theme_.focus, theme_.highContrast ? 2 : 1.4)
                              : QPen(theme_.highContrast ? theme_.border : QColor(Qt::transparent), 1));
    painter.setBrush(underMouse() || isDown() ? theme_.hover : QColor(Qt::transparent));
    painter.drawRoundedRect(box, 8, 8);
    paintIcon(painter, icon_, QRectF(side, (height() - pictureSize) / 2.0, pictureSize, pictureSize), theme_.accent);

    const int left = side + pictureSize + 12;
    const int room = width() - left - side;
    const QFont strong = scaled(font(), 1, QFont::DemiBold);
    const QFont small = scaled(font(), 0.9);
    const int titleHeight = QFontMetrics(strong).height();
    const int smallHeight = detail_.isEmpty() ? 0 : QFontMetrics(small).height();
    const int top = (height() - titleHeight - smallHeight) / 2;
    painter.setFont(strong);
    painter.setPen(theme_.text);
    painter.drawText(QRect(left, top, room, titleHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(strong).elidedText(text(), Qt::ElideRight, room));
    painter.setFont(small);
    painter.setPen(theme_.muted);
    painter.drawText(QRect(left, top + titleHeight, room, smallHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(small).elidedText(detail_, Qt::ElideRight, room));
}

void StartRow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void StartRow::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void StartRow::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace gatehouse::ui
