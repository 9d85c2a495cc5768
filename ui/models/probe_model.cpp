#include "ui/models/probe_model.h"

#include "ui/icons.h"

#include <QFileInfo>

namespace gatehouse::ui {

using model::Health;

ProbeModel::ProbeModel(QObject* parent) : QAbstractItemModel(parent)
{
    entries_.emplace_back();
}

ProbeModel::Entry& ProbeModel::add(Entry& parent, const QString& what, const QString& why, const QString& icon,
                                   Health tone)
{
    Entry& entry = entries_.emplace_back();
    entry.parent = &parent;
    entry.row = static_cast<int>(parent.children.size());
    entry.what = what;
    entry.why = why;
    entry.icon = icon;
    entry.tone = tone;
    parent.children.push_back(&entry);
    return entry;
}

void ProbeModel::clear()
{
    beginResetModel();
    entries_.clear();
    entries_.emplace_back();
    endResetModel();
}

void ProbeModel::setResult(const ProbeResult& result)
{
    beginResetModel();
    entries_.clear();
    Entry& root = entries_.emplace_back();
    if (!result.fault.isEmpty()) {
        add(root, tr("Not understood"), result.fault, QStringLiteral("bad"), Health::Bad);
    } else {
        addWinner(result);
        addGroup(tr("Rules that lost"), result.losers, QStringLiteral("route"));
        addGroup(tr("Listeners that did not take it"), result.listeners, QStringLiteral("listener"));
        addGroup(tr("Routes that are not attached"), result.outsiders, QStringLiteral("refused"));
    }
    endResetModel();
}

void ProbeModel::addWinner(const ProbeResult& result)
{
    Entry& root = entries_.front();
    Entry& top = add(root, result.served ? tr("Served") : tr("Not served"), result.summary,
                     iconName(result.served ? Health::Good : Health::Bad), result.served ? Health::Good : Health::Bad);
    top.jump = {result.route ? result.route : result.gateway, result.location};
    if (result.gateway) {
        QString why = result.listener.isEmpty() ? QString() : tr("listener %1").arg(result.listener);
        if (!result.address.isEmpty())
            why += (why.isEmpty() ? QString() : QStringLiteral(" \u00b7 ")) + result.address;
        add(top, QString::fromStdString(model::toString(*result.gateway)), why, QStringLiteral("gateway"),
            Health::Unknown)
            .jump = {result.gateway, {}};
    }
    if (result.route)
        add(top, QString::fromStdString(model::toString(*result.route)), result.rule, QStringLiteral("route"),
            Health::Unknown)
            .jump = {result.route, result.location};
    for (const QString& filter : result.filters)
        add(top, tr("Filter"), filter, QStringLiteral("filter"), Health::Unknown).jump = {result.route,
                                                                                          result.location};
    for (const ProbeBackend& backend : result.backends) {
        const QString share =
            backend.share >= 0.9995 ? QString() : tr("%1 % \u00b7 ").arg(backend.share * 100, 0, 'g', 3);
        add(top, backend.name, share + backend.target, QStringLiteral("backend"), Health::Unknown).jump = {backend.key,
                                                                                                           {}};
    }
}

void ProbeModel::addGroup(const QString& title, const std::vector<ProbeReason>& reasons, const QString& icon)
{
    if (reasons.empty())
        return;
    Entry& group = add(entries_.front(), QStringLiteral("%1 (%2)").arg(title).arg(reasons.size()), QString(), icon,
                       Health::Unknown);
    for (std::size_t i = 0; i < reasons.size() && i < mostListed; ++i) {
        Entry& row = add(group, reasons[i].what, reasons[i].why, icon, Health::Unknown);
        row.jump = {reasons[i].key, reasons[i].location};
    }
    if (reasons.size() > mostListed)
        add(group, tr("and %1 more").arg(reasons.size() - mostListed), QString(), icon, Health::Unknown);
}

void ProbeModel::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (const int rows = rowCount(); rows > 0)
        emit dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
}

const ProbeModel::Entry& ProbeModel::entry(const QModelIndex& index) const
{
    return index.isValid() ? *static_cast<const Entry*>(index.internalPointer()) : entries_.front();
}

ProbeModel::Jump ProbeModel::jumpAt(const QModelIndex& index) const
{
    return entry(index).jump;
}

QModelIndex ProbeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, entry(parent).children[static_cast<std::size_t>(row)]);
}

QModelIndex ProbeModel::parent(const QModelIndex& child) const
{
    const Entry* above = child.isValid() ? entry(child).parent : nullptr;
    return above && above->parent ? createIndex(above->row, 0, above) : QModelIndex();
}

int ProbeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(entry(parent).children.size());
}

int ProbeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant ProbeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry& e = entry(index);
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == WhatColumn)
            return e.what;
        if (index.column() == WhyColumn)
            return e.why;
        if (e.jump.location.known() && e.jump.location.position.known())
            return QStringLiteral("%1:%2")
                .arg(QFileInfo(QString::fromStdString(*e.jump.location.file)).fileName())
                .arg(e.jump.location.position.line);
        return {};
    case Qt::ToolTipRole:
        return index.column() == PlaceColumn && e.jump.location.known()
                   ? QString::fromStdString(model::toString(e.jump.location))
                   : (e.why.isEmpty() ? e.what : e.why);
    case Qt::DecorationRole:
        if (index.column() == WhatColumn && !e.icon.isEmpty())
            return icon(e.icon, e.tone == Health::Unknown ? theme_.muted : theme_.of(e.tone));
        return {};
    case Qt::ForegroundRole:
        if (index.column() == WhatColumn)
            return e.tone == Health::Unknown ? theme_.text : theme_.of(e.tone);
        return index.column() == WhyColumn ? theme_.text : theme_.muted;
    default:
        return {};
    }
}

QVariant ProbeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("Who");
    case WhyColumn:
        return tr("Why");
    case PlaceColumn:
        return tr("Place");
    default:
        return {};
    }
}

} // namespace gatehouse::ui
