#pragma once

#include "model/topology/topology.h"
#include "ui/document/change_mark.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QWidget;

namespace gatehouse::ui {

/// Stored in settings by number.
enum class ThemeChoice { System, Light, Dark, HighContrast };

/// Every colour and font of the application; nothing else names a colour. Thread: a value; use on the UI thread.
struct Theme {
    bool dark = false;
    bool highContrast = false;                    ///< every text has 7:1, every control a line around it
    QColor window, surface, raised, field, hover; ///< backgrounds, from the back to the front
    QColor border, borderStrong, hairline;
    QColor text, muted, faint, disabled;               ///< by importance; all but the last are readable everywhere
    QColor accent, accentStrong, accentSoft, onAccent; ///< selection and the primary action
    QColor focus;                                      ///< the ring around what has the keyboard
    QColor good, goodSoft, warning, warningSoft, bad, badSoft, unknown, unknownSoft;
    QColor canvas, canvasDot, frame, frameBorder; ///< the topology's ground, and namespaces on it
    QColor card, cardBorder, shadow;
    QColor edge, edgeCross;                        ///< inside a namespace, and between two
    QColor gateway, route, backend, policy, other; ///< one hue a kind
    QColor yamlKey, yamlString, yamlNumber, yamlComment;

    static Theme light();
    static Theme darkTheme();
    static Theme highContrastDark();
    static Theme highContrastLight();
    /// Follows the desktop for ThemeChoice::System and HighContrast: dark where the window text is lighter than the
    /// window.
    static Theme forChoice(ThemeChoice choice, const QPalette& system);

    [[nodiscard]] QColor of(model::Health health) const;
    [[nodiscard]] QColor softOf(model::Health health) const;
    [[nodiscard]] QColor of(model::NodeKind kind) const;
    [[nodiscard]] QColor of(ChangeMark mark) const;
    [[nodiscard]] QColor softOf(ChangeMark mark) const;
    [[nodiscard]] QPalette palette() const;
    /// The application's style sheet with this theme's colours filled in.
    [[nodiscard]] QString styleSheet() const;
};

/// The interface's font: a clear sans where one is installed, else the desktop's own.
QFont interfaceFont();
/// Its size in points from now on; 0: the desktop's own. refreshFonts() brings it to what is there.
void setInterfaceFontSize(double points);
/// For YAML, ports and addresses.
QFont fixedFont();
/// `font` resized by `factor`, in weight `weight`.
QFont scaled(QFont font, double factor, QFont::Weight weight = QFont::Normal);

/// Gives a widget the interface's font, resized, or the fixed one, such that it follows refreshFonts().
void wearFont(QWidget* widget, double factor, QFont::Weight weight = QFont::Normal);
void wearFixedFont(QWidget* widget);
/// Brings the fonts of every widget up to date. Thread: UI.
void refreshFonts();

} // namespace gatehouse::ui
