#include "ui/models/navigator_model.h"

#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/topology/card_metrics.h"
#include "ui/topology/layout_plan.h"

#include <algorithm>

namespace gatehouse::ui {

using model::EdgeKind;
using model::NodeKind;

NavigatorModel::NavigatorModel(QObject* parent) : QAbstractItemModel(parent)
{
    entries_.emplace_back();
}

NavigatorModel::Entry& NavigatorModel::add(Entry& parent, const QString& text, const QString& icon)
{
    Entry& entry = entries_.emplace_back();
    entry.parent = &parent;
    entry.row = static_cast<int>(parent.children.size());
    entry.text = text;
    entry.icon = icon;
    entry.path = parent.path + QLatin1Char('\n') + icon + QLatin1Char(' ') + text;
    parent.children.push_back(&entry);
    return entry;
}

NavigatorModel::Entry& NavigatorModel::addNode(Entry& parent, const model::TopologyNode& node)
{
    Entry& entry = add(parent, QString::fromStdString(node.title), iconName(node.kind));
    entry.path += QLatin1Char(' ') + QString::fromStdString(model::toString(node.key));
    entry.detail = QString::fromStdString(node.subtitle);
    entry.key = node.key;
    entry.kind = node.kind;
    entry.health = node.health;
    entry.tip = nodeToolTip(node);
    return entry;
}

void NavigatorModel::addRoute(Entry& parent, const TopologyIndex& index, std::uint32_t node)
{
    const auto& topology = index.topology();
    Entry& route = addNode(parent, topology.nodes[node]);
    for (const std::uint32_t e : index.outgoing(node)) {
        if (topology.edges[e].kind == EdgeKind::Backend)
            addNode(route, topology.nodes[topology.edges[e].to]);
    }
}

void NavigatorModel::addGateway(Entry& parent, const TopologyIndex& index, std::uint32_t node)
{
    const auto& topology = index.topology();
    const model::TopologyNode& gateway = topology.nodes[node];
    Entry& entry = addNode(parent, gateway);
    for (std::size_t p = 0; p < gateway.ports.size(); ++p) {
        const model::TopologyPort& port = gateway.ports[p];
        Entry& listener = add(entry, QString::fromStdString(port.name), QStringLiteral("listener"));
        listener.detail = QString::fromStdString(port.protocol) + QLatin1Char(' ') + portText(port);
        listener.key = gateway.key;
        listener.kind = NodeKind::Gateway;
        listener.health = port.health;
        for (const std::uint32_t e : index.outgoing(node)) {
            const model::TopologyEdge& edge = topology.edges[e];
            const auto rows = portRows(gateway, edge);
            const bool attached = std::find(rows.begin(), rows.end(), p) != rows.end();
            const bool set = topology.nodes[edge.to].kind == NodeKind::ListenerSet;
            if (edge.kind == EdgeKind::Attachment && !edge.rejected && attached && !set)
                addRoute(listener, index, edge.to);
        }
    }
}

void NavigatorModel::setTopology(const TopologyIndex& index)
{
    beginResetModel();
    entries_.clear();
    Entry& root = entries_.emplace_back();
    const auto& nodes = index.topology().nodes;
    for (const std::string& ns : index.topology().namespaces) {
        Entry& space =
            add(root, ns.empty() ? tr("cluster-wide") : QString::fromStdString(ns), QStringLiteral("namespace"));
        for (std::uint32_t n = 0; n < nodes.size(); ++n) {
            if (nodes[n].key.name.namespace_ != ns)
                continue;
            switch (nodes[n].kind) {
            case NodeKind::Gateway:
                addGateway(space, index, n);
                break;
            case NodeKind::Route:
                addRoute(space, index, n);
                break;
            case NodeKind::ListenerSet:
            case NodeKind::Policy:
            case NodeKind::Other:
                addNode(space, nodes[n]);
                break;
            case NodeKind::Backend: // below its routes, or alone when no route here has it
                if (std::none_of(index.incoming(n).begin(), index.incoming(n).end(), [&](std::uint32_t e) {
                        const auto& edge = index.topology().edges[e];
                        return edge.kind == EdgeKind::Backend && nodes[edge.from].key.name.namespace_ == ns;
                    }))
                    addNode(space, nodes[n]);
                break;
            }
        }
        space.detail = QString::number(space.children.size());
    }
    endResetModel();
}

void NavigatorModel::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (!entries_.front().children.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::DecorationRole, Qt::ForegroundRole});
}

const NavigatorModel::Entry& NavigatorModel::entry(const QModelIndex& index) const
{
    return index.isValid() ? *static_cast<const Entry*>(index.constInternalPointer()) : entries_.front();
}

std::optional<model::ObjectKey> NavigatorModel::keyAt(const QModelIndex& index) const
{
    return index.isValid() ? entry(index).key : std::nullopt;
}

QModelIndex NavigatorModel::find(const model::ObjectKey& key) const
{
    QModelIndex elsewhere;
    for (const Entry& e : entries_) {
        if (e.key != key || e.icon == QLatin1String("listener"))
            continue;
        const QModelIndex found = createIndex(e.row, 0, &e);
        const bool own = e.parent->parent && !e.parent->parent->parent;
        if (own)
            return found;
        if (!elsewhere.isValid())
            elsewhere = found;
    }
    return elsewhere;
}

QModelIndex NavigatorModel::index(int row, int column, const QModelIndex& parent) const
{
    const Entry& above = entry(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(above.children.size()) ||
        (parent.isValid() && parent.column() != 0))
        return {};
    return createIndex(row, 0, above.children[static_cast<std::size_t>(row)]);
}

QModelIndex NavigatorModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    const Entry* above = entry(child).parent;
    return above && above->parent ? createIndex(above->row, 0, above) : QModelIndex();
}

int NavigatorModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(entry(parent).children.size());
}

int NavigatorModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant NavigatorModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry& e = entry(index);
    switch (role) {
    case Qt::DisplayRole:
        return e.text;
    case DetailRole:
        return e.detail;
    case PathRole:
        return e.path;
    case Qt::ToolTipRole:
        return e.tip;
    case Qt::DecorationRole:
        return icon(e.icon, e.kind ? theme_.of(*e.kind) : theme_.muted);
    case Qt::UserRole:
        return e.health && *e.health != model::Health::Good ? QVariant::fromValue(static_cast<int>(*e.health))
                                                            : QVariant();
    case Qt::AccessibleTextRole:
        return e.health ? tr("%1, %2").arg(e.text, healthWord(*e.health)) : e.text;
    default:
        return {};
    }
}

QVariant NavigatorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section == 0 && orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return tr("Object");
    return {};
}

} // namespace gatehouse::ui
