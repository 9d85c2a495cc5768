#include <QTest>

#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/topology/canvas_style.h"

#include <QRegularExpression>

#include <cmath>

using namespace gatehouse::ui;

namespace {

struct Named {
    const char* name;
    QColor Theme::*color;
};

/// The relative luminance of WCAG 2.2.
double luminance(const QColor& color)
{
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

} // namespace

class TstContrast : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { loadResources(); }

    void formulaIsRight()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01); // W3C's own example
    }

    void textIsReadable_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        QTest::addColumn<double>("least");
        const std::pair<const char*, Theme> themes[] = {{"light", Theme::light()},
                                                        {"dark", Theme::darkTheme()},
                                                        {"high contrast, dark", Theme::highContrastDark()},
                                                        {"high contrast, light", Theme::highContrastLight()}};
        for (const auto& [name, theme] : themes)
            addTheme(name, theme);
    }

    void textIsReadable()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        QFETCH(double, least);
        const double ratio = contrast(text, ground);
        QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 on %2 has %3, needs %4")
                                                .arg(text.name(), ground.name())
                                                .arg(ratio, 0, 'f', 2)
                                                .arg(least)));
    }

    void linesOfHighContrastAreSeen()
    {
        for (const Theme& theme : {Theme::highContrastDark(), Theme::highContrastLight()}) {
            for (const QColor& line : {theme.border, theme.borderStrong, theme.cardBorder, theme.frameBorder,
                                       theme.hairline, theme.edge, theme.edgeCross, theme.focus, theme.disabled})
                QVERIFY2(contrast(line, theme.surface) >= 3, qPrintable(line.name()));
            QVERIFY2(contrast(theme.focus, theme.accent) > 1.2, "the ring differs from the selection");
        }
    }

    void focusIsSeenInEveryTheme()
    {
        for (const Theme& theme :
             {Theme::light(), Theme::darkTheme(), Theme::highContrastDark(), Theme::highContrastLight()}) {
            for (const QColor& ground : {theme.window, theme.surface, theme.raised, theme.field, theme.canvas})
                QVERIFY2(contrast(theme.focus, ground) >= 3, qPrintable(ground.name()));
        }
    }

    void sheetsAreFilledIn()
    {
        for (const Theme& theme :
             {Theme::light(), Theme::darkTheme(), Theme::highContrastDark(), Theme::highContrastLight()}) {
            QVERIFY(!theme.styleSheet().contains(QRegularExpression(QStringLiteral("[:-] ?@\\w+@|solid @\\w+@"))));
            QCOMPARE(theme.styleSheet().contains(QStringLiteral("2px solid ") + theme.focus.name()), true);
        }
    }

    void choiceFollowsTheDesktop()
    {
        QPalette dark;
        dark.setColor(QPalette::Window, Qt::black);
        dark.setColor(QPalette::WindowText, Qt::white);
        QPalette light;
        light.setColor(QPalette::Window, Qt::white);
        light.setColor(QPalette::WindowText, Qt::black);
        QVERIFY(Theme::forChoice(ThemeChoice::System, dark).dark);
        QVERIFY(!Theme::forChoice(ThemeChoice::System, light).dark);
        QVERIFY(!Theme::forChoice(ThemeChoice::System, dark).highContrast);
        QVERIFY(Theme::forChoice(ThemeChoice::HighContrast, dark).dark);
        QVERIFY(!Theme::forChoice(ThemeChoice::HighContrast, light).dark);
        QVERIFY(Theme::forChoice(ThemeChoice::HighContrast, light).highContrast);
        QVERIFY(!Theme::forChoice(ThemeChoice::Light, dark).dark);
    }

private:
    static void addPairs(const QString& prefix, const Theme& theme, const std::vector<Named>& texts,
                         const std::vector<Named>& grounds)
    {
        for (const Named& text : texts) {
            for (const Named& ground : grounds)
                QTest::newRow(qPrintable(
                    QStringLiteral("%1: %2 on %3").arg(prefix, QLatin1String(text.name), QLatin1String(ground.name))))
                    << theme.*text.color << theme.*ground.color << (theme.highContrast ? 7.0 : 4.5);
        }
    }

    static void addTheme(const QString& prefix, const Theme& theme)
    {
        const std::vector<Named> grounds{{"window", &Theme::window}, {"surface", &Theme::surface},
                                         {"raised", &Theme::raised}, {"field", &Theme::field},
                                         {"hover", &Theme::hover},   {"selection", &Theme::accentSoft},
                                         {"canvas", &Theme::canvas}, {"card", &Theme::card}};
        addPairs(prefix, theme,
                 {{"text", &Theme::text},
                  {"muted", &Theme::muted},
                  {"faint", &Theme::faint},
                  {"accent", &Theme::accent},
                  {"good", &Theme::good},
                  {"warning", &Theme::warning},
                  {"bad", &Theme::bad},
                  {"unknown", &Theme::unknown}},
                 grounds);
        addPairs(prefix, theme, {{"text", &Theme::text}, {"muted", &Theme::muted}, {"faint", &Theme::faint}},
                 {{"frame", &Theme::frame}});
        addPairs(prefix, theme, {{"good", &Theme::good}, {"text", &Theme::text}}, {{"its soft", &Theme::goodSoft}});
        addPairs(prefix, theme, {{"warning", &Theme::warning}, {"text", &Theme::text}},
                 {{"its soft", &Theme::warningSoft}});
        addPairs(prefix, theme, {{"bad", &Theme::bad}, {"text", &Theme::text}}, {{"its soft", &Theme::badSoft}});
        addPairs(prefix, theme, {{"unknown", &Theme::unknown}, {"muted", &Theme::muted}, {"text", &Theme::text}},
                 {{"its soft", &Theme::unknownSoft}});
        addPairs(prefix, theme, {{"onAccent", &Theme::onAccent}},
                 {{"accent", &Theme::accent}, {"accentStrong", &Theme::accentStrong}});
        addPairs(prefix, theme,
                 {{"yamlKey", &Theme::yamlKey},
                  {"yamlString", &Theme::yamlString},
                  {"yamlNumber", &Theme::yamlNumber},
                  {"yamlComment", &Theme::yamlComment}},
                 {{"surface", &Theme::surface}});
        // A kind's name stands on its own colour, thinned.
        for (const auto kind : {gatehouse::model::NodeKind::Gateway, gatehouse::model::NodeKind::Route,
                                gatehouse::model::NodeKind::Backend, gatehouse::model::NodeKind::Policy,
                                gatehouse::model::NodeKind::Other}) {
            const QColor color = theme.of(kind);
            QTest::newRow(qPrintable(
                QStringLiteral("%1: badge of %2").arg(prefix, QString::fromStdString(std::string(toString(kind))))))
                << color << mixed(color, theme.card, 0.13) << (theme.highContrast ? 7.0 : 4.5);
        }
    }
};

QTEST_GUILESS_MAIN(TstContrast)
#include "tst_contrast.moc"
