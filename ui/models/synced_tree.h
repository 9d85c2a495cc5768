#pragma once

#include <QAbstractItemModel>
#include <QHash>
#include <QSet>
#include <QString>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace gatehouse::ui {

/// A row of a SyncedTree as it shall be.
template <class Value>
struct TreeRow {
    QString id; ///< its place: unique among its siblings, and the same across reloads
    Value value;
    std::vector<TreeRow> below = {};
};

/// A tree model that becomes another tree by differences: what stays keeps its index, and with it selection, expansion
/// and scroll position in every view. Rows are told apart by their ids. `Value` is copied and compared. Thread: UI.
template <class Value>
class SyncedTree : public QAbstractItemModel {
public:
    using QAbstractItemModel::QAbstractItemModel;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override
    {
        if (row < 0 || column < 0 || row >= rowCount(parent) || column >= columnCount(parent))
            return {};
        return createIndex(row, column, entry(parent).below[static_cast<std::size_t>(row)].get());
    }

    QModelIndex parent(const QModelIndex& child) const override
    {
        return child.isValid() ? indexOf(*entry(child).parent) : QModelIndex();
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.column() > 0 ? 0 : static_cast<int>(entry(parent).below.size());
    }

    /// The ids of a row and of all above it, outermost first.
    [[nodiscard]] QString placeOf(const QModelIndex& index) const
    {
        QString place;
        for (const Entry* at = &entry(index); at->parent; at = at->parent)
            place.prepend(QLatin1Char('\n') + at->id);
        return place;
    }

protected:
    struct Entry {
        Entry* parent = nullptr; ///< null: the invisible root
        int row = 0;
        QString id;
        Value value = {};
        std::vector<std::unique_ptr<Entry>> below = {};
    };

    [[nodiscard]] const Entry& entry(const QModelIndex& index) const
    {
        return index.isValid() ? *static_cast<const Entry*>(index.constInternalPointer()) : root_;
    }
    [[nodiscard]] const Value& value(const QModelIndex& index) const { return entry(index).value; }
    [[nodiscard]] const Entry& root() const { return root_; }
    [[nodiscard]] QModelIndex indexOf(const Entry& entry) const
    {
        return entry.parent ? createIndex(entry.row, 0, &entry) : QModelIndex();
    }

    /// Makes the model equal to `rows`; only what is new or different is copied.
    void sync(const std::vector<TreeRow<Value>>& rows) { syncLevel(root_, rows); }

private:
    using Rows = std::vector<TreeRow<Value>>;

    void syncLevel(Entry& parent, const Rows& rows)
    {
        if (sameIds(parent, rows)) { // the usual case: nothing to look up
            updateAll(parent, rows);
            for (std::size_t i = 0; i < rows.size(); ++i)
                syncLevel(*parent.below[i], rows[i].below);
            return;
        }
        QSet<QString> wanted;
        for (const TreeRow<Value>& row : rows)
            wanted.insert(row.id);
        removeOthers(parent, wanted);
        QSet<QString> kept;
        for (const auto& entry : parent.below)
            kept.insert(entry->id);
        for (std::size_t i = 0; i < rows.size();) {
            std::size_t end = i;
            while (end < rows.size() && !kept.contains(rows[end].id))
                ++end;
            if (end > i) {
                insert(parent, i, rows.begin() + static_cast<std::ptrdiff_t>(i), end - i);
                i = end;
                continue;
            }
            moveHere(parent, i, rows[i].id);
            update(*parent.below[i], rows[i].value);
            syncLevel(*parent.below[i], rows[i].below);
            ++i;
        }
    }

    static bool sameIds(const Entry& parent, const Rows& rows)
    {
        return std::equal(parent.below.begin(), parent.below.end(), rows.begin(), rows.end(),
                          [](const auto& entry, const auto& row) { return entry->id == row.id; });
    }

    void removeOthers(Entry& parent, const QSet<QString>& wanted)
    {
        for (std::size_t end = parent.below.size(); end > 0;) {
            if (wanted.contains(parent.below[end - 1]->id)) {
                --end;
                continue;
            }
            std::size_t begin = end - 1;
            while (begin > 0 && !wanted.contains(parent.below[begin - 1]->id))
                --begin;
            this->beginRemoveRows(indexOf(parent), static_cast<int>(begin), static_cast<int>(end) - 1);
            const auto first = parent.below.begin();
            parent.below.erase(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end));
            number(parent, begin);
            this->endRemoveRows();
            end = begin;
        }
    }

    void insert(Entry& parent, std::size_t at, typename Rows::const_iterator rows, std::size_t count)
    {
        std::vector<std::unique_ptr<Entry>> made;
        made.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            made.push_back(make(parent, *rows++));
        this->beginInsertRows(indexOf(parent), static_cast<int>(at), static_cast<int>(at + count) - 1);
        parent.below.insert(parent.below.begin() + static_cast<std::ptrdiff_t>(at),
                            std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
        number(parent, at);
        this->endInsertRows();
    }

    static std::unique_ptr<Entry> make(Entry& parent, const TreeRow<Value>& row)
    {
        auto entry = std::make_unique<Entry>();
        entry->parent = &parent;
        entry->id = row.id;
        entry->value = row.value;
        entry->below.reserve(row.below.size());
        for (const TreeRow<Value>& below : row.below)
            entry->below.push_back(make(*entry, below));
        number(*entry, 0);
        return entry;
    }

    /// Everything before `at` is in its place already.
    void moveHere(Entry& parent, std::size_t at, const QString& id)
    {
        std::size_t from = at;
        while (parent.below[from]->id != id)
            ++from;
        if (from == at)
            return;
        const QModelIndex index = indexOf(parent);
        this->beginMoveRows(index, static_cast<int>(from), static_cast<int>(from), index, static_cast<int>(at));
        std::unique_ptr<Entry> moved = std::move(parent.below[from]);
        parent.below.erase(parent.below.begin() + static_cast<std::ptrdiff_t>(from));
        parent.below.insert(parent.below.begin() + static_cast<std::ptrdiff_t>(at), std::move(moved));
        number(parent, at);
        this->endMoveRows();
    }

    void update(Entry& entry, const Value& value)
    {
        if (entry.value == value)
            return;
        entry.value = value;
        const QModelIndex first = indexOf(entry);
        emit this->dataChanged(first, first.siblingAtColumn(this->columnCount(first.parent()) - 1));
    }

    /// One signal for all of them: views look at every row that is named to them.
    void updateAll(Entry& parent, const Rows& rows)
    {
        std::size_t first = rows.size(), last = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (parent.below[i]->value == rows[i].value)
                continue;
            parent.below[i]->value = rows[i].value;
            first = std::min(first, i);
            last = i;
        }
        if (first < rows.size())
            emit this->dataChanged(
                indexOf(*parent.below[first]),
                indexOf(*parent.below[last]).siblingAtColumn(this->columnCount(indexOf(parent)) - 1));
    }

    static void number(Entry& parent, std::size_t from)
    {
        for (std::size_t i = from; i < parent.below.size(); ++i)
            parent.below[i]->row = static_cast<int>(i);
    }

    Entry root_ = {};
};

} // namespace gatehouse::ui
