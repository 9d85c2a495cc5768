#pragma once

#include "model/topology/topology.h"
#include "ui/document/change_mark.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

namespace gatehouse::ui {

enum class ThemeChoice { System, Light, Dark };

/// Every colour and font of the application; nothing else names a colour. Thread: a value; use on the UI thread.
struct Theme {
    bool dark = false;
    QColor window, surface, raised, field, hover; ///< backgrounds, from the back to the front
    QColor border, borderStrong, hairline;
    QColor text, muted, faint;                         ///< by importance
    QColor accent, accentStrong, accentSoft, onAccent; ///< selection and the primary action
    QColor good, goodSoft, warning, warningSoft, bad, badSoft, unknown, unknownSoft;
    QColor canvas, canvasDot, frame, frameBorder; ///< the topology's ground, and namespaces on it
    QColor card, cardBorder, shadow;
    QColor edge, edgeCross;                        ///< inside a namespace, and between two
    QColor gateway, route, backend, policy, other; ///< one hue a kind
    QColor yamlKey, yamlString, yamlNumber, yamlComment;

    static Theme light();
    static Theme darkTheme();
    /// Follows the desktop for ThemeChoice::System: dark where the window text is lighter than the window.
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
/// For YAML, ports and addresses.
QFont fixedFont();
/// `font` resized by `factor`, in weight `weight`.
QFont scaled(QFont font, double factor, QFont::Weight weight = QFont::Normal);

} // namespace gatehouse::ui
