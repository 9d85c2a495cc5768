#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

namespace gatehouse::model {

/// A sequence whose copies share what did not change: it is held in chunks, a copy takes over the chunks, and a write
/// copies one. So the next state of ten thousand resources costs what differs, and what is shared tells what does not.
/// Cost: a copy, an insertion and a removal are linear in the chunks (size / 64), access by index is logarithmic in
/// them. Lifetime: a value. Thread: as std::vector; copies on several threads may share chunks.
template <class T>
class SharedSequence {
    struct Chunk {
        std::vector<T> items;
        std::atomic<std::uint32_t> owners{1};
    };

    /// Counts owners itself: std::shared_ptr cannot say for sure that nobody else reads a chunk any more.
    class ChunkPtr {
    public:
        ChunkPtr() noexcept = default;
        explicit ChunkPtr(Chunk* chunk) noexcept : chunk_(chunk) {}
        ChunkPtr(const ChunkPtr& other) noexcept : chunk_(other.chunk_)
        {
            if (chunk_)
                chunk_->owners.fetch_add(1, std::memory_order_relaxed);
        }
        ChunkPtr(ChunkPtr&& other) noexcept : chunk_(std::exchange(other.chunk_, nullptr)) {}
        ChunkPtr& operator=(ChunkPtr other) noexcept
        {
            std::swap(chunk_, other.chunk_);
            return *this;
        }
        ~ChunkPtr()
        {
            if (chunk_ && chunk_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1)
                delete chunk_;
        }
        [[nodiscard]] const std::vector<T>& items() const noexcept { return chunk_->items; }
        /// The items to be changed, which nobody else sees from now on.
        std::vector<T>& own()
        {
            if (chunk_->owners.load(std::memory_order_acquire) != 1)
                *this = ChunkPtr(new Chunk{chunk_->items, {1}});
            return chunk_->items;
        }
        bool operator==(const ChunkPtr&) const noexcept = default;

    private:
        Chunk* chunk_ = nullptr;
    };
    using Chunks = std::vector<ChunkPtr>;

public:
    /// Items that a chunk holds at most.
    static constexpr std::size_t chunkSize = 64;

    using value_type = T;
    using size_type = std::size_t;

    class const_iterator {
    public:
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        const_iterator() noexcept = default;
        reference operator*() const noexcept { return (*chunks_)[chunk_].items()[offset_]; }
        pointer operator->() const noexcept { return &**this; }
        const_iterator& operator++() noexcept
        {
            if (++offset_ == (*chunks_)[chunk_].items().size()) {
                ++chunk_;
                offset_ = 0;
            }
            return *this;
        }
        const_iterator operator++(int) noexcept
        {
            const const_iterator before = *this;
            ++*this;
            return before;
        }
        const_iterator& operator--() noexcept
        {
            if (offset_ == 0)
                offset_ = (*chunks_)[--chunk_].items().size();
            --offset_;
            return *this;
        }
        const_iterator operator--(int) noexcept
        {
            const const_iterator before = *this;
            --*this;
            return before;
        }
        bool operator==(const const_iterator& other) const noexcept
        {
            return chunk_ == other.chunk_ && offset_ == other.offset_;
        }

    private:
        friend class SharedSequence;
        const_iterator(const Chunks& chunks, std::size_t chunk, std::size_t offset) noexcept
            : chunks_(&chunks), chunk_(chunk), offset_(offset)
        {
        }
        const Chunks* chunks_ = nullptr;
        std::size_t chunk_ = 0, offset_ = 0;
    };
    using iterator = const_iterator;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] const_iterator begin() const noexcept { return {chunks_, 0, 0}; }
    [[nodiscard]] const_iterator end() const noexcept { return {chunks_, chunks_.size(), 0}; }
    [[nodiscard]] const T& back() const noexcept { return chunks_.back().items().back(); }
    [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return *iteratorAt(index); }

    /// Throws std::out_of_range.
    [[nodiscard]] const T& at(std::size_t index) const
    {
        if (index >= size_)
            throw std::out_of_range("SharedSequence::at");
        return (*this)[index];
    }
    /// The item of an index, or the end.
    [[nodiscard]] const_iterator iteratorAt(std::size_t index) const noexcept
    {
        if (index >= size_)
            return end();
        // Chunks that were filled in order stand where they are expected.
        if (const std::size_t guess = index / chunkSize; guess < starts_.size() &&
                                                         starts_[guess] == guess * chunkSize &&
                                                         index - starts_[guess] < chunks_[guess].items().size())
            return {chunks_, guess, index - starts_[guess]};
        const auto behind = std::upper_bound(starts_.begin(), starts_.end(), index);
        const auto chunk = static_cast<std::size_t>(behind - starts_.begin()) - 1;
        return {chunks_, chunk, index - starts_[chunk]};
    }
    /// The inverse of iteratorAt().
    [[nodiscard]] std::size_t indexOf(const_iterator at) const noexcept
    {
        return at.chunk_ == chunks_.size() ? size_ : starts_[at.chunk_] + at.offset_;
    }

