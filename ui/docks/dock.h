#pragma once

#include <QDockWidget>

namespace gatehouse::ui {

struct Theme;

/// A dock with a quiet title line of its own.
class Dock : public QDockWidget {
    Q_OBJECT
public:
    enum class Header { Title, None }; ///< None: for docks that lie in tabs, which carry the title
    /// `name` identifies the dock in saved window states.
    Dock(const QString& title, const QString& name, Header header, QWidget* parent);

    virtual void setTheme(const Theme& theme) = 0;
};

} // namespace gatehouse::ui
