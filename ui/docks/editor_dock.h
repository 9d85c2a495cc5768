#pragma once

#include "model/topology/topology.h"
#include "ui/docks/dock.h"
#include "ui/document/edited_file.h"
#include "ui/document/problem_list.h"
#include "ui/theme.h"

#include <QTimer>

#include <memory>
#include <vector>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace gatehouse::ui {

class CodeView;
class EditorPage;
class FindBar;

/// The editor of manifests: a tab for each file. It knows no files: it asks for texts and for saving by signals, and
/// what is typed goes out with unsavedTextsChanged(), once typing rests for a moment. Thread: UI.
class EditorDock final : public Dock {
    Q_OBJECT
public:
    explicit EditorDock(QWidget* parent = nullptr);
    ~EditorDock() override;

    void setTheme(const Theme& theme) override;
    /// Opens a file, or its tab if it is open, at a place; 0: where it was. `file` is named as the problems name it.
    void open(const QString& file, int line = 0, int column = 0);
    void setProblems(const std::vector<Problem>& problems);            ///< marks those of open files
    void setTopology(std::shared_ptr<const model::Topology> topology); ///< for names that references can mean

    // Answers of the application.
    void setFile(const QString& file, const FileText& disk, const std::optional<KeptText>& kept);
    void setDisk(const QString& file, const FileText& disk); ///< a file was changed by somebody else
    void setSaved(const QString& file, const SaveResult& result);

    [[nodiscard]] QStringList openFiles() const;
    [[nodiscard]] QStringList unsavedFiles() const;
    [[nodiscard]] EditorPage* page() const; ///< the one in front; null for none
    [[nodiscard]] EditorPage* page(const QString& file) const;
    [[nodiscard]] FindBar& findBar() const { return *findBar_; }
    [[nodiscard]] QString infoText() const;

    // Actions, on the file in front.
    void save();
    void saveAll() { saveFiles(unsavedFiles()); }
    void saveFiles(const QStringList& files); ///< saveEnded() follows
    void revert();
    void revertFiles(const QStringList& files);
    void closeFile();                 ///< asks by closeWanted() when it has unsaved text
    void giveUp(const QString& file); ///< closes it, also with unsaved text
    void closeAll();                  ///< also with unsaved texts, which are given up
    void undo();
    void redo();
    void find(bool replacing);
    void toggleComment();
    void complete();
    void goToNextProblem();

signals:
    void fileRequested(const QString& file);
    void fileClosed(const QString& file);
    void saveRequested(const gatehouse::ui::SaveRequest& request);
    void saveEnded(bool saved); ///< of saveFiles(); false: at least one could not be saved
    void unsavedTextsChanged(const gatehouse::ui::UnsavedTexts& texts);
    void keptTextDropped(const QString& file);
    void stateChanged();                   ///< what the actions can do may have changed
    void closeWanted(const QString& file); ///< of a file with unsaved text: somebody has to decide

private:
    EditorPage* addPage(const QString& file);
    [[nodiscard]] std::vector<EditorPage*> pages() const;
    void removePage(EditorPage* page);
    void requestClose(EditorPage* page);
    void showTabs();
    void showInfo();
    void showMarks(EditorPage& page);
    void tellUnsaved();
    void pageSaved(bool saved);

    Theme theme_ = Theme::light();
    QStackedWidget* pages_;
    QTabWidget* tabs_;
    QLabel *empty_, *info_;
    FindBar* findBar_;
    QTimer unsavedTimer_, infoTimer_;
    std::vector<Problem> problems_;
    std::shared_ptr<const model::Topology> topology_;
    UnsavedTexts told_;
    int saving_ = 0; ///< of saveFiles(): answers that are awaited
    bool allSaved_ = true;
};

} // namespace gatehouse::ui
