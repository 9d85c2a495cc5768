#include "ui/models/traffic_model.h"

#include "ui/document/traffic_words.h"

#include <QDateTime>

#include <algorithm>

namespace gatehouse::ui {

TrafficModel::TrafficModel(QObject* parent) : QAbstractTableModel(parent)
{
}

void TrafficModel::append(const std::vector<model::AccessEvent>& events)
{
    if (events.empty())
        return;
    const std::size_t taken = std::min(events.size(), capacity);
    forgotten_ += events.size() - taken;
    if (const std::size_t total = events_.size() + taken; total > capacity) {
        const auto drop = static_cast<int>(total - capacity);
        const int last = static_cast<int>(events_.size()) - 1;
        beginRemoveRows({}, last - drop + 1, last);
        events_.erase(events_.end() - drop, events_.end());
        forgotten_ += static_cast<std::uint64_t>(drop);
        endRemoveRows();
    }
    beginInsertRows({}, 0, static_cast<int>(taken) - 1);
    for (auto event = events.end() - static_cast<std::ptrdiff_t>(taken); event != events.end(); ++event)
        events_.push_front(*event);
    endInsertRows();
}

void TrafficModel::clear()
{
    beginResetModel();
    events_.clear();
    forgotten_ = 0;
    endResetModel();
}

int TrafficModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(events_.size());
}

int TrafficModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TrafficModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const model::AccessEvent& e = event(index.row());
    if (role == Qt::ForegroundRole) {
        if (index.column() != StatusColumn)
            return index.column() == UrlColumn ? theme_.text : theme_.muted;
        return theme_.of(verdict(e));
    }
    if (role == Qt::ToolTipRole)
        return index.column() == FlagsColumn ? flagWords(QString::fromStdString(e.flags))
                                             : data(index, Qt::DisplayRole);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (index.column() == DurationColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn: {
        const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(e.start.time_since_epoch()).count();
        return QDateTime::fromMSecsSinceEpoch(millis).toString(QStringLiteral("HH:mm:ss.zzz"));
    }
    case MethodColumn: // a session has none: what it spoke stands there
        return QString::fromStdString(e.isSession() ? e.protocol : e.method);
    case UrlColumn:
        return askedFor(e);
    case StatusColumn:
        return outcome(e);
    case FlagsColumn:
        return QString::fromStdString(e.flags);
    case DurationColumn:
        return tr("%1 ms").arg(double(e.durationMicros) / 1000, 0, 'f', 1);
    case BytesColumn:
        return bytesText(e);
    case GatewayColumn:
        return QString::fromStdString(e.listener.empty() ? e.gateway : e.gateway + " " + e.listener);
    case RouteColumn:
        return QString::fromStdString(e.route);
    case BackendColumn:
        return QString::fromStdString(e.backend);
    default:
        return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case MethodColumn:
        return tr("Method");
    case UrlColumn:
        return tr("Host and path");
    case StatusColumn:
        return tr("Outcome");
    case FlagsColumn:
        return tr("Flags");
    case DurationColumn:
        return tr("Duration");
    case BytesColumn:
        return tr("Bytes");
    case GatewayColumn:
        return tr("Listener");
    case RouteColumn:
        return tr("Route");
    case BackendColumn:
        return tr("Backend");
    default:
        return {};
    }
}

} // namespace gatehouse::ui
