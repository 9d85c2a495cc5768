#include "ui/docks/dock.h"

#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>

namespace gatehouse::ui {

Dock::Dock(const QString& title, const QString& name, Header header, QWidget* parent) : QDockWidget(title, parent)
{
    setObjectName(name);
    setFeatures(DockWidgetMovable | DockWidgetFloatable | DockWidgetClosable);
    auto* bar = new QWidget;
    setTitleBarWidget(bar);
    if (header == Header::None)
        return;
    bar->setObjectName(QStringLiteral("dockTitle"));
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(16, 10, 12, 6);
    auto* label = new QLabel(title);
    wearFont(label, 0.95, QFont::DemiBold);
    line->addWidget(label, 1);
}

} // namespace gatehouse::ui
