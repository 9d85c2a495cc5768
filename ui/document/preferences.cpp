#include "ui/document/preferences.h"

#include <QSettings>

namespace gatehouse::ui {

Preferences readPreferences(const QSettings& settings, const Preferences& otherwise)
{
    const auto flag = [&](const char* key, bool fallback) {
        return settings.value(QLatin1String(key), fallback).toBool();
    };
    Preferences read = otherwise;
    const int theme = settings.value(QStringLiteral("theme"), static_cast<int>(otherwise.theme)).toInt();
    if (theme >= 0 && theme <= static_cast<int>(ThemeChoice::HighContrast))
        read.theme = static_cast<ThemeChoice>(theme);
    read.language = settings.value(QStringLiteral("language"), otherwise.language).toString();
    const double size = settings.value(QStringLiteral("fontSize"), otherwise.fontSize).toDouble();
    if (size == 0 || (size >= leastFontSize && size <= mostFontSize))
        read.fontSize = size;
    read.reduceMotion = flag("reduceMotion", otherwise.reduceMotion);
    read.restoreSession = flag("restoreSession", otherwise.restoreSession);
    read.followChanges = flag("followChanges", otherwise.followChanges);
    read.legend = flag("legend", otherwise.legend);
    read.minimap = flag("minimap", otherwise.minimap);
    read.topDown = flag("topDown", otherwise.topDown);
    return read;
}

void writePreferences(QSettings& settings, const Preferences& preferences)
{
    settings.setValue(QStringLiteral("theme"), static_cast<int>(preferences.theme));
    settings.setValue(QStringLiteral("language"), preferences.language);
    settings.setValue(QStringLiteral("fontSize"), preferences.fontSize);
    settings.setValue(QStringLiteral("reduceMotion"), preferences.reduceMotion);
    settings.setValue(QStringLiteral("restoreSession"), preferences.restoreSession);
    settings.setValue(QStringLiteral("followChanges"), preferences.followChanges);
    settings.setValue(QStringLiteral("legend"), preferences.legend);
    settings.setValue(QStringLiteral("minimap"), preferences.minimap);
    settings.setValue(QStringLiteral("topDown"), preferences.topDown);
}

} // namespace gatehouse::ui
