#include "ui/models/navigator_model.h"

#include "ui/document/words.h"
#include "ui/icons.h"
#include "ui/topology/card_metrics.h"

namespace gatehouse::ui {

NavigatorModel::NavigatorModel(QObject* parent) : SyncedTree(parent)
{
}

void NavigatorModel::setTopology(const TopologyIndex& index, const NavigatorRows& rows)
{
    topology_ = index;
    places_.reset();
    sync(rows);
    places_.reset(); // who heard of a change may have looked for one in between
}

void NavigatorModel::rememberPlaces(const Entry& above) const
{
    for (const auto& entry : above.below) {
        if (entry->value.key && !entry->value.listener)
            places_->try_emplace(*entry->value.key, entry.get());
        rememberPlaces(*entry);
    }
}

void NavigatorModel::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::DecorationRole, Qt::ForegroundRole});
}

std::optional<model::ObjectKey> NavigatorModel::keyAt(const QModelIndex& index) const
{
    return index.isValid() ? value(index).key : std::nullopt;
}

QModelIndex NavigatorModel::find(const model::ObjectKey& key) const
{
    if (!places_) {
        places_.emplace();
        for (const auto& space : root().below)
            for (const auto& own : space->below) // in its own namespace before anywhere else
                if (own->value.key)
                    places_->try_emplace(*own->value.key, own.get());
        rememberPlaces(root());
    }
    const auto found = places_->find(key);
    return found == places_->end() ? QModelIndex() : indexOf(*found->second);
}

int NavigatorModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant NavigatorModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const NavigatorEntry& e = value(index);
    switch (role) {
    case Qt::DisplayRole:
        return e.text;
    case DetailRole:
        return e.detail;
    case PathRole:
        return placeOf(index);
    case Qt::ToolTipRole: {
        const model::TopologyNode* node = e.key && !e.listener ? topology_.node(*e.key) : nullptr;
        return node ? nodeToolTip(*node) : QString();
    }
    case Qt::DecorationRole:
        return icon(e.icon, e.kind ? theme_.of(*e.kind) : theme_.muted);
    case HealthRole:
        return e.health && *e.health != model::Health::Good ? QVariant::fromValue(static_cast<int>(*e.health))
                                                            : QVariant();
    case UnwellRole:
        return e.unwell > 0 ? QVariant(e.unwell) : QVariant();
    case Qt::AccessibleTextRole:
        if (e.unwell > 0)
            return tr("%1, %n problem(s)", nullptr, e.unwell).arg(e.text);
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
