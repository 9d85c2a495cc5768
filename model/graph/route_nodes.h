#pragma once

#include "model/base/shared_sequence.h"

#include <cstddef>
#include <iterator>
#include <memory>

namespace gatehouse::model {

struct RouteNode;

/// The routes of a graph. Reads like a vector of RouteNode; the nodes are shared with other graphs that have them
/// alike, so that one address means one content. Lifetime: a value. Thread: immutable once in a graph.
class RouteNodes {
public:
    using Pointer = std::shared_ptr<const RouteNode>;
    using Pointers = SharedSequence<Pointer>;
    using value_type = RouteNode;

    class const_iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = RouteNode;
        using difference_type = std::ptrdiff_t;
        using pointer = const RouteNode*;
        using reference = const RouteNode&;

        const_iterator() noexcept = default;
        explicit const_iterator(Pointers::const_iterator at) noexcept : at_(at) {}
        reference operator*() const noexcept { return **at_; }
        pointer operator->() const noexcept { return at_->get(); }
        const_iterator& operator++() noexcept
        {
            ++at_;
            return *this;
        }
        const_iterator operator++(int) noexcept { return const_iterator(at_++); }
        bool operator==(const const_iterator& other) const noexcept { return at_ == other.at_; }

    private:
        Pointers::const_iterator at_;
    };

    [[nodiscard]] std::size_t size() const noexcept { return pointers_.size(); }
    [[nodiscard]] bool empty() const noexcept { return pointers_.empty(); }
    [[nodiscard]] const RouteNode& operator[](std::size_t index) const noexcept { return *pointers_[index]; }
    [[nodiscard]] const_iterator begin() const noexcept { return const_iterator(pointers_.begin()); }
    [[nodiscard]] const_iterator end() const noexcept { return const_iterator(pointers_.end()); }

    [[nodiscard]] const Pointers& pointers() const noexcept { return pointers_; }
    [[nodiscard]] Pointers& pointers() noexcept { return pointers_; }

private:
    Pointers pointers_;
};

} // namespace gatehouse::model
