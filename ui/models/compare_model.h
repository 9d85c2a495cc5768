#pragma once

#include "ui/document/comparison.h"
#include "ui/models/row_tree.h"

namespace gatehouse::ui {

/// A comparison as a tree: objects with their fields, attachments, conditions, and requests that fare otherwise. What
/// another comparison has as well stays where it is, selected and open as it was.
class CompareModel final : public RowTree {
    Q_OBJECT
public:
    enum Column { WhatColumn, ChangeColumn, BeforeColumn, AfterColumn, PlaceColumn };
    /// More differences of a kind than this are counted, not listed.
    static constexpr std::size_t mostListed = 2000;

    explicit CompareModel(QObject* parent = nullptr);
    void setComparison(const Comparison& comparison);
    void clear() { sync({}); }
};

} // namespace gatehouse::ui
