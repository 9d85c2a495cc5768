#pragma once

#include "ui/theme.h"

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace gatehouse::ui {

/// A strip that says something and offers what can be done about it. It takes no focus away and waits for nobody.
class Notice final : public QFrame {
    Q_OBJECT
public:
    enum class Tone { Draft, Warning };
    struct Choice {
        QString text;
        std::function<void()> act;
    };
    explicit Notice(Tone tone, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Shows itself with a text and buttons in place of what it showed before.
    void tell(const QString& text, std::vector<Choice> choices);
    /// Another text, the same buttons.
    void setText(const QString& text, const QString& toolTip = {});
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* button(int index) const { return buttons_[static_cast<std::size_t>(index)]; }

private:
    const Tone tone_;
    Theme theme_ = Theme::light();
    QHBoxLayout* line_;
    QLabel *icon_, *text_;
    std::vector<QPushButton*> buttons_;
};

} // namespace gatehouse::ui
