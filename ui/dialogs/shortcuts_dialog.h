#pragma once

#include "ui/document/shortcut_sheet.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace gatehouse::ui {

/// The sheet of keyboard shortcuts, with a line that finds one. Thread: UI.
class ShortcutsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutsDialog(const std::vector<ShortcutLine>& lines, QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* filterLine() const { return filter_; }
    [[nodiscard]] QTreeWidget* sheet() const { return sheet_; }

private:
    void applyFilter(const QString& text);

    QLineEdit* filter_;
    QTreeWidget* sheet_;
};

} // namespace gatehouse::ui
