#include "ui/topology/canvas_style.h"

namespace gatehouse::ui {

CanvasFonts CanvasFonts::make()
{
    const auto sized = [](QFont font, int pixels, QFont::Weight weight) {
        font.setPixelSize(pixels);
        font.setWeight(weight);
        // Hinted widths differ between zoom levels, and texts would not fit where they were measured.
        font.setHintingPreference(QFont::PreferNoHinting);
        return font;
    };
    const QFont sans = interfaceFont();
    CanvasFonts fonts;
    fonts.title = sized(sans, 14, QFont::DemiBold);
    fonts.body = sized(sans, 12, QFont::Normal);
    fonts.frame = sized(sans, 13, QFont::DemiBold);
    fonts.strong = sized(sans, 12, QFont::DemiBold);
    fonts.small = sized(sans, 11, QFont::Normal);
    fonts.badge = sized(sans, 10, QFont::DemiBold);
    fonts.mono = sized(fixedFont(), 11, QFont::Normal);
    return fonts;
}

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto mix = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue()));
}

} // namespace gatehouse::ui
