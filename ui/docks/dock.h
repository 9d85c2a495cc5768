#pragma once

#include <QDockWidget>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace gatehouse::ui {

struct Theme;

/// A dock with a quiet title line of its own, and another while it floats, by which it is dragged, put back and closed.
class Dock : public QDockWidget {
    Q_OBJECT
public:
    enum class Header { Title, None }; ///< None: for docks that lie in tabs, which carry the title
    /// `name` identifies the dock in saved window states.
    Dock(const QString& title, const QString& name, Header header, QWidget* parent);

    virtual void setTheme(const Theme& theme) = 0;
    /// Brings the dock to the front and the keyboard to it, or hides it when it is in front. Checked while it is seen:
    /// what lies behind another tab is not. (QDockWidget's own action would close that.)
    [[nodiscard]] QAction* panelAction() const { return panelAction_; }
    /// Shows the dock, before the others of its tabs; the keyboard stays where it is.
    void bringToFront();

private:
    QHBoxLayout* addTitle(QWidget& bar);
    QWidget* makeFloatingTitle();
    void toggle();

    QAction* panelAction_;
    bool seen_ = false;
};

/// A button with words for a dock's line of tools; `tip` is one sentence.
QToolButton* makeToolButton(const QString& text, const QString& tip);

} // namespace gatehouse::ui
