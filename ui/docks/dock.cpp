#include "ui/docks/dock.h"

#include "ui/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>

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

    auto* bar = new QWidget(this);
    setTitleBarWidget(bar);
    connect(this, &QDockWidget::topLevelChanged, this, [this, bar](bool floating) {
        bar->setVisible(!floating);
        setTitleBarWidget(floating ? nullptr : bar);
    });
    if (header == Header::None)
        return;
    bar->setObjectName(QStringLiteral("dockTitle"));
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(16, 10, 12, 6);
    auto* label = new QLabel(title);
    wearFont(label, 0.95, QFont::DemiBold);
    line->addWidget(label, 1);
}

void Dock::toggle()
{
    if (seen_) {
        hide();
    } else {
        show();
        raise();
        if (QWidget* target = firstByKeyboard(widget()))
            target->setFocus(Qt::ShortcutFocusReason);
    }
    panelAction_->setChecked(seen_);
}

} // namespace gatehouse::ui
