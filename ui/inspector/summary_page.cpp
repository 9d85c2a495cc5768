#include "ui/inspector/summary_page.h"

#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/card_metrics.h"
#include "ui/topology/layout_plan.h"

#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

constexpr int iconPixels = 18;
/// Each is some widgets: hundreds would take the time in which a click has to be answered.
constexpr std::size_t mostConnections = 20;

/// Field paths are longer than the Inspector is wide: they may break after their dots and slashes.
QString breakable(QString text)
{
    static const QRegularExpression joint(QStringLiteral("([./\\]=])(?=[^\\s])"));
    return text.replace(joint, QStringLiteral("\\1") + zeroWidthSpace);
}

QLabel* textLabel(const QString& text, const char* name = nullptr)
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

} // namespace

SummaryPage::SummaryPage(const Content& content, QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("page"));
    layout_ = new QVBoxLayout(this);
    layout_->setContentsMargins(18, 16, 18, 20);
    layout_->setSpacing(10);
    addHeader(content);
    const model::TopologyNode& node = content.index.topology().nodes[content.node];
    if (!node.conditions.empty()) {
        addSection(tr("Conditions"));
        addConditions(content, node.conditions);
    }
    addListeners(content);
    addRules(content);
    addConnections(content);
    layout_->addStretch(1);
}

void SummaryPage::addHeader(const Content& content)
{
    const model::TopologyNode& node = content.index.topology().nodes[content.node];
    const Theme& theme = content.theme;
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    auto* tile = new QLabel;
    tile->setFixedSize(40, 40);
    tile->setAlignment(Qt::AlignCenter);
    tile->setPixmap(icon(iconName(node.kind), theme.of(node.kind)).pixmap(QSize(22, 22), tile->devicePixelRatioF()));
    tile->setStyleSheet(QStringLiteral("background:%1;border-radius:10px;")
                            .arg(mixed(theme.of(node.kind), theme.surface, 0.13).name()));
    line->addWidget(tile, 0, Qt::AlignTop);
    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    auto* title = textLabel(QString::fromStdString(node.title), "heading");
    title->setFont(scaled(interfaceFont(), 1.35, QFont::DemiBold));
    names->addWidget(title);
    const QString kind = QString::fromStdString(node.key.kind),
                  where = QString::fromStdString(node.key.name.namespace_);
    names->addWidget(textLabel(where.isEmpty() ? kind : tr("%1 in %2").arg(kind, where), "muted"));
    line->addLayout(names, 1);
    layout_->addLayout(line);

    if (!node.subtitle.empty())
        layout_->addWidget(textLabel(QString::fromStdString(node.subtitle)));
    const bool good = node.health == model::Health::Good;
    QString health = good ? tr("Everything is fine") : QString::fromStdString(node.healthText);
    for (const model::Condition& condition : node.conditions) {
        // The conditions below tell the whole story; here stands its first sentence.
        if (const Sentence sentence = conditionWords(condition); !good && sentence.tone == Tone::Bad) {
            health = sentence.text;
            break;
        }
    }
    auto* banner = new QFrame;
    banner->setObjectName(QStringLiteral("healthBanner"));
    banner->setStyleSheet(
        QStringLiteral("QFrame#healthBanner{background:%1;border-radius:8px;}").arg(theme.softOf(node.health).name()));
    auto* inner = new QHBoxLayout(banner);
    inner->setContentsMargins(12, 9, 12, 9);
    inner->setSpacing(10);
    inner->addWidget(iconLabel(iconName(node.health), theme.of(node.health), iconPixels), 0, Qt::AlignTop);
    inner->addWidget(textLabel(health.isEmpty() ? healthWord(node.health) : health), 1);
    layout_->addWidget(banner);
    if (node.source.known()) {
        const QString place = QFileInfo(QString::fromStdString(*node.source.file)).fileName();
        auto* file = textLabel(
            node.source.position.known() ? tr("%1, line %2").arg(place).arg(node.source.position.line) : place,
            "muted");
        file->setToolTip(QString::fromStdString(model::toString(node.source)));
        layout_->addWidget(file);
    }
}

