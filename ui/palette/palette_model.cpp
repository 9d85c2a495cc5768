#include "ui/palette/palette_model.h"

#include "ui/icons.h"

namespace gatehouse::ui {
namespace {

/// Nobody reads further; who does types another letter.
constexpr std::size_t mostHits = 60;

QColor iconColor(const PaletteEntry& entry, const Theme& theme)
{
    if (!entry.enabled)
        return theme.disabled;
    if (entry.kind)
        return theme.of(*entry.kind);
    if (entry.severity) {
        switch (*entry.severity) {
        case model::Severity::Error:
            return theme.bad;
        case model::Severity::Warning:
            return theme.warning;
        case model::Severity::Info:
            return theme.accent;
        }
    }
    return theme.muted;
}

} // namespace

void PaletteModel::setTheme(const Theme& theme)
{
    theme_ = theme;
    if (!hits_.empty())
        emit dataChanged(index(0), index(static_cast<int>(hits_.size()) - 1), {Qt::DecorationRole});
}

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    beginResetModel();
    hits_.clear();
    entries_ = std::move(entries);
    endResetModel();
    search({});
}

void PaletteModel::search(const QString& typed)
{
    beginResetModel();
    hits_ = findEntries(entries_, typed, mostHits);
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(hits_.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const PaletteEntry& found = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return found.title;
    case Qt::ToolTipRole:
        return found.detail;
    case Qt::AccessibleTextRole:
        return paletteSpeech(found);
    case Qt::DecorationRole:
        return found.icon.isEmpty() ? QVariant() : icon(found.icon, iconColor(found, theme_));
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    // What is not available now can be found all the same; choosing it does nothing.
    return Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
}

} // namespace gatehouse::ui
