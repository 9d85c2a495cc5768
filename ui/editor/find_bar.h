#pragma once

#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace gatehouse::ui {

class CodeView;

/// The line that finds and replaces in one text. Enter finds the next, Shift+Enter the one before, Escape closes.
/// Thread: UI.
class FindBar final : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// The text that it works on; null for none. It outlives the bar or is replaced before.
    void setView(CodeView* view);
    /// Shows itself with what is selected; `replacing`: with the second line.
    void start(bool replacing);
    [[nodiscard]] QLineEdit* findLine() const { return find_; }
    [[nodiscard]] QLineEdit* replaceLine() const { return replace_; }
    [[nodiscard]] QString resultText() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; ///< keys of the two lines

private:
    bool find(bool forward, bool fromStart = false);
    void replaceOne();
    void replaceAll();
    void close();
    void tell(const QString& result, bool bad = false);
    QToolButton* button(const QString& text, const QString& tip);

    CodeView* view_ = nullptr;
    QLineEdit *find_, *replace_;
    QToolButton *previous_, *next_, *case_, *pattern_, *replaceOne_, *replaceAll_, *close_;
    QLabel* result_;
    QWidget* replaceRow_;
};

} // namespace gatehouse::ui
