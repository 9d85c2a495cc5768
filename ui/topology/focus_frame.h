#pragma once

#include "ui/theme.h"

#include <QWidget>

namespace gatehouse::ui {

/// Lays a thin frame around a widget, in the colour of the focus while the keyboard brought the focus into it; in high
/// contrast whenever it has the focus. The frame has room of its own, so that nothing moves. Thread: UI.
class FocusFrame final : public QWidget {
    Q_OBJECT
public:
    explicit FocusFrame(QWidget* content, QWidget* parent = nullptr); ///< which it takes over
    void setTheme(const Theme& theme);
    [[nodiscard]] bool lit() const { return byKeyboard_ || (focused_ && theme_.highContrast); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Theme theme_ = Theme::light();
    bool focused_ = false, byKeyboard_ = false;
};

} // namespace gatehouse::ui
