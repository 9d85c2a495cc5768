#pragma once

#include "ui/theme.h"

#include <QFrame>

#include <vector>

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::ui {

class FaultRow;

/// What did not work, as a list above the content: it stops nobody, stays until it is dismissed, and can be copied.
/// Hidden while it is empty. The newest comes first; the same fault again is counted, not listed twice. Thread: UI.
class FaultList final : public QFrame {
    Q_OBJECT
public:
    explicit FaultList(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void add(const QString& what, const QString& why);
    void clear();
    [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
    /// Everything that is listed, for the clipboard.
    [[nodiscard]] QString text() const;

signals:
    void countChanged(int count);

private:
    void dismiss(FaultRow* row);
    void refresh();

    Theme theme_ = Theme::light();
    QVBoxLayout* list_;
    QWidget* foot_;
    QLabel* counted_;
    QToolButton *all_, *clear_;
    std::vector<FaultRow*> rows_; ///< the newest first
    bool showAll_ = false;
};

} // namespace gatehouse::ui
