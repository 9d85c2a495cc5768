#pragma once

#include "model/base/shared_sequence.h"

#include <stdexcept>
#include <utility>

namespace gatehouse::model {

/// A sorted map whose copies share what did not change; reads like a std::map, and is written through its own members.
/// Iterators are invalidated by every write. Cost, lifetime and thread: see SharedSequence.
template <class Key, class T>
class SharedMap {
public:
    using key_type = Key;
    using mapped_type = T;
    using value_type = std::pair<Key, T>;
    using Entries = SharedSequence<value_type>;
    using const_iterator = typename Entries::const_iterator;
    using iterator = const_iterator;
    using size_type = std::size_t;

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    [[nodiscard]] const_iterator begin() const noexcept { return entries_.begin(); }
    [[nodiscard]] const_iterator end() const noexcept { return entries_.end(); }

    [[nodiscard]] const_iterator lower_bound(const Key& key) const
    {
        return entries_.partitionPoint([&](const value_type& entry) { return entry.first < key; });
    }
    [[nodiscard]] const_iterator find(const Key& key) const
    {
        const const_iterator at = lower_bound(key);
        return at != end() && at->first == key ? at : end();
    }
    [[nodiscard]] bool contains(const Key& key) const { return find(key) != end(); }
    [[nodiscard]] std::size_t count(const Key& key) const { return contains(key) ? 1 : 0; }
    /// Throws std::out_of_range.
    [[nodiscard]] const T& at(const Key& key) const
    {
        const const_iterator found = find(key);
        if (found == end())
            throw std::out_of_range("SharedMap::at");
        return found->second;
    }

    /// Adds an entry unless the key is there; false when it was.
    std::pair<const_iterator, bool> try_emplace(const Key& key, T value)
    {
        const bool behindAll = !empty() && entries_.back().first < key;
        const const_iterator at = behindAll ? end() : lower_bound(key);
        if (at != end() && at->first == key)
            return {at, false};
        return {entries_.insert(at, value_type(key, std::move(value))), true};
    }
    std::pair<const_iterator, bool> emplace(const Key& key, T value) { return try_emplace(key, std::move(value)); }
    const_iterator insert_or_assign(const Key& key, T value)
    {
        const const_iterator at = lower_bound(key);
        if (at == end() || at->first != key)
            return entries_.insert(at, value_type(key, std::move(value)));
        entries_.edit(at).second = std::move(value);
        return at;
    }
    /// The value of a key to be changed, made when there is none. Lifetime: until the next write or copy.
    T& operator[](const Key& key) { return entries_.edit(try_emplace(key, T{}).first).second; }
    /// The number of removed entries.
    std::size_t erase(const Key& key)
    {
        const const_iterator at = find(key);
        if (at == end())
            return 0;
        entries_.erase(at);
        return 1;
    }
    void clear() { entries_.clear(); }

    /// True when everything is shared: the maps are equal, and nothing was looked at. False says nothing.
    [[nodiscard]] bool sharesAllWith(const SharedMap& other) const noexcept
    {
        return entries_.sharesAllWith(other.entries_);
    }

    /// Calls visit(const Key&, const T* before, const T* after) for each entry that differs; null: it is not there.
    /// Cost: little more than what is not shared.
    template <class Visit>
    friend void forEachDifference(const SharedMap& before, const SharedMap& after, Visit&& visit)
    {
        Entries::forEachDifference(
            before.entries_, after.entries_, [](const value_type& a, const value_type& b) { return a.first < b.first; },
            [](const value_type& a, const value_type& b) { return a.second == b.second; },
            [&](const value_type* a, const value_type* b) {
                visit(a ? a->first : b->first, a ? &a->second : nullptr, b ? &b->second : nullptr);
            });
    }

    /// Takes over from `previous` all that is equal, so that the two share it.
    void shareWith(const SharedMap& previous)
    {
        if (sharesAllWith(previous))
            return;
        SharedMap next = previous;
        forEachDifference(previous, *this, [&](const Key& key, const T*, const T* after) {
            if (after)
                next.insert_or_assign(key, *after);
            else
                next.erase(key);
        });
        *this = std::move(next);
    }

    bool operator==(const SharedMap& other) const
    {
        return size() == other.size() && (sharesAllWith(other) || std::equal(begin(), end(), other.begin()));
    }

private:
    Entries entries_;
};

} // namespace gatehouse::model
