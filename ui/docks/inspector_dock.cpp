#include "ui/docks/inspector_dock.h"

#include "ui/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace gatehouse::ui {

InspectorDock::InspectorDock(QWidget* parent)
    : Dock(tr("Inspector"), QStringLiteral("inspector"), Header::Title, parent), inspector_(new Inspector),
      live_(new QWidget), liveIcon_(new QLabel), liveText_(new QLabel)
{
    auto* line = new QHBoxLayout(live_);
    line->setContentsMargins(14, 2, 14, 4);
    line->setSpacing(8);
    line->addWidget(liveIcon_);
    line->addWidget(liveText_, 1);
    live_->setAccessibleName(tr("Live traffic"));
    live_->hide();
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("dockBody"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(live_);
    column->addWidget(inspector_, 1);
    setWidget(body);
}

void InspectorDock::setTheme(const Theme& theme)
{
    inspector_->setTheme(theme);
    liveIcon_->setPixmap(icon(QStringLiteral("traffic"), theme.accent).pixmap(QSize(16, 16), devicePixelRatioF()));
}

void InspectorDock::setLive(const QString& text)
{
    liveText_->setText(text);
    live_->setVisible(!text.isEmpty());
}

QString InspectorDock::liveText() const
{
    return liveText_->text();
}

} // namespace gatehouse::ui
