#pragma once

#include "ui/theme.h"

#include <QString>

class QSettings;

namespace gatehouse::ui {

/// What a person may choose once and for all. Thread: a value.
struct Preferences {
    ThemeChoice theme = ThemeChoice::System;
    QString language;    ///< "de", "en"; "": the desktop's
    double fontSize = 0; ///< points; 0: the desktop's
    bool reduceMotion = false;
    bool restoreSession = true; ///< open what was open when nothing else is asked for
    bool followChanges = true;
    bool legend = true, minimap = true;
    bool topDown = false; ///< how new topologies are laid out
    bool operator==(const Preferences&) const = default;
};

inline constexpr double leastFontSize = 7, mostFontSize = 24;

/// Reads them; what is missing or out of range is as in `otherwise`.
Preferences readPreferences(const QSettings& settings, const Preferences& otherwise = {});
void writePreferences(QSettings& settings, const Preferences& preferences);

} // namespace gatehouse::ui
