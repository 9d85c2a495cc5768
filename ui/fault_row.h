#pragma once

#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace gatehouse::ui {

/// One fault: what did not work, why in one line, and all of it on demand. Thread: UI.
class FaultRow final : public QWidget {
    Q_OBJECT
public:
    FaultRow(const QString& what, const QString& why, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void repeat(); ///< it happened again
    [[nodiscard]] bool same(const QString& what, const QString& why) const { return what == what_ && why == why_; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QToolButton* detailsButton() const { return details_; }
    [[nodiscard]] QToolButton* copyButton() const { return copy_; }
    [[nodiscard]] QToolButton* dismissButton() const { return dismiss_; }
    [[nodiscard]] bool detailsShown() const;

signals:
    void dismissed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showWords();

    const QString what_, why_;
    int times_ = 1;
    QLabel *icon_, *words_;
    QPlainTextEdit* all_;
    QToolButton *details_, *copy_, *dismiss_;
};

} // namespace gatehouse::ui
