#pragma once

#include "ui/document/palette.h"
#include "ui/theme.h"

#include <QAbstractListModel>

namespace gatehouse::ui {

/// What the command palette found, the best first. Thread: UI.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT
public:
    explicit PaletteModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    void setTheme(const Theme& theme);
    void setEntries(std::vector<PaletteEntry> entries); ///< everything that can be found
    void search(const QString& typed);
    [[nodiscard]] const PaletteEntry& entry(int row) const { return entries_[hits_[at(row)].entry]; }
    [[nodiscard]] const PaletteHit& hit(int row) const { return hits_[at(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    static std::size_t at(int row) { return static_cast<std::size_t>(row); }

    std::vector<PaletteEntry> entries_;
    std::vector<PaletteHit> hits_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
