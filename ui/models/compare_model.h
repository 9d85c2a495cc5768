#pragma once

#include "ui/document/comparison.h"
#include "ui/models/row_tree.h"

namespace gatehouse::ui {

/// A comparison as a tree: objects with their fields, attachments, conditions, and requests that fare otherwise.
class CompareModel final : public RowTree {
    Q_OBJECT
public:
    enum Column { WhatColumn, ChangeColumn, BeforeColumn, AfterColumn, PlaceColumn };
    /// More differences of a kind than this are counted, not listed.
    static constexpr std::size_t mostListed = 2000;

    explicit CompareModel(QObject* parent = nullptr);
    void setComparison(const Comparison& comparison);
    void clear();

private:
    void addGroup(const QString& title, const QString& icon, const std::vector<Change>& changes);
    static void addChange(Row& parent, const Change& change);
};

} // namespace gatehouse::ui
