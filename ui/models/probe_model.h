#pragma once

#include "ui/document/probe.h"
#include "ui/theme.h"

#include <QAbstractItemModel>

#include <deque>

namespace gatehouse::ui {

/// An explanation as a tree: what serves the request, what becomes of it, and everybody who lost with his reason.
/// Thread: UI.
class ProbeModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { WhatColumn, WhyColumn, PlaceColumn, ColumnCount };
    /// More losers than this are counted, not listed.
    static constexpr std::size_t mostListed = 500;

    explicit ProbeModel(QObject* parent = nullptr);
    void setResult(const ProbeResult& result);
    void clear();
    void setTheme(const Theme& theme);

    struct Jump {
        std::optional<model::ObjectKey> key;
        model::SourceLocation location;
    };
    [[nodiscard]] Jump jumpAt(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Entry {
        Entry* parent = nullptr;
        int row = 0;
        std::vector<Entry*> children;
        QString what, why, icon;
        model::Health tone = model::Health::Unknown;
        Jump jump;
    };
    Entry& add(Entry& parent, const QString& what, const QString& why, const QString& icon, model::Health tone);
    void addWinner(const ProbeResult& result);
    void addGroup(const QString& title, const std::vector<ProbeReason>& reasons, const QString& icon);
    [[nodiscard]] const Entry& entry(const QModelIndex& index) const;

    std::deque<Entry> entries_; ///< stable addresses; the first is the invisible root
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
