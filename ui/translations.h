#pragma once

#include <QString>

namespace gatehouse::ui {

/// Loads the texts of a language for the whole application: "de", "en", or "" for what the desktop asks for first of
/// those that there are; with them Qt's own texts where they are installed. English needs them for its plurals.
/// Returns the language in force. Call before the first widget, again to change it for what is made from then on.
/// Thread: UI.
QString useLanguage(const QString& wanted);

} // namespace gatehouse::ui
