#pragma once

#include "ui/document/edited_file.h"
#include "ui/theme.h"

#include <QWidget>

#include <optional>

namespace gatehouse::ui {

class CodeCompletion;
class CodeView;
class Notice;

/// One file being edited: its text, what it was on the disk, and the strip that tells when the two need a decision.
/// Thread: UI.
class EditorPage final : public QWidget {
    Q_OBJECT
public:
    explicit EditorPage(const QString& file, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] const QString& file() const { return file_; }
    [[nodiscard]] CodeView& view() const { return *view_; }
    [[nodiscard]] CodeCompletion& completion() const { return *completion_; }
    [[nodiscard]] Notice& notice() const { return *notice_; }
    [[nodiscard]] bool loaded() const { return loaded_; }
    [[nodiscard]] bool unsaved() const;
    /// The text that is not saved; nullopt when it is what the disk has.
    [[nodiscard]] std::optional<UnsavedText> unsavedText();

    /// The first text, with what was typed in an earlier run and not saved.
    void open(const FileText& disk, const std::optional<KeptText>& kept);
    void setDisk(const FileText& disk); ///< the file was changed by somebody else
    void setSaved(const SaveResult& result);
    void save(bool overwrite = false);
    void revert(); ///< to what the disk has; undo brings the edits back
    /// Goes to a place now, or once the text is there. Lines and columns from 1.
    void goTo(int line, int column);

signals:
    void unsavedChanged();
    void edited();
    void saveRequested(const gatehouse::ui::SaveRequest& request);
    void saveEnded(bool saved);
    void keptTextDropped(); ///< nobody wants what was kept
    void closeWanted();

private:
    void take(const FileText& disk);
    void offerKept(const KeptText& kept);
    void showPermission();
    void askAboutDisk(const FileText& disk, bool saving);
    void tellGone();

    const QString file_;
    Notice* notice_;
    CodeView* view_;
    CodeCompletion* completion_;
    FileText disk_;                 ///< what the text is an edit of
    std::optional<QString> saving_; ///< the text that is being written
    bool again_ = false;            ///< and then to be saved anew
    std::optional<QPoint> wanted_;  ///< x: column, y: line; until the text is there
    bool loaded_ = false;
};

} // namespace gatehouse::ui
