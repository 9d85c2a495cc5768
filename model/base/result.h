#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace gatehouse::model {

/// Wraps an error so that it converts to any Result with that error type, as std::unexpected does.
template <class E>
struct Unexpected {
    E error;
};
template <class E>
Unexpected(E) -> Unexpected<E>;

/// A value or an error. Purpose: what std::expected (C++23) is; the member names are the same, so that it can become an
/// alias once the compilers of our platforms have it.
/// Errors: value() on an error, and error() on a value, are bugs of the caller (asserted).
template <class T, class E>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    template <class U>
    Result(Unexpected<U> unexpected) : state_(std::in_place_index<1>, std::move(unexpected.error))
    {
    }

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& value() &
    {
        assert(has_value());
        return *std::get_if<0>(&state_);
    }
    const T& value() const&
    {
        assert(has_value());
        return *std::get_if<0>(&state_);
    }
    T&& value() &&
    {
        assert(has_value());
        return std::move(*std::get_if<0>(&state_));
    }
    E& error() &
    {
        assert(!has_value());
        return *std::get_if<1>(&state_);
    }
    const E& error() const&
    {
        assert(!has_value());
        return *std::get_if<1>(&state_);
    }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    std::variant<T, E> state_;
};

} // namespace gatehouse::model
