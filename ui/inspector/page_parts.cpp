#include "ui/inspector/page_parts.h"

#include "ui/icons.h"

#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace gatehouse::ui {

QString breakable(QString text)
{
    static const QRegularExpression joint(QStringLiteral("([./\\]=])(?=[^\\s])"));
    return text.replace(joint, QStringLiteral("\\1") + zeroWidthSpace);
}

QLabel* textLabel(const QString& text, const char* name)
{
    auto* label = new QLabel(breakable(text));
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (name)
        label->setObjectName(QLatin1String(name));
    return label;
}

QLabel* iconLabel(const QString& name, const QColor& color, int size)
{
    auto* label = new QLabel;
    label->setPixmap(icon(name, color).pixmap(QSize(size, size), label->devicePixelRatioF()));
    label->setFixedSize(size, size);
    return label;
}

QColor toneColor(const Theme& theme, Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return theme.good;
    case Tone::Bad:
        return theme.bad;
    case Tone::Neutral:
        return theme.unknown;
    }
    return theme.unknown;
}

QString toneIcon(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return QStringLiteral("good");
    case Tone::Bad:
        return QStringLiteral("bad");
    case Tone::Neutral:
        return QStringLiteral("unknown");
    }
    return QStringLiteral("unknown");
}

QLabel* linkLabel(const QString& html)
{
    auto* label = new QLabel(html);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard |
                                   Qt::TextSelectableByMouse);
    return label;
}

QString linkHtml(const Theme& theme, const QString& href, const QString& text)
{
    return QStringLiteral("<a href='%1' style='color:%2;text-decoration:none'>%3</a>")
        .arg(href, theme.accent.name(), breakable(text.toHtmlEscaped()));
}

QWidget* iconRow(const QString& iconName, const QColor& color, const QString& text, const QString& below)
{
    auto* widget = new QWidget;
    auto* line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addWidget(iconLabel(iconName, color, pageIconPixels), 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(textLabel(text));
    if (!below.isEmpty()) {
        auto* label = textLabel(below, "muted");
        label->setFont(scaled(interfaceFont(), 0.92));
        texts->addWidget(label);
    }
    line->addLayout(texts, 1);
    return widget;
}

QLabel* sectionLabel(const QString& title)
{
    auto* label = textLabel(title.toUpper(), "section");
    QFont font = scaled(interfaceFont(), 0.82, QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    label->setFont(font);
    label->setContentsMargins(0, 12, 0, 0);
    return label;
}

} // namespace gatehouse::ui
