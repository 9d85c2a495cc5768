#include "ui/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QWidget>

#include <array>
#include <utility>

namespace gatehouse::ui {

Theme Theme::light()
{
    Theme t;
    t.window = QColor(0xEFF2F6), t.surface = QColor(0xFFFFFF), t.raised = QColor(0xFFFFFF);
    t.field = QColor(0xF6F8FA), t.hover = QColor(0xEEF2F7);
    t.border = QColor(0xDDE3EA), t.borderStrong = QColor(0xC5CDD8), t.hairline = QColor(0xEEF1F5);
    t.text = QColor(0x1B2430), t.muted = QColor(0x4D5968), t.faint = QColor(0x5E6A79), t.disabled = QColor(0x98A2B0);
    t.accent = QColor(0x2E63D6), t.accentStrong = QColor(0x2452B8), t.accentSoft = QColor(0xE2ECFC);
    t.onAccent = QColor(0xFFFFFF), t.focus = t.accent;
    t.good = QColor(0x0F6F48), t.goodSoft = QColor(0xDFF4EA);
    t.warning = QColor(0x8C5306), t.warningSoft = QColor(0xFDF0D9);
    t.bad = QColor(0xBD2A2A), t.badSoft = QColor(0xFCE4E3);
    t.unknown = QColor(0x566273), t.unknownSoft = QColor(0xE9EDF2);
    t.canvas = QColor(0xF8FAFC), t.canvasDot = QColor(0xDCE3EB);
    t.frame = QColor(0xEFF3F8), t.frameBorder = QColor(0xD3DBE5);
    t.card = QColor(0xFFFFFF), t.cardBorder = QColor(0xD0D8E2), t.shadow = QColor(20, 40, 70, 26);
    t.edge = QColor(0x7C899A), t.edgeCross = QColor(0x4D6FB8);
    t.gateway = QColor(0x4353C4), t.route = QColor(0x08686F), t.backend = QColor(0x7A4FB5);
    t.policy = QColor(0x925510), t.other = QColor(0x5A6675);
    t.yamlKey = QColor(0x2A5DB0), t.yamlString = QColor(0x1D7A4B), t.yamlNumber = QColor(0x8A4FB0);
    t.yamlComment = QColor(0x66727F);
    return t;
}

Theme Theme::darkTheme()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x161B22), t.surface = QColor(0x1D242D), t.raised = QColor(0x27303B);
    t.field = QColor(0x161C24), t.hover = QColor(0x28323E);
    t.border = QColor(0x2F3A47), t.borderStrong = QColor(0x435161), t.hairline = QColor(0x252E39);
    t.text = QColor(0xE3E9F1), t.muted = QColor(0xADB9C8), t.faint = QColor(0x9CA9B9), t.disabled = QColor(0x6C7A8C);
    t.accent = QColor(0x6C9FF8), t.accentStrong = QColor(0x86B0FB), t.accentSoft = QColor(0x21344F);
    t.onAccent = QColor(0x0C1522), t.focus = t.accent;
    t.good = QColor(0x4CC38F), t.goodSoft = QColor(0x1C3A30);
    t.warning = QColor(0xE8AC4A), t.warningSoft = QColor(0x40331B);
    t.bad = QColor(0xF27B78), t.badSoft = QColor(0x472628);
    t.unknown = QColor(0x9AA7B7), t.unknownSoft = QColor(0x2C3642);
    t.canvas = QColor(0x171D25), t.canvasDot = QColor(0x2A3440);
    t.frame = QColor(0x1C242E), t.frameBorder = QColor(0x334050);
    t.card = QColor(0x242D38), t.cardBorder = QColor(0x3A4756), t.shadow = QColor(0, 0, 0, 70);
    t.edge = QColor(0x748397), t.edgeCross = QColor(0x7BA0E8);
    t.gateway = QColor(0x97A5FF), t.route = QColor(0x4CC4CC), t.backend = QColor(0xBF9AF2);
    t.policy = QColor(0xE0A45C), t.other = QColor(0xA0ADBD);
    t.yamlKey = QColor(0x8DB4FA), t.yamlString = QColor(0x7FD3A6), t.yamlNumber = QColor(0xC9A6F5);
    t.yamlComment = QColor(0x8492A4);
    return t;
}

