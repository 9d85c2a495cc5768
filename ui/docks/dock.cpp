#include "ui/docks/dock.h"

#include "ui/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace gatehouse::ui {
namespace {

/// The first widget within `body` that the keyboard can reach; null when there is none.
QWidget* firstByKeyboard(QWidget* body)
{
    for (QWidget* each = body->nextInFocusChain(); each && each != body; each = each->nextInFocusChain())
        if (body->isAncestorOf(each) && each->isVisible() && each->isEnabled() && (each->focusPolicy() & Qt::TabFocus))
            return each;
    return nullptr;
}

} // namespace

Dock::Dock(const QString& title, const QString& name, Header header, QWidget* parent)
    : QDockWidget(title, parent), panelAction_(new QAction(title, this))
{
    setObjectName(name);
    setFeatures(DockWidgetMovable | DockWidgetFloatable | DockWidgetClosable);
    panelAction_->setObjectName(QStringLiteral("show-") + name);
    panelAction_->setCheckable(true);
    connect(panelAction_, &QAction::triggered, this, &Dock::toggle);
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool seen) {
        seen_ = seen;
        panelAction_->setChecked(seen);
    });
    connect(this, &QWidget::windowTitleChanged, panelAction_, &QAction::setText);

    auto* docked = new QWidget(this);
    if (header == Header::Title)
        addTitle(*docked);
    QWidget* floating = makeFloatingTitle();
    setTitleBarWidget(docked);
    floating->hide();
    connect(this, &QDockWidget::topLevelChanged, this, [this, docked, floating](bool on) {
        (on ? docked : floating)->hide();
        setTitleBarWidget(on ? floating : docked);
    });
}

QHBoxLayout* Dock::addTitle(QWidget& bar)
{
    bar.setObjectName(QStringLiteral("dockTitle"));
    auto* line = new QHBoxLayout(&bar);
    line->setContentsMargins(16, 10, 12, 6);
    auto* label = new QLabel(windowTitle());
    wearFont(label, 0.95, QFont::DemiBold);
    connect(this, &QWidget::windowTitleChanged, label, &QLabel::setText);
    line->addWidget(label, 1);
    return line;
}

/// By which a floating dock is dragged, put back and closed: no window manager gives it a frame.
QWidget* Dock::makeFloatingTitle()
{
    auto* bar = new QWidget(this);
    QHBoxLayout* line = addTitle(*bar);
    const auto add = [&](const QString& text, const QString& tip, auto&& act) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setAutoRaise(true);
        connect(button, &QToolButton::clicked, this, act);
        line->addWidget(button);
    };
    add(tr("Dock"), tr("Put the panel back into the window"), [this] { setFloating(false); });
    add(tr("Close"), tr("Close the panel"), [this] { hide(); });
    return bar;
}

void Dock::bringToFront()
{
    show();
    raise();
}

void Dock::toggle()
{
    if (seen_) {
        hide();
    } else {
        bringToFront();
        if (QWidget* target = firstByKeyboard(widget()))
            target->setFocus(Qt::ShortcutFocusReason);
    }
    panelAction_->setChecked(seen_);
}

QToolButton* makeToolButton(const QString& text, const QString& tip)
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace gatehouse::ui
