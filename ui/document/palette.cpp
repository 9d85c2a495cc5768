#include "ui/document/palette.h"

#include "ui/document/fuzzy.h"
#include "ui/icons.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace gatehouse::ui {
namespace {

/// What was meant is mostly a name.
constexpr int titleBonus = 24;

QString tr(const char* text)
{
    return QCoreApplication::translate("palette", text);
}

const QString& dot()
{
    static const QString text = QStringLiteral(" \u00b7 ");
    return text;
}

struct Search {
    FuzzyQuery query;
    std::optional<PaletteGroup> only;
};

Search readTyped(QStringView typed)
{
    typed = typed.trimmed();
    if (typed.startsWith(QLatin1Char('>')))
        return {FuzzyQuery(typed.mid(1)), PaletteGroup::Action};
    if (typed.startsWith(QLatin1Char('!')))
        return {FuzzyQuery(typed.mid(1)), PaletteGroup::Problem};
    return {FuzzyQuery(typed), std::nullopt};
}

std::optional<PaletteHit> matchEntry(const Search& search, const PaletteEntry& entry)
{
    const int titleSize = static_cast<int>(entry.title.size());
    const auto match = search.query.match(QString(entry.title + QLatin1Char(' ') + entry.detail));
    if (!match)
        return std::nullopt;
    PaletteHit hit;
    hit.score = match->score;
    for (const int at : match->positions) {
        if (at < titleSize)
            hit.title.push_back(at);
        else if (at > titleSize)
            hit.detail.push_back(at - titleSize - 1);
    }
    // The title alone may hold it too, where a run in the details looked better.
    if (!hit.detail.empty()) {
        if (const auto own = search.query.match(entry.title)) {
            hit.title = own->positions;
            hit.detail.clear();
            hit.score = std::max(hit.score, own->score);
        }
    }
    if (hit.detail.empty() && !hit.title.empty())
        hit.score += titleBonus;
    return hit;
}

QString portDetail(const model::TopologyNode& node, const model::TopologyPort& port)
{
    QStringList parts{tr("Listener of %1").arg(QString::fromStdString(model::toString(node.key.name))),
                      QStringLiteral("%1 %2").arg(QString::fromStdString(port.protocol)).arg(port.port)};
    if (!port.hostname.empty())
        parts << QString::fromStdString(port.hostname);
    if (!port.url.empty())
        parts << QString::fromStdString(port.url);
    return parts.join(dot());
}

/// Of an object without a card.
PaletteEntry besideEntry(const model::ObjectKey& key)
{
    PaletteEntry entry;
    entry.title = QString::fromStdString(key.name.name);
    entry.detail = QString::fromStdString(key.kind);
    if (!key.name.namespace_.empty())
        entry.detail += dot() + QString::fromStdString(key.name.namespace_);
    entry.icon = besideIcon(key);
    entry.key = key;
    return entry;
}

} // namespace

std::vector<PaletteHit> findEntries(const std::vector<PaletteEntry>& entries, QStringView typed, std::size_t most)
{
    const Search search = readTyped(typed);
    std::vector<PaletteHit> hits;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (search.only && entries[i].group != *search.only)
            continue;
        if (auto hit = matchEntry(search, entries[i])) {
            hit->entry = i;
            hits.push_back(*std::move(hit));
        }
        if (search.query.empty() && hits.size() == most)
            break;
    }
    std::stable_sort(hits.begin(), hits.end(),
                     [](const PaletteHit& a, const PaletteHit& b) { return a.score > b.score; });
    if (hits.size() > most)
        hits.resize(most);
    return hits;
}

std::vector<PaletteEntry> paletteObjects(const model::Topology& topology, const std::vector<model::ObjectKey>& beside)
{
    std::vector<PaletteEntry> entries;
    for (const model::TopologyNode& node : topology.nodes) {
        PaletteEntry& entry = entries.emplace_back();
        QStringList parts{QString::fromStdString(node.key.kind)};
        if (!node.key.name.namespace_.empty())
            parts << QString::fromStdString(node.key.name.namespace_);
        if (!node.subtitle.empty() && node.subtitle != node.key.kind)
            parts << QString::fromStdString(node.subtitle);
        entry.title = QString::fromStdString(node.title);
        entry.detail = parts.join(dot());
        entry.icon = iconName(node.kind);
        entry.kind = node.kind;
        entry.key = node.key;
    }
    for (const model::TopologyNode& node : topology.nodes) {
        for (const model::TopologyPort& port : node.ports) {
            PaletteEntry& entry = entries.emplace_back();
            entry.title = QString::fromStdString(port.name).section(QLatin1Char('/'), -1);
            entry.detail = portDetail(node, port);
            entry.icon = QStringLiteral("listener");
            entry.kind = node.kind;
            entry.key = node.key;
        }
    }
    // Namespaces are drawn, and grants named on edges, whether or not the files at hand define them.
    std::set<model::ObjectKey> others(beside.begin(), beside.end());
    for (const model::TopologyGrant& grant : topology.grants)
        others.insert(grant.key);
    for (const std::string& name : topology.namespaces)
        others.insert({"", "Namespace", {"", name}});
    for (const model::ObjectKey& key : others)
        entries.push_back(besideEntry(key));
    return entries;
}

QString paletteSpeech(const PaletteEntry& entry)
{
    QStringList parts{entry.title, entry.detail};
    switch (entry.group) {
    case PaletteGroup::Object:
        break;
    case PaletteGroup::Action:
        parts << tr("action") << entry.shortcut;
        break;
    case PaletteGroup::Problem:
        parts << tr("problem");
        break;
    case PaletteGroup::Path:
        parts << tr("recently opened");
        break;
    }
    if (!entry.enabled)
        parts << tr("not available now");
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace gatehouse::ui