    /// The first item that `isBefore` is not true of; items must be ordered by it.
    template <class IsBefore>
    [[nodiscard]] const_iterator partitionPoint(IsBefore&& isBefore) const
    {
        const auto chunk = std::partition_point(chunks_.begin(), chunks_.end(),
                                                [&](const ChunkPtr& each) { return isBefore(each.items().back()); });
        if (chunk == chunks_.end())
            return end();
        const auto& items = chunk->items();
        const auto item = std::partition_point(items.begin(), items.end(), isBefore);
        return {chunks_, static_cast<std::size_t>(chunk - chunks_.begin()),
                static_cast<std::size_t>(item - items.begin())};
    }

    /// An item to be changed. Lifetime: until the next change or copy. Invalidates no iterator.
    T& edit(const_iterator at) { return chunks_[at.chunk_].own()[at.offset_]; }
    T& edit(std::size_t index) { return edit(iteratorAt(index)); }

    void push_back(T item) { insert(end(), std::move(item)); }

    /// Puts an item before another; the iterator is the new item's. Invalidates others.
    const_iterator insert(const_iterator at, T item)
    {
        std::size_t chunk = at.chunk_, offset = at.offset_;
        if (offset == 0 && chunk > 0 && (chunk == chunks_.size() || chunks_[chunk - 1].items().size() < chunkSize)) {
            --chunk; // behind the last item of the chunk before is the same place
            offset = chunks_[chunk].items().size();
        }
        if (chunks_.empty() || (chunk + 1 == chunks_.size() && offset == chunkSize)) {
            chunks_.push_back(ChunkPtr(new Chunk)); // items that come in order fill their chunks
            chunk = chunks_.size() - 1;
            offset = 0;
        } else if (chunks_[chunk].items().size() == chunkSize) {
            const auto& all = chunks_[chunk].items();
            const auto middle = all.begin() + chunkSize / 2;
            ChunkPtr first(new Chunk{{all.begin(), middle}, {1}}), second(new Chunk{{middle, all.end()}, {1}});
            chunks_[chunk] = std::move(first);
            chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(chunk) + 1, std::move(second));
            if (offset > chunkSize / 2) {
                ++chunk;
                offset -= chunkSize / 2;
            }
        }
        auto& items = chunks_[chunk].own();
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(offset), std::move(item));
        count(chunk);
        return {chunks_, chunk, offset};
    }

    /// Removes an item; the iterator is of the one behind it. Invalidates others.
    const_iterator erase(const_iterator at)
    {
        auto& items = chunks_[at.chunk_].own();
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(at.offset_));
        const std::size_t left = items.size();
        if (left == 0)
            chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(at.chunk_));
        else if (at.chunk_ + 1 < chunks_.size() && left + chunks_[at.chunk_ + 1].items().size() <= chunkSize / 2)
            mergeWithNext(at.chunk_);
        count(at.chunk_);
        if (left > 0 && at.offset_ == chunks_[at.chunk_].items().size())
            return {chunks_, at.chunk_ + 1, 0};
        return at.chunk_ < chunks_.size() ? const_iterator{chunks_, at.chunk_, left == 0 ? 0 : at.offset_} : end();
    }

    void clear() { *this = {}; }

    /// True when all chunks are shared: the sequences are equal, and nothing was looked at. False says nothing.
    [[nodiscard]] bool sharesAllWith(const SharedSequence& other) const noexcept { return chunks_ == other.chunks_; }

    /// Walks two sequences that are ordered alike and calls visit(const T* before, const T* after) where they differ,
    /// null for an item that only the other has. Skips what they share. `less` orders, `same` compares equals.
    template <class Less, class Same, class Visit>
    static void forEachDifference(const SharedSequence& before, const SharedSequence& after, Less&& less, Same&& same,
                                  Visit&& visit)
    {
        const_iterator a = before.begin(), b = after.begin();
        const const_iterator endA = before.end(), endB = after.end();
        while (a != endA || b != endB) {
            if (a != endA && b != endB && a.offset_ == 0 && b.offset_ == 0 &&
                before.chunks_[a.chunk_] == after.chunks_[b.chunk_]) {
                a = {before.chunks_, a.chunk_ + 1, 0};
                b = {after.chunks_, b.chunk_ + 1, 0};
            } else if (b == endB || (a != endA && less(*a, *b))) {
                visit(&*a++, static_cast<const T*>(nullptr));
            } else if (a == endA || less(*b, *a)) {
                visit(static_cast<const T*>(nullptr), &*b++);
            } else {
                if (!same(*a, *b))
                    visit(&*a, &*b);
                ++a, ++b;
            }
        }
    }

private:
    void mergeWithNext(std::size_t chunk)
    {
        auto& items = chunks_[chunk].own();
        const auto& more = chunks_[chunk + 1].items();
        items.insert(items.end(), more.begin(), more.end());
        chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(chunk) + 1);
    }

    /// Numbers the chunks from one on anew.
    void count(std::size_t from)
    {
        starts_.resize(chunks_.size());
        std::size_t start = from == 0 || chunks_.empty() ? 0 : starts_[from - 1] + chunks_[from - 1].items().size();
        for (std::size_t i = from; i < chunks_.size(); ++i) {
            starts_[i] = start;
            start += chunks_[i].items().size();
        }
        size_ = chunks_.empty() ? 0 : starts_.back() + chunks_.back().items().size();
    }

    Chunks chunks_;                   ///< none is empty
    std::vector<std::size_t> starts_; ///< index of each chunk's first item
    std::size_t size_ = 0;
};

} // namespace gatehouse::model