Theme Theme::highContrastDark()
{
    Theme t;
    t.dark = t.highContrast = true;
    t.window = t.surface = t.raised = t.field = t.canvas = t.card = QColor(Qt::black);
    t.hover = QColor(0x262626), t.frame = QColor(0x0D0D0D);
    t.border = QColor(0x9A9A9A), t.borderStrong = QColor(0xFFFFFF), t.hairline = QColor(0x7A7A7A);
    t.text = QColor(0xFFFFFF), t.muted = QColor(0xE6E6E6), t.faint = QColor(0xD0D0D0), t.disabled = QColor(0x9A9A9A);
    t.accent = QColor(0x7AD1FF), t.accentStrong = QColor(0xA6E1FF), t.accentSoft = QColor(0x0A3350);
    t.onAccent = QColor(Qt::black), t.focus = QColor(0xFFE040);
    t.good = QColor(0x5BE59A), t.goodSoft = QColor(0x00301A);
    t.warning = QColor(0xFFCC4D), t.warningSoft = QColor(0x3A2A00);
    t.bad = QColor(0xFFB0AB), t.badSoft = QColor(0x45100E);
    t.unknown = QColor(0xD6D6D6), t.unknownSoft = QColor(0x2A2A2A);
    t.canvasDot = QColor(0x3A3A3A), t.frameBorder = QColor(0xB8B8B8);
    t.cardBorder = QColor(0xFFFFFF), t.shadow = QColor(0, 0, 0, 0);
    t.edge = QColor(0xDADADA), t.edgeCross = QColor(0x9CCBFF);
    t.gateway = QColor(0xC0C8FF), t.route = QColor(0x66E4EB), t.backend = QColor(0xDDC4FF);
    t.policy = QColor(0xFFC888), t.other = QColor(0xE2E2E2);
    t.yamlKey = QColor(0x9CCBFF), t.yamlString = QColor(0x8BE8B4), t.yamlNumber = QColor(0xDDC4FF);
    t.yamlComment = QColor(0xC4C4C4);
    return t;
}

Theme Theme::highContrastLight()
{
    Theme t;
    t.highContrast = true;
    t.window = t.surface = t.raised = t.field = t.canvas = t.card = QColor(0xFFFFFF);
    t.hover = QColor(0xE6E6E6), t.frame = QColor(0xF5F5F5);
    t.border = QColor(0x6B6B6B), t.borderStrong = QColor(Qt::black), t.hairline = QColor(0x8A8A8A);
    t.text = QColor(Qt::black), t.muted = QColor(0x1E1E1E), t.faint = QColor(0x303030), t.disabled = QColor(0x6B6B6B);
    t.accent = QColor(0x003A94), t.accentStrong = QColor(0x002B6E), t.accentSoft = QColor(0xD4E4FF);
    t.onAccent = QColor(0xFFFFFF), t.focus = QColor(0xB00070);
    t.good = QColor(0x004B2C), t.goodSoft = QColor(0xDCF5E7);
    t.warning = QColor(0x573200), t.warningSoft = QColor(0xFFF0D0);
    t.bad = QColor(0x860000), t.badSoft = QColor(0xFFE3E1);
    t.unknown = QColor(0x333333), t.unknownSoft = QColor(0xE6E6E6);
    t.canvasDot = QColor(0xC8C8C8), t.frameBorder = QColor(0x4A4A4A);
    t.cardBorder = QColor(Qt::black), t.shadow = QColor(0, 0, 0, 0);
    t.edge = QColor(0x333333), t.edgeCross = QColor(0x003A94);
    t.gateway = QColor(0x2A3592), t.route = QColor(0x004A50), t.backend = QColor(0x50248A);
    t.policy = QColor(0x5A3300), t.other = QColor(0x303030);
    t.yamlKey = QColor(0x003A94), t.yamlString = QColor(0x004B2C), t.yamlNumber = QColor(0x50248A);
    t.yamlComment = QColor(0x404040);
    return t;
}

Theme Theme::forChoice(ThemeChoice choice, const QPalette& system)
{
    const bool systemIsDark =
        system.color(QPalette::WindowText).lightness() > system.color(QPalette::Window).lightness();
    switch (choice) {
    case ThemeChoice::Light:
        return light();
    case ThemeChoice::Dark:
        return darkTheme();
    case ThemeChoice::HighContrast:
        return systemIsDark ? highContrastDark() : highContrastLight();
    case ThemeChoice::System:
        break;
    }
    return systemIsDark ? darkTheme() : light();
}

QColor Theme::of(model::Health health) const
{
    switch (health) {
    case model::Health::Good:
        return good;
    case model::Health::Warning:
        return warning;
    case model::Health::Bad:
        return bad;
    case model::Health::Unknown:
        return unknown;
    }
    return unknown;
}

QColor Theme::softOf(model::Health health) const
{
    switch (health) {
    case model::Health::Good:
        return goodSoft;
    case model::Health::Warning:
        return warningSoft;
    case model::Health::Bad:
        return badSoft;
    case model::Health::Unknown:
        return unknownSoft;
    }
    return unknownSoft;
}

QColor Theme::of(model::NodeKind kind) const
{
    switch (kind) {
    case model::NodeKind::Gateway:
    case model::NodeKind::ListenerSet:
        return gateway;
    case model::NodeKind::Route:
        return route;
    case model::NodeKind::Backend:
        return backend;
    case model::NodeKind::Policy:
        return policy;
    case model::NodeKind::Other:
        return other;
    }
    return other;
}

