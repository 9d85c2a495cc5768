#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace gatehouse::ui {

/// What is asked for in a dialog about files.
struct PathWish {
    enum class Kind { File, Files, Folder, Save };
    Kind kind = Kind::File;
    QString title;
    QString filter = {}; ///< "Manifests (*.yaml);;All files (*)"; folders have none
    QString ending = {}; ///< of a file that is saved, where no other is typed: "svg"
    QString name = {};   ///< of a file, as it is offered; with its folder, the dialog begins there
    bool added = false;  ///< what is saved is added to the file: to choose one that is there needs no question
};

/// Asks for files or a folder beside everything else that goes on: a dialog that were waited for would run an event
/// loop within whatever asked. `chosen` follows unless it is cancelled. Lifetime: the dialog deletes itself, at the
/// latest with `parent`. Thread: UI.
void askForPaths(const PathWish& wish, QWidget* parent, const std::function<void(const QStringList&)>& chosen);

} // namespace gatehouse::ui
