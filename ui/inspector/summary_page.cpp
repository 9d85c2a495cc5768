#include "ui/inspector/summary_page.h"

#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/inspector/copy_entries.h"
#include "ui/topology/canvas_style.h"
#include "ui/topology/card_metrics.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr std::size_t mostProblems = 12;

/// Whether the problems of the object say it already.
bool isTold(const SummaryPage::Content& content, const std::string& message)
{
    const QString text = QString::fromStdString(message);
    return std::any_of(content.problems.begin(), content.problems.end(), [&](const Problem& problem) {
        return problem.key == content.key && problem.line.contains(text);
    });
}

} // namespace

SummaryPage::SummaryPage(const Content& content, QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("page"));
    layout_ = new QVBoxLayout(this);
    layout_->setContentsMargins(18, 16, 18, 20);
    layout_->setSpacing(10);
    addHeader(content);
    addProblems(content);
    if (content.node)
        addConditions(content, content.index.topology().nodes[*content.node].conditions);
    addListeners(content);
    addRules(content);
    addConnections(content);
    layout_->addStretch(1);
}

void SummaryPage::addHeader(const Content& content)
{
    addTitle(content);
    if (!content.node) {
        const bool missing = content.details && !content.details->known;
        if (missing)
            layout_->addWidget(
                iconRow(QStringLiteral("bad"), content.theme.bad, tr("No manifest defines it"), QString()));
        if (content.details && content.details->known)
            addSource(content.details->source);
        return;
    }
    const model::TopologyNode& node = content.index.topology().nodes[*content.node];
    if (!node.subtitle.empty())
        layout_->addWidget(textLabel(QString::fromStdString(node.subtitle)));
    addBanner(content, node);
    addSource(node.source);
    addCopies(content, node);
}

void SummaryPage::addTitle(const Content& content)
{
    const Theme& theme = content.theme;
    const model::TopologyNode* node = content.node ? &content.index.topology().nodes[*content.node] : nullptr;
    const QColor color = node ? theme.of(node->kind) : theme.muted;
    const QString picture = node ? iconName(node->kind) : besideIcon(content.key);
    auto* line = new QHBoxLayout;
    line->setSpacing(12);
    auto* tile = new QLabel;
    tile->setFixedSize(40, 40);
    tile->setAlignment(Qt::AlignCenter);
    tile->setPixmap(icon(picture, color).pixmap(QSize(22, 22), tile->devicePixelRatioF()));
    tile->setStyleSheet(
        QStringLiteral("background:%1;border-radius:10px;").arg(mixed(color, theme.surface, 0.13).name()));
    line->addWidget(tile, 0, Qt::AlignTop);
    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    auto* title = textLabel(QString::fromStdString(node ? node->title : content.key.name.name), "heading");
    title->setFont(scaled(interfaceFont(), 1.35, QFont::DemiBold));
    names->addWidget(title);
    const QString kind = QString::fromStdString(content.key.kind),
                  where = QString::fromStdString(content.key.name.namespace_);
    names->addWidget(textLabel(where.isEmpty() ? kind : tr("%1 in %2").arg(kind, where), "muted"));
    line->addLayout(names, 1);
    layout_->addLayout(line);
}

void SummaryPage::addBanner(const Content& content, const model::TopologyNode& node)
{
    const Theme& theme = content.theme;
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
    inner->addWidget(iconLabel(iconName(node.health), theme.of(node.health), pageIconPixels), 0, Qt::AlignTop);
    inner->addWidget(textLabel(health.isEmpty() ? healthWord(node.health) : health), 1);
    layout_->addWidget(banner);
}

void SummaryPage::addSource(const model::SourceLocation& source)
{
    if (!source.known())
        return;
    const QString place = QFileInfo(QString::fromStdString(*source.file)).fileName();
    auto* file =
        textLabel(source.position.known() ? tr("%1, line %2").arg(place).arg(source.position.line) : place, "muted");
    file->setToolTip(QString::fromStdString(model::toString(source)));
    layout_->addWidget(file);
}

