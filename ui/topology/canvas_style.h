#pragma once

#include "ui/theme.h"

#include <QFont>
#include <QString>

namespace gatehouse::ui {

/// Fonts of the canvas, in pixels of the scene: a layout must not depend on the screen that it is first shown on.
struct CanvasFonts {
    QFont title, body, frame, strong, small, badge, mono;

    static CanvasFonts make();
};

struct CanvasStyle {
    Theme theme = Theme::light();
    CanvasFonts fonts = CanvasFonts::make();
    double trafficPhase = 0; ///< how far the points of live traffic are on their way to the next one's place, 0 to 1
    bool dimming = false;    ///< something stands out, and the other lines recede
    bool crowded = false;    ///< there are so many edges that those which only pass by are thin lines
};

/// `over` laid on `under` with `share` (0 to 1).
QColor mixed(const QColor& over, const QColor& under, double share);

} // namespace gatehouse::ui
