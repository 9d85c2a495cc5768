#include "ui/topology/topology_panel.h"

#include "ui/icons.h"
#include "ui/topology/legend.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int margin = 16;
constexpr double zoomStep = 1.2;

} // namespace

TopologyPanel::TopologyPanel(QWidget* parent)
    : QWidget(parent), scene_(new TopologyScene(this)), view_(new TopologyView(*scene_)), legend_(new Legend(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(view_);

    zoomBar_ = new QFrame(this);
    zoomBar_->setObjectName(QStringLiteral("overlay"));
    auto* buttons = new QHBoxLayout(zoomBar_);
    buttons->setContentsMargins(4, 3, 4, 3);
    buttons->setSpacing(2);
    zoomOut_ = zoomButton(tr("Zoom out"));
    zoomText_ = new QLabel(QStringLiteral("100 %"));
    zoomText_->setAlignment(Qt::AlignCenter);
    zoomText_->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + 8);
    zoomIn_ = zoomButton(tr("Zoom in"));
    zoomFit_ = zoomButton(tr("Fit everything into view"));
    buttons->addWidget(zoomOut_);
    buttons->addWidget(zoomText_);
    buttons->addWidget(zoomIn_);
    buttons->addWidget(zoomFit_);

    focusBar_ = new QFrame(this);
    focusBar_->setObjectName(QStringLiteral("overlay"));
    auto* line = new QHBoxLayout(focusBar_);
    line->setContentsMargins(14, 5, 6, 5);
    line->setSpacing(8);
    focusIcon_ = new QLabel;
    focusText_ = new QLabel;
    focusLeave_ = new QToolButton;
    focusLeave_->setText(tr("Show everything"));
    focusLeave_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    focusLeave_->setToolTip(tr("Leave focus (Esc)"));
    line->addWidget(focusIcon_);
    line->addWidget(focusText_);
    line->addWidget(focusLeave_);
    focusBar_->hide();

    connect(zoomOut_, &QToolButton::clicked, view_, [this] { view_->zoomBy(1 / zoomStep); });
    connect(zoomIn_, &QToolButton::clicked, view_, [this] { view_->zoomBy(zoomStep); });
    connect(zoomFit_, &QToolButton::clicked, view_, &TopologyView::fit);
    connect(view_, &TopologyView::zoomChanged, this,
            [this](double factor) { zoomText_->setText(tr("%1 %").arg(qRound(factor * 100))); });
    connect(scene_, &TopologyScene::focusMoved, this, &TopologyPanel::showFocus);
    connect(focusLeave_, &QToolButton::clicked, scene_, &TopologyScene::leaveFocus);
}

QToolButton* TopologyPanel::zoomButton(const QString& tip)
{
    auto* button = new QToolButton;
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void TopologyPanel::setTheme(const Theme& theme)
{
    scene_->setTheme(theme);
    legend_->setTheme(theme);
    zoomOut_->setIcon(icon(QStringLiteral("zoom-out"), theme.muted));
    zoomIn_->setIcon(icon(QStringLiteral("zoom-in"), theme.muted));
    zoomFit_->setIcon(icon(QStringLiteral("fit"), theme.muted));
    focusIcon_->setPixmap(icon(QStringLiteral("focus"), theme.accent).pixmap(QSize(16, 16), devicePixelRatioF()));
    focusLeave_->setIcon(icon(QStringLiteral("clear"), theme.muted));
    view_->viewport()->update();
    placeOverlays();
}

void TopologyPanel::setLegendVisible(bool on)
{
    legendWanted_ = on;
    placeOverlays();
}

void TopologyPanel::showFocus(const std::optional<model::ObjectKey>& key)
{
    focusBar_->setVisible(key.has_value());
    if (key)
        focusText_->setText(tr("Only what is connected with %1").arg(QString::fromStdString(model::toString(*key))));
    placeOverlays();
}

void TopologyPanel::placeOverlays()
{
    for (QWidget* overlay :
         {static_cast<QWidget*>(zoomBar_), static_cast<QWidget*>(focusBar_), static_cast<QWidget*>(legend_)}) {
        overlay->ensurePolished();
        overlay->resize(overlay->sizeHint());
        overlay->raise();
    }
    zoomBar_->move(width() - zoomBar_->width() - margin, height() - zoomBar_->height() - margin);
    legend_->move(margin, height() - legend_->height() - margin);
    // In a narrow window the buttons matter more.
    legend_->setVisible(legendWanted_ && legend_->width() + zoomBar_->width() + 3 * margin <= width());
    focusBar_->move((width() - focusBar_->width()) / 2, margin);
}

void TopologyPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeOverlays();
}

} // namespace gatehouse::ui
