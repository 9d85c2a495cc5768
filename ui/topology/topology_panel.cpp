#include "ui/topology/topology_panel.h"

#include "ui/icons.h"
#include "ui/topology/filter_bar.h"
#include "ui/topology/focus_frame.h"
#include "ui/topology/legend.h"
#include "ui/topology/minimap.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int margin = 16;
constexpr double zoomStep = 1.2;

} // namespace

TopologyPanel::TopologyPanel(QWidget* parent)
    : QWidget(parent), scene_(new TopologyScene(this)), view_(new TopologyView(*scene_)), frame_(new FocusFrame(view_)),
      filters_(new FilterBar), legend_(new Legend(this)), minimap_(new Minimap(*scene_, *view_, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(filters_);
    column->addWidget(frame_, 1);
    makeZoomBar();
    makeFocusBar();
    connectParts();
}

TopologyPanel::~TopologyPanel()
{
    // Those that look at the scene go before it, and all of them while this still is a panel: the scene's end moves the
    // view, and the view tells the panel.
    delete minimap_;
    delete view_;
    delete scene_;
}

void TopologyPanel::makeZoomBar()
{
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
}

void TopologyPanel::makeFocusBar()
{
    focusBar_ = new QFrame(this);
    focusBar_->setObjectName(QStringLiteral("overlay"));
    auto* line = new QHBoxLayout(focusBar_);
    line->setContentsMargins(14, 5, 6, 5);
    line->setSpacing(8);
    focusIcon_ = new QLabel;
    focusText_ = new QLabel;
    hops_ = new QSpinBox;
    hops_->setRange(0, 9);
    hops_->setSpecialValueText(tr("any number of steps"));
    hops_->setSuffix(tr(" step(s) away"));
    hops_->setAccessibleName(tr("Steps from the focused object"));
    hops_->setToolTip(tr("How far from the focused object to look"));
    focusLeave_ = new QToolButton;
    focusLeave_->setText(tr("Show everything"));
    focusLeave_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    focusLeave_->setToolTip(tr("Leave focus (Esc)"));
    line->addWidget(focusIcon_);
    line->addWidget(focusText_);
    line->addWidget(hops_);
    line->addWidget(focusLeave_);
    focusBar_->hide();
}

void TopologyPanel::connectParts()
{
    connect(zoomOut_, &QToolButton::clicked, view_, [this] { view_->zoomBy(1 / zoomStep); });
    connect(zoomIn_, &QToolButton::clicked, view_, [this] { view_->zoomBy(zoomStep); });
    connect(zoomFit_, &QToolButton::clicked, view_, &TopologyView::fit);
    connect(view_, &TopologyView::zoomChanged, this,
            [this](double factor) { zoomText_->setText(tr("%1 %").arg(qRound(factor * 100))); });
    connect(view_, &TopologyView::viewMoved, this,
            [this] { minimap_->setVisible(minimapWanted_ && minimap_->useful()); });
    connect(scene_, &TopologyScene::focusMoved, this, &TopologyPanel::showFocus);
    connect(scene_, &TopologyScene::arranged, this, [this] {
        minimap_->refresh();
        minimap_->setVisible(minimapWanted_ && minimap_->useful());
        filters_->setCount(scene_->shownObjects(), scene_->index().topology().nodes.size());
    });
    connect(scene_, &TopologyScene::handPlacesChanged, minimap_, &Minimap::refresh);
    connect(filters_, &FilterBar::filterChanged, scene_, &TopologyScene::setFilter);
    connect(hops_, &QSpinBox::valueChanged, this, [this](int steps) {
        scene_->setHops(steps == 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(steps)));
    });
    connect(focusLeave_, &QToolButton::clicked, scene_, &TopologyScene::leaveFocus);
}

void TopologyPanel::setTopology(const TopologyIndex& topology, std::shared_ptr<const LocalTargets> targets,
                                std::shared_ptr<const CanvasMarks> marks)
{
    filters_->setChoices(filterChoices(topology.topology()));
    filters_->setMarked(marks != nullptr, marks && !marks->ofDraft);
    legend_->setMarked(marks != nullptr);
    scene_->setTopology(topology, std::move(targets), std::move(marks));
    placeOverlays();
}

void TopologyPanel::setMinimapVisible(bool on)
{
    minimapWanted_ = on;
    minimap_->setVisible(on && minimap_->useful());
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
    frame_->setTheme(theme);
    legend_->setTheme(theme);
    minimap_->setTheme(theme);
    filters_->setTheme(theme);
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
        focusText_->setText(tr("Connected with %1:").arg(QString::fromStdString(model::toString(*key))));
    placeOverlays();
}

void TopologyPanel::placeOverlays()
{
    for (QWidget* overlay : {static_cast<QWidget*>(zoomBar_), static_cast<QWidget*>(focusBar_),
                             static_cast<QWidget*>(legend_), static_cast<QWidget*>(minimap_)}) {
        overlay->ensurePolished();
        overlay->resize(overlay->sizeHint());
        overlay->raise();
    }
    zoomBar_->move(width() - zoomBar_->width() - margin, height() - zoomBar_->height() - margin);
    minimap_->move(width() - minimap_->width() - margin, zoomBar_->y() - minimap_->height() - 8);
    legend_->move(margin, height() - legend_->height() - margin);
    // In a narrow window the buttons matter more.
    legend_->setVisible(legendWanted_ && legend_->width() + zoomBar_->width() + 3 * margin <= width());
    view_->reserveBelow((legend_->isHidden() ? zoomBar_ : static_cast<QWidget*>(legend_))->height() + margin);
    focusBar_->move((width() - focusBar_->width()) / 2, frame_->y() + margin);
}

void TopologyPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeOverlays();
}

} // namespace gatehouse::ui
