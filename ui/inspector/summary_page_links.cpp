// What the object points to, and who points to it: the edges of the canvas with what is known of them, then the
// references that no edge shows (certificates, classes, grants).

#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/inspector/summary_page.h"
#include "ui/topology/layout_plan.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <set>

namespace gatehouse::ui {
namespace {

/// Each is some widgets: hundreds would take the time in which a click has to be answered.
constexpr std::size_t mostConnections = 20;

QString roleWords(model::ReferenceRole role)
{
    switch (role) {
    case model::ReferenceRole::Class:
        return SummaryPage::tr("class");
    case model::ReferenceRole::Parent:
        return SummaryPage::tr("parent");
    case model::ReferenceRole::Backend:
        return SummaryPage::tr("backend");
    case model::ReferenceRole::Mirror:
        return SummaryPage::tr("mirror");
    case model::ReferenceRole::Auth:
        return SummaryPage::tr("authorization");
    case model::ReferenceRole::Filter:
        return SummaryPage::tr("filter");
    case model::ReferenceRole::Certificate:
        return SummaryPage::tr("certificate");
    case model::ReferenceRole::ClientCertificate:
        return SummaryPage::tr("client certificate");
    case model::ReferenceRole::CaCertificate:
        return SummaryPage::tr("CA certificates");
    case model::ReferenceRole::Parameters:
        return SummaryPage::tr("parameters");
    case model::ReferenceRole::Target:
        return SummaryPage::tr("target of the policy");
    case model::ReferenceRole::Endpoints:
        return SummaryPage::tr("endpoints");
    }
    return {};
}

QString roleIcon(model::ReferenceRole role)
{
    switch (role) {
    case model::ReferenceRole::Certificate:
    case model::ReferenceRole::ClientCertificate:
    case model::ReferenceRole::CaCertificate:
        return QStringLiteral("lock");
    case model::ReferenceRole::Parent:
    case model::ReferenceRole::Class:
        return QStringLiteral("gateway");
    case model::ReferenceRole::Backend:
    case model::ReferenceRole::Mirror:
    case model::ReferenceRole::Auth:
    case model::ReferenceRole::Endpoints:
        return QStringLiteral("backend");
    case model::ReferenceRole::Target:
        return QStringLiteral("policy");
    case model::ReferenceRole::Filter:
    case model::ReferenceRole::Parameters:
        return QStringLiteral("file");
    }
    return QStringLiteral("file");
}

} // namespace

QString SummaryPage::link(const Theme& theme, const model::ObjectKey& key, const QString& text, int line)
{
    targets_.push_back({key, line});
    return linkHtml(theme, QString::number(targets_.size() - 1), text);
}

QLabel* SummaryPage::links(const QString& html)
{
    QLabel* label = linkLabel(html);
    connect(label, &QLabel::linkActivated, this, [this](const QString& href) {
        const Target& target = targets_.at(href.toUInt());
        emit linkActivated(target.key);
        if (target.line > 0)
            emit lineActivated(target.line);
    });
    return label;
}

void SummaryPage::addLinkRow(const QString& iconName, const QColor& color, const QString& html, const QString& facts)
{
    auto* line = new QHBoxLayout;
    line->setSpacing(10);
    line->addWidget(iconLabel(iconName, color, pageIconPixels), 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(links(html));
    if (!facts.isEmpty()) {
        auto* label = textLabel(facts, "muted");
        label->setFont(scaled(interfaceFont(), 0.92));
        texts->addWidget(label);
    }
    line->addLayout(texts, 1);
    layout_->addLayout(line);
}

void SummaryPage::addEdge(const Content& content, const model::TopologyEdge& edge, std::uint32_t other)
{
    const model::TopologyNode& node = content.index.topology().nodes[other];
    const Theme& theme = content.theme;
    QStringList facts;
    if (edge.rejected) {
        const QString words = reasonWords(QString::fromStdString(edge.reason));
        facts << tr("Refused: %1").arg(QString::fromStdString(edge.reason.empty() ? edge.label : edge.reason));
        if (!words.isEmpty())
            facts << words;
        if (const QString hint = mendingHint(edge); !hint.isEmpty())
            facts << QStringLiteral("\u2192 ") + hint;
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
    QString html = link(theme, node.key, QString::fromStdString(model::toString(node.key)));
    for (const model::ObjectKey& grant : edge.grants)
        html += QStringLiteral("<br>") +
                tr("allowed by %1").arg(link(theme, grant, QString::fromStdString(model::toString(grant))));
    addLinkRow(edge.rejected ? QStringLiteral("refused") : iconName(node.kind),
               edge.rejected ? theme.bad : theme.of(node.kind), html, facts.join(QLatin1Char('\n')));
}

void SummaryPage::addReference(const Content& content, const model::Reference& reference, bool toOther)
{
    const Theme& theme = content.theme;
    const model::ObjectKey& other = toOther ? reference.to : reference.from;
    QString html = link(theme, other, QString::fromStdString(model::toString(other)));
    if (reference.grant)
        html += QStringLiteral("<br>") +
                tr("allowed by %1")
                    .arg(link(theme, *reference.grant, QString::fromStdString(model::toString(*reference.grant))));
    QStringList facts{roleWords(reference.role) + QStringLiteral("  \u00b7  ") +
                      QString::fromStdString(reference.fieldPath)};
    const bool assumed = reference.role == model::ReferenceRole::Class && !reference.exists;
    const bool refused = reference.needsGrant && !reference.grant;
    const bool missing = !reference.exists && !assumed && !refused;
    if (assumed)
        facts << tr("No manifest defines it; it is assumed");
    if (missing)
        facts << tr("Missing: no manifest defines it");
    if (refused)
        facts << tr("No ReferenceGrant allows it");
    const bool bad = missing || refused;
    addLinkRow(bad ? QStringLiteral("refused") : roleIcon(reference.role), bad ? theme.bad : theme.muted, html,
               facts.join(QLatin1Char('\n')));
}

void SummaryPage::addEdges(const Content& content, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
                           const std::vector<model::Reference>& more, const QString& title)
{
    const auto& topology = content.index.topology();
    std::set<model::ObjectKey> drawn;
    for (const auto& [edge, other] : edges)
        drawn.insert(topology.nodes[other].key);
    std::vector<const model::Reference*> others;
    for (const model::Reference& reference : more)
        if (!drawn.contains(reference.from == content.key ? reference.to : reference.from))
            others.push_back(&reference);
    const std::size_t all = edges.size() + others.size();
    if (all == 0)
        return;
    layout_->addWidget(sectionLabel(title));
    std::size_t listed = 0;
    for (const auto& [edge, other] : edges)
        if (listed++ < mostConnections)
            addEdge(content, topology.edges[edge], other);
    for (const model::Reference* reference : others)
        if (listed++ < mostConnections)
            addReference(content, *reference, reference->from == content.key);
    if (all > mostConnections)
        layout_->addWidget(
            textLabel(tr("and %1 more; the Navigator lists them all").arg(all - mostConnections), "muted"));
}

void SummaryPage::addConnections(const Content& content)
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> to, from;
    if (content.node) {
        const auto& edges = content.index.topology().edges;
        // A route points to its Gateway, though the edge is drawn the way that requests go.
        for (const std::uint32_t e : content.index.incoming(*content.node))
            (edges[e].kind == model::EdgeKind::Attachment ? to : from).emplace_back(e, edges[e].from);
        for (const std::uint32_t e : content.index.outgoing(*content.node))
            (edges[e].kind == model::EdgeKind::Attachment ? from : to).emplace_back(e, edges[e].to);
    }
    static const std::vector<model::Reference> none;
    const ObjectDetails* details = content.details;
    addEdges(content, to, details ? details->to : none, tr("Points to"));
    addEdges(content, from, details ? details->from : none, tr("Used by"));
    if (details && !details->grantsAllowed.empty()) {
        layout_->addWidget(sectionLabel(tr("Allows")));
        std::size_t listed = 0;
        for (const model::Reference& reference : details->grantsAllowed) {
            if (listed++ == mostConnections)
                break;
            const Theme& theme = content.theme;
            addLinkRow(roleIcon(reference.role), theme.muted,
                       link(theme, reference.from, QString::fromStdString(model::toString(reference.from))) +
                           QStringLiteral(" \u2192 ") +
                           link(theme, reference.to, QString::fromStdString(model::toString(reference.to))),
                       roleWords(reference.role) + QStringLiteral("  \u00b7  ") +
                           QString::fromStdString(reference.fieldPath));
        }
        if (details->grantsAllowed.size() > mostConnections)
            layout_->addWidget(
                textLabel(tr("and %1 more").arg(details->grantsAllowed.size() - mostConnections), "muted"));
    } else if (details && details->known && content.key.kind == "ReferenceGrant") {
        layout_->addWidget(sectionLabel(tr("Allows")));
        layout_->addWidget(textLabel(tr("No reference needs it."), "muted"));
    }
}

} // namespace gatehouse::ui
