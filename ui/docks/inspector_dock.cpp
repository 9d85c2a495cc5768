#include "ui/docks/inspector_dock.h"

namespace gatehouse::ui {

InspectorDock::InspectorDock(QWidget* parent)
    : Dock(tr("Inspector"), QStringLiteral("inspector"), Header::Title, parent), inspector_(new Inspector)
{
    setWidget(inspector_);
}

} // namespace gatehouse::ui