void SummaryPage::addCopies(const Content& content, const model::TopologyNode& node)
{
    const std::vector<CopyEntry> entries = copyEntries(content.index, node, content.context);
    if (entries.empty())
        return;
    auto* button = new QToolButton;
    button->setObjectName(QStringLiteral("chip"));
    button->setText(tr("Copy as\u2026"));
    button->setAccessibleName(tr("Copy as"));
    button->setIcon(icon(QStringLiteral("copy"), content.theme.muted));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    for (const CopyEntry& entry : entries)
        menu->addAction(entry.title, button, [text = entry.text] { QApplication::clipboard()->setText(text); })
            ->setToolTip(entry.text);
    button->setMenu(menu);
    layout_->addWidget(button, 0, Qt::AlignLeft);
}

/// What lint and the conditions say of this object; each leads to its line and to what its code means.
void SummaryPage::addProblems(const Content& content)
{
    std::vector<const Problem*> own;
    for (const Problem& problem : content.problems)
        if (problem.key == content.key)
            own.push_back(&problem);
    if (own.empty())
        return;
    layout_->addWidget(sectionLabel(tr("Problems")));
    for (std::size_t i = 0; i < own.size() && i < mostProblems; ++i) {
        const Problem& problem = *own[i];
        const QColor color = problem.severity == model::Severity::Error     ? content.theme.bad
                             : problem.severity == model::Severity::Warning ? content.theme.warning
                                                                            : content.theme.unknown;
        layout_->addWidget(iconRow(iconName(problem.severity), color, problem.text,
                                   problem.remedy.isEmpty() ? QString() : QStringLiteral("\u2192 ") + problem.remedy));
        QString html = linkHtml(content.theme, QStringLiteral("code"), problem.code);
        const int line = problem.location.position.known() ? static_cast<int>(problem.location.position.line) : 0;
        if (line > 0)
            html += QStringLiteral(" &nbsp;\u00b7&nbsp; ") +
                    linkHtml(content.theme, QStringLiteral("line"), tr("line %1").arg(line));
        QLabel* label = linkLabel(html);
        label->setContentsMargins(pageIconPixels + 10, 0, 0, 0);
        connect(label, &QLabel::linkActivated, this, [this, problem, line](const QString& href) {
            if (href == QLatin1String("line"))
                emit lineActivated(line);
            else
                emit codeActivated(problem);
        });
        layout_->addWidget(label);
    }
    if (own.size() > mostProblems)
        layout_->addWidget(
            textLabel(tr("and %1 more; the list of problems has them all").arg(own.size() - mostProblems), "muted"));
}

void SummaryPage::addConditions(const Content& content, const std::vector<model::Condition>& conditions)
{
    if (conditions.empty())
        return;
    layout_->addWidget(sectionLabel(tr("Conditions")));
    for (const model::Condition& condition : conditions) {
        const Sentence sentence = conditionWords(condition);
        QString below = QString::fromStdString(condition.type) + QStringLiteral(" = ") +
                        QString::fromUtf8(model::toString(condition.status).data(),
                                          static_cast<qsizetype>(model::toString(condition.status).size()));
        if (!condition.reason.empty())
            below += QStringLiteral("  \u00b7  ") + QString::fromStdString(condition.reason);
        if (!condition.message.empty() && sentence.tone != Tone::Good && !isTold(content, condition.message))
            below += QLatin1Char('\n') + QString::fromStdString(condition.message);
        layout_->addWidget(
            iconRow(toneIcon(sentence.tone), toneColor(content.theme, sentence.tone), sentence.text, below));
    }
}

void SummaryPage::addListeners(const Content& content)
{
    if (!content.node)
        return;
    const model::TopologyNode& node = content.index.topology().nodes[*content.node];
    if (node.ports.empty())
        return;
    layout_->addWidget(sectionLabel(tr("Listeners")));
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
        if (port.tls)
            inner->addWidget(textLabel(tlsText(port), "muted"));
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
                    iconRow(toneIcon(sentence.tone), toneColor(content.theme, sentence.tone), sentence.text, below));
        }
        layout_->addWidget(frame);
    }
}

} // namespace gatehouse::ui