QColor Theme::of(ChangeMark mark) const
{
    switch (mark) {
    case ChangeMark::None:
        return muted;
    case ChangeMark::Added:
        return good;
    case ChangeMark::Removed:
        return bad;
    case ChangeMark::Changed:
        return warning;
    case ChangeMark::Rerouted:
        return backend;
    }
    return muted;
}

QColor Theme::softOf(ChangeMark mark) const
{
    switch (mark) {
    case ChangeMark::None:
        return unknownSoft;
    case ChangeMark::Added:
        return goodSoft;
    case ChangeMark::Removed:
        return badSoft;
    case ChangeMark::Changed:
        return warningSoft;
    case ChangeMark::Rerouted:
        return dark ? QColor(0x362C4D) : QColor(0xEFE6FA);
    }
    return unknownSoft;
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, field);
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, faint);
    p.setColor(QPalette::Button, surface);
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, bad);
    p.setColor(QPalette::ToolTipBase, raised);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, onAccent);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::Light, raised);
    p.setColor(QPalette::Midlight, border);
    p.setColor(QPalette::Mid, borderStrong);
    p.setColor(QPalette::Dark, faint);
    p.setColor(QPalette::Shadow, shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, disabled);
    return p;
}

namespace {

QString sheetText(const QString& name)
{
    QFile file(QStringLiteral(":/gatehouse/styles/%1.qss").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the style sheet %s is not among the resources", qPrintable(name));
    return QString::fromUtf8(file.readAll());
}

} // namespace

QString Theme::styleSheet() const
{
    QString sheet = sheetText(QStringLiteral("gatehouse"));
    if (highContrast)
        sheet += sheetText(QStringLiteral("high-contrast"));
    const std::pair<const char*, QColor> names[] = {
        {"window", window},
        {"surface", surface},
        {"raised", raised},
        {"field", field},
        {"hover", hover},
        {"border", border},
        {"borderStrong", borderStrong},
        {"hairline", hairline},
        {"text", text},
        {"muted", muted},
        {"faint", faint},
        {"disabled", disabled},
        {"focus", focus},
        {"accent", accent},
        {"accentStrong", accentStrong},
        {"accentSoft", accentSoft},
        {"onAccent", onAccent},
        {"warning", warning},
        {"warningSoft", warningSoft},
        {"bad", bad},
        {"badSoft", badSoft},
    };
    for (const auto& [name, color] : names)
        sheet.replace(QLatin1Char('@') + QLatin1String(name) + QLatin1Char('@'), color.name());
    // Pictures of style sheets cannot be tinted: there is one for each.
    sheet.replace(QLatin1String("@mode@"), dark ? QLatin1String("dark") : QLatin1String("light"));
    return sheet;
}

namespace {

QFont preferred(std::initializer_list<const char*> families, QFont fallback)
{
    const QStringList installed = QFontDatabase::families();
    for (const char* family : families) {
        if (installed.contains(QLatin1String(family))) {
            fallback.setFamilies({QLatin1String(family)});
            break;
        }
    }
    return fallback;
}

/// In points; 0: the desktop's own.
double& chosenSize()
{
    static double points = 0;
    return points;
}

} // namespace

void setInterfaceFontSize(double points)
{
    chosenSize() = points;
}

QFont interfaceFont()
{
    QFont font = preferred({"Inter"}, QFontDatabase::systemFont(QFontDatabase::GeneralFont));
    font.setPointSizeF(chosenSize() > 0 ? chosenSize() : std::max(font.pointSizeF(), 9.0));
    return font;
}

QFont fixedFont()
{
    QFont font = preferred({"JetBrains Mono"}, QFontDatabase::systemFont(QFontDatabase::FixedFont));
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(interfaceFont().pointSizeF() - 0.5);
    return font;
}

QFont scaled(QFont font, double factor, QFont::Weight weight)
{
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setWeight(weight);
    return font;
}

namespace {

constexpr const char* fontProperty = "gatehouseFont"; ///< "factor weight", or "fixed"

void giveFont(QWidget& widget)
{
    const QString wish = widget.property(fontProperty).toString();
    if (wish == QLatin1String("fixed")) {
        widget.setFont(fixedFont());
        return;
    }
    const QStringList parts = wish.split(QLatin1Char(' '));
    widget.setFont(
        scaled(interfaceFont(), parts.value(0).toDouble(), static_cast<QFont::Weight>(parts.value(1).toInt())));
}

} // namespace

void wearFont(QWidget* widget, double factor, QFont::Weight weight)
{
    widget->setProperty(fontProperty, QStringLiteral("%1 %2").arg(factor).arg(static_cast<int>(weight)));
    giveFont(*widget);
}

void wearFixedFont(QWidget* widget)
{
    widget->setProperty(fontProperty, QStringLiteral("fixed"));
    giveFont(*widget);
}

void refreshFonts()
{
    QApplication::setFont(interfaceFont());
    for (QWidget* widget : QApplication::allWidgets()) {
        if (widget->property(fontProperty).isValid())
            giveFont(*widget);
    }
}

} // namespace gatehouse::ui
