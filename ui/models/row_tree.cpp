#include "ui/models/row_tree.h"

#include "ui/document/words.h"
#include "ui/icons.h"

namespace gatehouse::ui {

RowTree::RowTree(QStringList headers, int place, QObject* parent)
    : QAbstractItemModel(parent), headers_(std::move(headers)), place_(place)
{
}

RowTree::Row& RowTree::add(Row& parent, std::vector<QString> texts)
{
    auto row = std::make_unique<Row>();
    row->parent = &parent;
    row->row = static_cast<int>(parent.children.size());
    row->texts = std::move(texts);
    parent.children.push_back(std::move(row));
    return *parent.children.back();
}

RowTree::Row& RowTree::rowAt(const QModelIndex& index) const
{
    return index.isValid() ? *static_cast<Row*>(index.internalPointer()) : const_cast<Row&>(root_);
}

QModelIndex RowTree::indexOf(const Row& row) const
{
    return row.parent ? createIndex(row.row, 0, const_cast<Row*>(&row)) : QModelIndex();
}

void RowTree::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (const int rows = rowCount(); rows > 0)
        emit dataChanged(index(0, 0), index(rows - 1, columnCount() - 1), {Qt::DecorationRole, Qt::ForegroundRole});
}

RowTree::Jump RowTree::jumpAt(const QModelIndex& index) const
{
    return rowAt(index).jump;
}

std::optional<ProbeRequest> RowTree::requestAt(const QModelIndex& index) const
{
    return rowAt(index).request;
}

QColor RowTree::colorOf(const Tone& tone) const
{
    if (const auto* mark = std::get_if<ChangeMark>(&tone))
        return theme_.of(*mark);
    const auto* health = std::get_if<model::Health>(&tone);
    return health && *health != model::Health::Unknown ? theme_.of(*health) : theme_.muted;
}

QModelIndex RowTree::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, rowAt(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex RowTree::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOf(*rowAt(child).parent) : QModelIndex();
}

int RowTree::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(rowAt(parent).children.size());
}

int RowTree::columnCount(const QModelIndex&) const
{
    return static_cast<int>(headers_.size());
}

QVariant RowTree::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = rowAt(index);
    const auto column = static_cast<std::size_t>(index.column());
    const QString text = column < row.texts.size() ? row.texts[column] : QString();
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == place_ ? QVariant(shortPlace(row.jump.location)) : QVariant(text);
    case Qt::ToolTipRole:
        if (index.column() == place_)
            return QString::fromStdString(model::toString(row.jump.location));
        return QStringLiteral("<div>%1</div>")
            .arg((index.column() == 0 && !row.tip.isEmpty() ? row.tip : text)
                     .toHtmlEscaped()
                     .replace(QLatin1Char('\n'), QStringLiteral("<br>")));
    case Qt::DecorationRole:
        return index.column() == 0 && !row.icon.isEmpty() ? QVariant(icon(row.icon, colorOf(row.tone))) : QVariant();
    case Qt::ForegroundRole:
        if (index.column() == row.tonedColumn && !std::holds_alternative<std::monostate>(row.tone))
            return colorOf(row.tone);
        return index.column() == place_ ? theme_.muted : theme_.text;
    default:
        return {};
    }
}

QVariant RowTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool known = orientation == Qt::Horizontal && role == Qt::DisplayRole && section < headers_.size();
    return known ? QVariant(headers_[section]) : QVariant();
}

} // namespace gatehouse::ui
