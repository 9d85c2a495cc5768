#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>

namespace gatehouse::ui {

/// A file as it is on the disk.
struct FileText {
    QString text;
    QString version; ///< the same for the same bytes; "" when there is no such file
    QString fault;   ///< why it cannot be edited; "" when it can
    bool readOnly = false;
};

/// An unsaved text that outlived the window it was typed in.
struct KeptText {
    QString text;
    QDateTime keptAt;
    bool otherBase = false; ///< the file has been changed since
};

/// Asks to write a file. Unless `overwrite`, it is refused when the file is no longer what `base` says.
struct SaveRequest {
    QString file, text;
    QString base; ///< FileText::version of what was edited
    bool overwrite = false;
};

struct SaveResult {
    bool changedElsewhere = false; ///< refused; `disk` is what is there now
    QString fault;                 ///< why it could not be written; "" when it was
    FileText disk;                 ///< as it is now
};

/// What is typed but not saved, by file; the versions are of what was edited.
struct UnsavedText {
    QString text, base;
};
using UnsavedTexts = std::map<QString, UnsavedText>;

/// What unsaved texts would change.
struct DraftChanges {
    int added = 0, removed = 0, changed = 0; ///< objects
    int attached = 0, detached = 0;          ///< routes on listeners
    int conditions = 0;                      ///< that say something else
    int rerouted = 0;                        ///< kinds of requests that end elsewhere
    QStringList lines;                       ///< a sentence each, for a tooltip
    [[nodiscard]] bool empty() const
    {
        return added + removed + changed + attached + detached + conditions + rerouted == 0;
    }
};

/// The draft whose topology the window shows.
struct DraftInfo {
    int files = 0;                       ///< with unsaved text
    bool rejected = false;               ///< it has errors; what is shown was made before
    std::optional<DraftChanges> changes; ///< nullopt: not worked out (yet)
};

} // namespace gatehouse::ui

Q_DECLARE_METATYPE(gatehouse::ui::SaveRequest)
Q_DECLARE_METATYPE(gatehouse::ui::UnsavedTexts)
