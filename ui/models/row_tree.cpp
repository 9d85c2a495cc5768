#include "ui/models/row_tree.h"

#include "ui/document/words.h"
#include "ui/icons.h"

#include <utility>

namespace gatehouse::ui {

bool RowContent::operator==(const RowContent& other) const
{
    const auto place = [](const model::SourceLocation& at) {
        return std::pair(at.file ? *at.file : std::string(), at.position);
    };
    return texts == other.texts && icon == other.icon && tip == other.tip && tone == other.tone &&
           tonedColumn == other.tonedColumn && jump.key == other.jump.key &&
           place(jump.location) == place(other.jump.location) && request == other.request && verdict == other.verdict;
}

TreeRow<RowContent>& RowList::add(const QString& id, std::vector<QString> texts)
{
    TreeRow<RowContent>& row = rows_.emplace_back();
    const int times = seen_[id]++;
    row.id = times == 0 ? id : id + QLatin1Char('\n') + QString::number(times);
    row.value.texts = std::move(texts);
    return row;
}

RowTree::RowTree(QStringList headers, int place, QObject* parent)
    : SyncedTree(parent), headers_(std::move(headers)), place_(place)
{
}

void RowTree::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (const int rows = rowCount(); rows > 0)
        emit dataChanged(index(0, 0), index(rows - 1, columnCount() - 1), {Qt::DecorationRole, Qt::ForegroundRole});
}

QColor RowTree::colorOf(const RowContent::Tone& tone) const
{
    if (const auto* mark = std::get_if<ChangeMark>(&tone))
        return theme_.of(*mark);
    const auto* health = std::get_if<model::Health>(&tone);
    return health && *health != model::Health::Unknown ? theme_.of(*health) : theme_.muted;
}

int RowTree::columnCount(const QModelIndex&) const
{
    return static_cast<int>(headers_.size());
}

QVariant RowTree::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const RowContent& row = value(index);
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
