#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace gatehouse::engine {

/// A fixed buffer that a socket is read into and a parser reads from. Bytes before the pin stay where they are, so that
/// the views of a head survive while the body behind it comes and goes.
class ByteBuffer {
public:
    explicit ByteBuffer(std::size_t capacity) : data_(new char[capacity]), capacity_(capacity) {}

    [[nodiscard]] std::string_view unread() const noexcept { return {data_.get() + begin_, end_ - begin_}; }
    [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
    void consume(std::size_t bytes) noexcept { begin_ += bytes; }
    /// Keeps everything before the unread bytes in place until unpin().
    void pin() noexcept { pinned_ = begin_; }
    void unpin() noexcept { pinned_ = 0; }
    void clear() noexcept { pinned_ = begin_ = end_ = 0; }

    /// Moves the unread bytes to the front, so that as much as the rest of the buffer holds can come behind them. Views
    /// into them are void after this. Not with a pin.
    void compact() noexcept
    {
        if (begin_ == 0)
            return;
        std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }

    /// Room behind the unread bytes; makes some where none is left. Views into unread bytes are void after this.
    [[nodiscard]] std::size_t makeRoom() noexcept
    {
        if (begin_ == end_) {
            begin_ = end_ = pinned_;
        } else if (end_ == capacity_ && begin_ > pinned_) {
            std::memmove(data_.get() + pinned_, data_.get() + begin_, end_ - begin_);
            end_ -= begin_ - pinned_;
            begin_ = pinned_;
        }
        return capacity_ - end_;
    }
    [[nodiscard]] char* room() noexcept { return data_.get() + end_; }
    void filled(std::size_t bytes) noexcept { end_ += bytes; }

private:
    std::unique_ptr<char[]> data_;
    std::size_t capacity_;
    std::size_t pinned_ = 0, begin_ = 0, end_ = 0;
};

} // namespace gatehouse::engine
