#include "app/desktop/libraries.h"

#include "app/control/library_versions.h"
#include "ui/layout/render.h"

#include <QtGlobal>

namespace gatehouse::desktop {

std::vector<ui::LibraryNote> libraries()
{
    std::vector<ui::LibraryNote> notes{
        {QStringLiteral("Qt"), QString::fromLatin1(qVersion()), QStringLiteral("LGPL-3.0")},
        {QStringLiteral("Graphviz"), QString::fromStdString(layout::graphvizVersion()), QStringLiteral("EPL-1.0")},
    };
    for (const control::LibraryVersion& library : control::libraryVersions())
        notes.push_back({QString::fromStdString(library.name), QString::fromStdString(library.version),
                         QString::fromStdString(library.licence)});
    return notes;
}

} // namespace gatehouse::desktop
