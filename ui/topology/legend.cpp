#include "ui/topology/legend.h"

#include <QFontMetrics>
#include <QPainter>

namespace gatehouse::ui {
namespace {

constexpr int sample = 26;
constexpr int gap = 18;

struct Row {
    QString text;
    QPen pen;
};

std::vector<Row> rows(const Theme& theme)
{
    QPen refused(theme.bad, 1.6, Qt::DashLine);
    refused.setDashPattern({4.5, 3.5});
    return {{Legend::tr("attached"), QPen(theme.edge, 1.6)},
            {Legend::tr("across namespaces"), QPen(theme.edgeCross, 2)},
            {Legend::tr("refused"), refused},
            {Legend::tr("policy"), QPen(theme.policy, 1.6, Qt::DotLine)}};
}

} // namespace

Legend::Legend(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("overlay"));
    setFont(scaled(interfaceFont(), 0.9));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Legend"));
}

void Legend::setTheme(const Theme& theme)
{
    theme_ = theme;
    update();
}

QSize Legend::sizeHint() const
{
    int width = 14;
    for (const Row& row : rows(theme_))
        width += sample + 8 + QFontMetrics(font()).horizontalAdvance(row.text) + gap;
    return {width - gap + 14, 32};
}

void Legend::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    int x = 14;
    for (const Row& row : rows(theme_)) {
        painter.setPen(row.pen);
        painter.drawLine(QPointF(x, height() / 2.0), QPointF(x + sample, height() / 2.0));
        x += sample + 8;
        painter.setPen(theme_.muted);
        const int width = QFontMetrics(font()).horizontalAdvance(row.text);
        painter.drawText(QRect(x, 0, width + 2, height()), Qt::AlignVCenter, row.text);
        x += width + gap;
    }
}

} // namespace gatehouse::ui
