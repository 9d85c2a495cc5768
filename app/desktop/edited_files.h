#pragma once

#include "app/control/draft_store.h"
#include "ui/document/edited_file.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <map>

namespace gatehouse::ui {
class EditorDock;
}

namespace gatehouse::desktop {

/// The disk behind the editor: reads and saves its files, sees when others change them, and keeps unsaved texts until
/// they are saved or given up, so that a crash loses no more than half a second of typing. All reading and writing is
/// done in order on one thread of its own. Thread: UI.
class EditedFiles final : public QObject {
    Q_OBJECT
public:
    /// `draftDirectory` is where unsaved texts are kept; "": nowhere. The editor outlives this.
    EditedFiles(ui::EditorDock& editor, std::string draftDirectory);
    ~EditedFiles() override; ///< what is to be written is written first

    void lookAgain(); ///< files may have changed
    /// Opens those of the files of which an earlier run left unsaved text: the editor asks what becomes of it.
    void offerKept(const std::vector<std::string>& files);

signals:
    /// A file was saved; the editor does not know yet.
    void saved(const QString& file);
    void trouble(const QString& what);

private:
    void read(const QString& file);
    void save(const ui::SaveRequest& request);
    void look(const QString& file);
    void close(const QString& file);
    void setUnsaved(const ui::UnsavedTexts& texts);
    void keep();
    void watch(const QString& file);

    ui::EditorDock& editor_;
    QThreadPool work_;          ///< of one thread
    control::DraftStore store_; ///< used on that thread alone
    QFileSystemWatcher watcher_;
    QTimer lookTimer_, keepTimer_;
    std::map<QString, QString> known_; ///< open files, as the editor knows them
    ui::UnsavedTexts unsaved_, kept_;  ///< as they are, and as they lie in the store
};

} // namespace gatehouse::desktop
