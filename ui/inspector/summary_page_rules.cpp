// The rules of the summary page: as they are tried, or as they are written where nothing tries them.

#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/inspector/summary_page.h"

#include <QFrame>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

QVBoxLayout* frameIn(QVBoxLayout& page, int spacing)
{
    auto* frame = new QFrame;
    frame->setObjectName(QStringLiteral("rule"));
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(12, 10, 12, 10);
    inner->setSpacing(spacing);
    page.addWidget(frame);
    return inner;
}

} // namespace

void SummaryPage::addRules(const Content& content)
{
    if (!content.details)
        return;
    if (content.details->effective.empty()) {
        addWrittenRules(content);
        return;
    }
    layout_->addWidget(sectionLabel(tr("Rules in match order")));
    for (const EffectiveTable& table : content.details->effective)
        addTable(content, table);
}

void SummaryPage::addWrittenRules(const Content& content)
{
    if (content.details->rules.empty())
        return;
    layout_->addWidget(sectionLabel(tr("Rules")));
    layout_->addWidget(textLabel(tr("No listener uses them."), "muted"));
    std::uint32_t number = 0;
    for (const RuleText& rule : content.details->rules) {
        QVBoxLayout* inner = frameIn(*layout_, 4);
        inner->addWidget(textLabel(rule.name, "heading"));
        for (const QString& match : rule.matches) {
            auto* label = textLabel(match);
            label->setFont(fixedFont());
            inner->addWidget(label);
        }
        for (const QString& action : rule.actions)
            inner->addWidget(textLabel(QStringLiteral("\u2192 ") + action, "muted"));
        if (const auto tested = testedText(content, number++))
            inner->addWidget(iconRow(tested->icon, tested->color, tested->text, {}));
    }
}

std::optional<SummaryPage::Tested> SummaryPage::testedText(const Content& content, std::uint32_t rule)
{
    if (!content.coverage || !content.coverage->rules.contains(rule))
        return std::nullopt;
    const RuleCoverage& coverage = content.coverage->rules.at(rule);
    if (coverage.reached == coverage.matches)
        return Tested{QStringLiteral("coverage"), content.theme.of(model::Health::Good), tr("Tested")};
    if (coverage.tested())
        return Tested{QStringLiteral("tests"), content.theme.of(model::Health::Warning),
                      tr("%1/%2 matches tested").arg(coverage.reached).arg(coverage.matches)};
    return Tested{QStringLiteral("tests"), content.theme.of(model::Health::Unknown), tr("Not tested")};
}

/// One label a table: a widget for each rule would take the time in which a click has to be answered.
void SummaryPage::addTable(const Content& content, const EffectiveTable& table)
{
    QVBoxLayout* inner = frameIn(*layout_, 6);
    inner->addWidget(textLabel(table.hostname, "heading"));
    inner->addWidget(textLabel(table.listeners.join(QStringLiteral(", ")), "muted"));
    QString html;
    for (std::size_t i = 0; i < table.rules.size(); ++i)
        html += ruleHtml(content, table.rules[i], i + 1);
    inner->addWidget(links(html));
    if (table.left > 0)
        inner->addWidget(textLabel(tr("and %1 more that are tried later").arg(table.left), "muted"));
}

QString SummaryPage::ruleHtml(const Content& content, const EffectiveRule& rule, std::size_t number)
{
    const Theme& theme = content.theme;
    const bool own = rule.route == content.key;
    const int line = rule.location.position.known() ? static_cast<int>(rule.location.position.line) : 0;
    const auto quiet = [&](const QString& text) {
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(theme.muted.name(), text);
    };
    QString match = QStringLiteral("<span style='font-family:\"%1\"'>%2</span>")
                        .arg(fixedFont().family(), breakable(rule.match.toHtmlEscaped()));
    if (rule.shadow)
        match = quiet(QStringLiteral("<s>%1</s>").arg(match));
    const QString name =
        own ? rule.rule : QString::fromStdString(model::toString(rule.route)) + QStringLiteral(", ") + rule.rule;
    QString html = QStringLiteral("<p style='margin:0 0 %1px 0'>%2 %3<br>%4")
                       .arg(rule.shadow ? 2 : 8)
                       .arg(quiet(QStringLiteral("%1.").arg(number)), match, link(theme, rule.route, name, line));
    if (!rule.shadow)
        html += quiet(QStringLiteral(" \u2192 ") + breakable(rule.actions.join(QStringLiteral(", ")).toHtmlEscaped()));
    if (const auto tested = own && !rule.shadow ? testedText(content, rule.index) : std::nullopt)
        html +=
            QStringLiteral(" <span style='color:%1'>%2</span>").arg(tested->color.name(), tested->text.toHtmlEscaped());
    html += QStringLiteral("</p>");
    if (rule.shadow) {
        const ShadowText& shadow = *rule.shadow;
        const int winner = shadow.location.position.known() ? static_cast<int>(shadow.location.position.line) : 0;
        html += QStringLiteral("<p style='margin:0 0 8px 0'><span style='color:%1'>%2</span> %3%4</p>")
                    .arg(theme.warning.name(), tr("never reached: shadowed by"),
                         shadow.key ? link(theme, *shadow.key, shadow.by, winner) : shadow.by.toHtmlEscaped(),
                         shadow.why.isEmpty() ? QString() : quiet(QStringLiteral("<br>") + shadow.why.toHtmlEscaped()));
    }
    return html;
}

} // namespace gatehouse::ui
