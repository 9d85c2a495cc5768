#pragma once

#include <QString>

#include <vector>

namespace gatehouse::ui {

/// One line of the sheet of shortcuts.
struct ShortcutLine {
    QString group, text, keys;
    bool operator==(const ShortcutLine&) const = default;
};

/// What the keyboard and the mouse do on the canvas and in lists, beyond the menus' actions.
std::vector<ShortcutLine> canvasShortcuts();

} // namespace gatehouse::ui