void SummaryPage::addSection(const QString& title)
{
    auto* label = textLabel(title.toUpper(), "section");
    QFont font = scaled(interfaceFont(), 0.82, QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    label->setFont(font);
    label->setContentsMargins(0, 12, 0, 0);
    layout_->addWidget(label);
}

QWidget* SummaryPage::row(const QString& iconName, const QColor& color, const QString& text, const QString& below)
{
    auto* widget = new QWidget;
    auto* line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addWidget(iconLabel(iconName, color, iconPixels), 0, Qt::AlignTop);
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

void SummaryPage::addConditions(const Content& content, const std::vector<model::Condition>& conditions)
{
    for (const model::Condition& condition : conditions) {
        const Sentence sentence = conditionWords(condition);
        QString below = QString::fromStdString(condition.type) + QStringLiteral(" = ") +
                        QString::fromUtf8(model::toString(condition.status).data(),
                                          static_cast<qsizetype>(model::toString(condition.status).size()));
        if (!condition.reason.empty())
            below += QStringLiteral("  \u00b7  ") + QString::fromStdString(condition.reason);
        if (!condition.message.empty() && sentence.tone != Tone::Good)
            below += QLatin1Char('\n') + QString::fromStdString(condition.message);
        layout_->addWidget(row(toneIcon(sentence.tone), toneColor(content.theme, sentence.tone), sentence.text, below));
    }
}

void SummaryPage::addListeners(const Content& content)
{
    const model::TopologyNode& node = content.index.topology().nodes[content.node];
    if (node.ports.empty())
        return;
    addSection(tr("Listeners"));
    for (const model::TopologyPort& port : node.ports) {
        auto* frame = new QFrame;
        frame->setObjectName(QStringLiteral("rule"));
        auto* inner = new QVBoxLayout(frame);
        inner->setContentsMargins(12, 10, 12, 10);
        inner->setSpacing(6);
        auto* title = textLabel(
            QStringLiteral("%1  \u00b7  %2 %3")
                .arg(QString::fromStdString(port.name), QString::fromStdString(port.protocol), portText(port)),
            "heading");
        inner->addWidget(title);
        const QString routes = port.attachedRoutes == 1 ? tr("1 route") : tr("%1 routes").arg(port.attachedRoutes);
        inner->addWidget(textLabel(hostnameText(port) + QStringLiteral("  \u00b7  ") + routes, "muted"));
        if (!port.url.empty()) {
            auto* url = textLabel(QString::fromStdString(port.url));
            url->setFont(fixedFont());
            inner->addWidget(url);
        }
        for (const model::Condition& condition : port.conditions) {
            const Sentence sentence = conditionWords(condition);
            QString below = QString::fromStdString(condition.type +
                                                   (condition.reason.empty() ? "" : " \u00b7 " + condition.reason));
            if (sentence.tone == Tone::Bad && !condition.message.empty())
                below += QLatin1Char('\n') + QString::fromStdString(condition.message);
            if (sentence.tone != Tone::Good || condition.type == "Programmed")
                inner->addWidget(
                    row(toneIcon(sentence.tone), toneColor(content.theme, sentence.tone), sentence.text, below));
        }
        layout_->addWidget(frame);
    }
}

void SummaryPage::addRules(const Content& content)
{
    if (!content.details || content.details->rules.empty())
        return;
    addSection(tr("Rules"));
    std::size_t number = 0;
    for (const RuleText& rule : content.details->rules) {
        auto* frame = new QFrame;
        frame->setObjectName(QStringLiteral("rule"));
        auto* inner = new QVBoxLayout(frame);
        inner->setContentsMargins(12, 10, 12, 10);
        inner->setSpacing(4);
        inner->addWidget(textLabel(rule.name, "heading"));
        for (const QString& match : rule.matches) {
            auto* label = textLabel(match);
            label->setFont(fixedFont());
            inner->addWidget(label);
        }
        for (const QString& action : rule.actions)
            inner->addWidget(textLabel(QStringLiteral("\u2192 ") + action, "muted"));
        if (QWidget* tested = testedRow(content, number++))
            inner->addWidget(tested);
        layout_->addWidget(frame);
    }
}

QWidget* SummaryPage::testedRow(const Content& content, std::size_t rule)
{
    if (!content.coverage || !content.coverage->rules.contains(static_cast<std::uint32_t>(rule)))
        return nullptr;
    const RuleCoverage& coverage = content.coverage->rules.at(static_cast<std::uint32_t>(rule));
    const bool all = coverage.reached == coverage.matches;
    const QString text = all                 ? tr("Tested")
                         : coverage.tested() ? tr("%1/%2 matches tested").arg(coverage.reached).arg(coverage.matches)
                                             : tr("Not tested");
    const model::Health health = all                 ? model::Health::Good
                                 : coverage.tested() ? model::Health::Warning
                                                     : model::Health::Unknown;
    return row(all ? QStringLiteral("coverage") : QStringLiteral("tests"), content.theme.of(health), text, {});
}

void SummaryPage::addLink(const Content& content, const model::TopologyEdge& edge, std::uint32_t other)
{
    const model::TopologyNode& node = content.index.topology().nodes[other];
    const Theme& theme = content.theme;
    auto* link =
        new QLabel(QStringLiteral("<a href='#' style='color:%1;text-decoration:none'>%2</a>")
                       .arg(theme.accent.name(), QString::fromStdString(model::toString(node.key)).toHtmlEscaped()));
    link->setTextFormat(Qt::RichText);
    link->setWordWrap(true);
    link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    const model::ObjectKey key = node.key;
    connect(link, &QLabel::linkActivated, this, [this, key] { emit linkActivated(key); });

    QStringList facts;
    if (edge.rejected) {
        const QString words = reasonWords(QString::fromStdString(edge.reason));
        facts << tr("Refused: %1").arg(QString::fromStdString(edge.reason.empty() ? edge.label : edge.reason));
        if (!edge.detail.empty())
            facts << QString::fromStdString(edge.detail);
        else if (!words.isEmpty())
            facts << words;
    } else {
        QStringList line;
        if (edge.relation)
            line << relationMark(*edge.relation);
        else if (!edge.label.empty())
            line << QString::fromStdString(edge.label);
        QStringList names;
        for (const std::string& name : edge.listeners)
            names << QString::fromStdString(name);
        if (!names.isEmpty())
            line << (names.size() == 1 ? tr("listener %1") : tr("listeners %1")).arg(names.join(QStringLiteral(", ")));
        if (edge.crossNamespace)
            line << tr("across namespaces");
        if (!line.isEmpty())
            facts << line.join(QStringLiteral("  \u00b7  "));
    }
    auto* line = new QHBoxLayout;
    line->setSpacing(10);
    line->addWidget(iconLabel(edge.rejected ? QStringLiteral("refused") : iconName(node.kind),
                              edge.rejected ? theme.bad : theme.of(node.kind), iconPixels),
                    0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(link);
    if (!facts.isEmpty()) {
        auto* label = textLabel(facts.join(QLatin1Char('\n')), "muted");
        label->setFont(scaled(interfaceFont(), 0.92));
        texts->addWidget(label);
    }
    line->addLayout(texts, 1);
    layout_->addLayout(line);
}

void SummaryPage::addConnections(const Content& content)
{
    const auto& edges = content.index.topology().edges;
    const auto& in = content.index.incoming(content.node);
    const auto& out = content.index.outgoing(content.node);
    if (in.empty() && out.empty())
        return;
    addSection(tr("Connections"));
    std::size_t listed = 0;
    const auto list = [&](std::uint32_t e, std::uint32_t other) {
        if (listed++ < mostConnections)
            addLink(content, edges[e], other);
    };
    for (const std::uint32_t e : in)
        list(e, edges[e].from);
    for (const std::uint32_t e : out)
        list(e, edges[e].to);
    if (listed > mostConnections)
        layout_->addWidget(
            textLabel(tr("and %1 more; the Navigator lists them all").arg(listed - mostConnections), "muted"));
}

} // namespace gatehouse::ui
