#pragma once

#include "ui/document/palette.h"
#include "ui/theme.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace gatehouse::ui {

class PaletteDelegate;
class PaletteModel;

/// A line over the window that finds anything by a few letters: type, choose with the arrow keys, Return. It closes
/// when something is chosen, on Esc, and when the focus goes elsewhere. What was chosen lately comes first.
/// Thread: UI.
class CommandPalette final : public QFrame {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* window); ///< which it lies over, and which owns it
    ~CommandPalette() override;

    void setTheme(const Theme& theme);
    /// Opens with everything that can be found now.
    void open(std::vector<PaletteEntry> entries);
    [[nodiscard]] QLineEdit* line() const { return line_; }
    [[nodiscard]] QListView* list() const { return list_; }

signals:
    void chosen(const gatehouse::ui::PaletteEntry& entry);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void leave(); ///< closes, and gives the focus back
    void search(const QString& typed);
    void choose(const QModelIndex& index);
    void step(int rows);
    void tellCurrent();
    void place();
    bool pressed(int key);

    PaletteModel* model_;
    PaletteDelegate* delegate_;
    QLineEdit* line_;
    QListView* list_;
    QLabel *nothing_, *hint_;
    QAction* searchIcon_;
    QPointer<QWidget> before_; ///< what had the focus
    QStringList lately_;       ///< identities of what was chosen, the last first
};

} // namespace gatehouse::ui
