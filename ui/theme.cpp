#include "ui/theme.h"

#include <QFile>
#include <QFontDatabase>

#include <array>
#include <utility>

namespace gatehouse::ui {

Theme Theme::light()
{
    Theme t;
    t.window = QColor(0xEFF2F6), t.surface = QColor(0xFFFFFF), t.raised = QColor(0xFFFFFF);
    t.field = QColor(0xF6F8FA), t.hover = QColor(0xEEF2F7);
    t.border = QColor(0xDDE3EA), t.borderStrong = QColor(0xC5CDD8), t.hairline = QColor(0xEEF1F5);
    t.text = QColor(0x1B2430), t.muted = QColor(0x5B6777), t.faint = QColor(0x98A2B0);
    t.accent = QColor(0x2E63D6), t.accentStrong = QColor(0x2452B8), t.accentSoft = QColor(0xE2ECFC);
    t.onAccent = QColor(0xFFFFFF);
    t.good = QColor(0x17855A), t.goodSoft = QColor(0xDFF4EA);
    t.warning = QColor(0xA8650A), t.warningSoft = QColor(0xFDF0D9);
    t.bad = QColor(0xC53232), t.badSoft = QColor(0xFCE4E3);
    t.unknown = QColor(0x687485), t.unknownSoft = QColor(0xE9EDF2);
    t.canvas = QColor(0xF8FAFC), t.canvasDot = QColor(0xDCE3EB);
    t.frame = QColor(0xEFF3F8), t.frameBorder = QColor(0xD3DBE5);
    t.card = QColor(0xFFFFFF), t.cardBorder = QColor(0xD0D8E2), t.shadow = QColor(20, 40, 70, 26);
    t.edge = QColor(0x8D9AAB), t.edgeCross = QColor(0x4D6FB8);
    t.gateway = QColor(0x4353C4), t.route = QColor(0x0B7F88), t.backend = QColor(0x7A4FB5);
    t.policy = QColor(0x9A5B12), t.other = QColor(0x5F6B7A);
    t.yamlKey = QColor(0x2A5DB0), t.yamlString = QColor(0x1D7A4B), t.yamlNumber = QColor(0x8A4FB0);
    t.yamlComment = QColor(0x7C8897);
    return t;
}

Theme Theme::darkTheme()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x161B22), t.surface = QColor(0x1D242D), t.raised = QColor(0x27303B);
    t.field = QColor(0x161C24), t.hover = QColor(0x28323E);
    t.border = QColor(0x2F3A47), t.borderStrong = QColor(0x435161), t.hairline = QColor(0x252E39);
    t.text = QColor(0xE3E9F1), t.muted = QColor(0xA0ADBD), t.faint = QColor(0x6C7A8C);
    t.accent = QColor(0x5E95F7), t.accentStrong = QColor(0x7BA9FA), t.accentSoft = QColor(0x263C5F);
    t.onAccent = QColor(0x0C1522);
    t.good = QColor(0x4CC38F), t.goodSoft = QColor(0x1C3A30);
    t.warning = QColor(0xE8AC4A), t.warningSoft = QColor(0x40331B);
    t.bad = QColor(0xF27B78), t.badSoft = QColor(0x472628);
    t.unknown = QColor(0x94A1B2), t.unknownSoft = QColor(0x2C3642);
    t.canvas = QColor(0x171D25), t.canvasDot = QColor(0x2A3440);
    t.frame = QColor(0x1C242E), t.frameBorder = QColor(0x334050);
    t.card = QColor(0x242D38), t.cardBorder = QColor(0x3A4756), t.shadow = QColor(0, 0, 0, 70);
    t.edge = QColor(0x748397), t.edgeCross = QColor(0x7BA0E8);
    t.gateway = QColor(0x97A5FF), t.route = QColor(0x4CC4CC), t.backend = QColor(0xBF9AF2);
    t.policy = QColor(0xE0A45C), t.other = QColor(0xA0ADBD);
    t.yamlKey = QColor(0x8DB4FA), t.yamlString = QColor(0x7FD3A6), t.yamlNumber = QColor(0xC9A6F5);
    t.yamlComment = QColor(0x758395);
    return t;
}

Theme Theme::forChoice(ThemeChoice choice, const QPalette& system)
{
    const bool systemIsDark =
        system.color(QPalette::WindowText).lightness() > system.color(QPalette::Window).lightness();
    const bool wantDark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemIsDark);
    return wantDark ? darkTheme() : light();
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
        p.setColor(QPalette::Disabled, role, faint);
    return p;
}

QString Theme::styleSheet() const
{
    QFile file(QStringLiteral(":/gatehouse/styles/gatehouse.qss"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the style sheet is not among the resources");
    QString sheet = QString::fromUtf8(file.readAll());
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
        {"accent", accent},
        {"accentStrong", accentStrong},
        {"accentSoft", accentSoft},
        {"onAccent", onAccent},
        {"warning", warning},
        {"warningSoft", warningSoft},
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

} // namespace

QFont interfaceFont()
{
    QFont font = preferred({"Inter"}, QFontDatabase::systemFont(QFontDatabase::GeneralFont));
    font.setPointSizeF(std::max(font.pointSizeF(), 9.0));
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

} // namespace gatehouse::ui
