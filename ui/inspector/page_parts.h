#pragma once

#include "ui/document/words.h"
#include "ui/theme.h"

#include <QLabel>
#include <QString>

namespace gatehouse::ui {

/// The small pieces that the Inspector's pages are made of.

inline constexpr int pageIconPixels = 18;
/// Where long words of the page may break; not part of the texts.
inline constexpr QChar zeroWidthSpace{0x200B};

/// Field paths are longer than the Inspector is wide: they may break after their dots and slashes.
QString breakable(QString text);
/// Plain text that wraps and can be selected; `name` is what the style sheet calls it.
QLabel* textLabel(const QString& text, const char* name = nullptr);
/// Rich text with links, for mouse and keyboard.
QLabel* linkLabel(const QString& html);
/// A link of `linkLabel`, to `href`.
QString linkHtml(const Theme& theme, const QString& href, const QString& text);
QLabel* iconLabel(const QString& name, const QColor& color, int size);
/// An icon beside a text that wraps, and a quieter line below it.
QWidget* iconRow(const QString& iconName, const QColor& color, const QString& text, const QString& below);
/// The heading of a section.
QLabel* sectionLabel(const QString& title);

QColor toneColor(const Theme& theme, Tone tone);
QString toneIcon(Tone tone);

} // namespace gatehouse::ui
