#include "ui/topology/legend.h"

#include "ui/icons.h"

#include <QFontMetrics>
#include <QPainter>

#include <vector>

namespace gatehouse::ui {
namespace {

constexpr int sample = 26;
constexpr int gap = 18;
constexpr int iconSize = 15;

struct Row {
    QString text;
    QPen pen;
    QString icon;         ///< in place of a line
    bool doubled = false; ///< a double line
};

/// Lines first, shapes below them, how things are, then what a comparison marks.
std::vector<std::vector<Row>> rows(const Theme& theme, bool comparing)
{
    QPen refused(theme.bad, 1.6, Qt::DashLine);
    refused.setDashPattern({4.5, 3.5});
    const auto shape = [&](model::NodeKind kind, const QString& text) {
        return Row{text, QPen(theme.of(kind)), iconName(kind)};
    };
    std::vector<std::vector<Row>> rows{
        std::vector<Row>{
            {Legend::tr("attached"), QPen(theme.edge, 1.6), {}},
            {Legend::tr("across namespaces"), QPen(theme.edgeCross, 3.6, Qt::SolidLine, Qt::FlatCap), {}, true},
            {Legend::tr("refused"), refused, {}},
            {Legend::tr("policy"), QPen(theme.policy, 1.6, Qt::DotLine), {}}},
        std::vector<Row>{shape(model::NodeKind::Gateway, Legend::tr("Gateway")),
                         shape(model::NodeKind::Route, Legend::tr("route")),
                         shape(model::NodeKind::Backend, Legend::tr("backend")),
                         shape(model::NodeKind::Policy, Legend::tr("policy")),
                         {Legend::tr("granted"), QPen(theme.edgeCross), QStringLiteral("grant")},
                         {Legend::tr("namespace"), QPen(theme.muted), QStringLiteral("namespace")}}};
    std::vector<Row>& healths = rows.emplace_back();
    for (const auto& [health, text] : {std::pair(model::Health::Good, Legend::tr("fine")),
                                       {model::Health::Warning, Legend::tr("a warning")},
                                       {model::Health::Bad, Legend::tr("failing")},
                                       {model::Health::Unknown, Legend::tr("not known")}})
        healths.push_back({text, QPen(theme.of(health)), iconName(health)});
    if (comparing) {
        std::vector<Row>& marks = rows.emplace_back();
        for (const ChangeMark mark :
             {ChangeMark::Added, ChangeMark::Removed, ChangeMark::Changed, ChangeMark::Rerouted})
            marks.push_back({words(mark), QPen(theme.of(mark)), iconName(mark)});
    }
    return rows;
}

constexpr int rowHeight = 22;

int widthOf(const std::vector<Row>& row, const QFontMetrics& metrics)
{
    int width = 28 - gap;
    for (const Row& entry : row)
        width += (entry.icon.isEmpty() ? sample : iconSize) + 8 + metrics.horizontalAdvance(entry.text) + gap;
    return width;
}

} // namespace

Legend::Legend(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("overlay"));
    wearFont(this, 0.9);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Legend"));
}

void Legend::setTheme(const Theme& theme)
{
    theme_ = theme;
    update();
}

void Legend::setMarked(bool on)
{
    marked_ = on;
    updateGeometry();
    update();
}

QSize Legend::sizeHint() const
{
    const QFontMetrics metrics(font());
    int width = 0;
    const auto all = rows(theme_, marked_);
    for (const auto& row : all)
        width = std::max(width, widthOf(row, metrics));
    return {width, static_cast<int>(all.size()) * rowHeight + 10};
}

void Legend::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    int top = 5;
    for (const auto& row : rows(theme_, marked_)) {
        int x = 14;
        const double middle = top + rowHeight / 2.0;
        for (const Row& entry : row) {
            if (entry.icon.isEmpty()) {
                painter.setPen(entry.pen);
                painter.drawLine(QPointF(x, middle), QPointF(x + sample, middle));
                if (entry.doubled) {
                    painter.setPen(QPen(theme_.raised, 1.4, Qt::SolidLine, Qt::FlatCap));
                    painter.drawLine(QPointF(x, middle), QPointF(x + sample, middle));
                }
                x += sample + 8;
            } else {
                paintIcon(painter, entry.icon, QRectF(x, middle - iconSize / 2.0, iconSize, iconSize),
                          entry.pen.color());
                x += iconSize + 8;
            }
            painter.setPen(theme_.muted);
            const int width = QFontMetrics(font()).horizontalAdvance(entry.text);
            painter.drawText(QRect(x, top, width + 2, rowHeight), Qt::AlignVCenter, entry.text);
            x += width + gap;
        }
        top += rowHeight;
    }
}

} // namespace gatehouse::ui
