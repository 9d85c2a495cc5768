#pragma once

#include "engine/http/byte_buffer.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace gatehouse::engine {

/// Large buffers of one worker, taken only while bytes are at hand. The last one given back is taken next: as long as
/// every reader can pass its bytes on at once, all of them share one buffer that stays in the processor's cache.
class BufferPool {
public:
    explicit BufferPool(std::size_t capacity) : capacity_(capacity) {}

    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; } ///< of each buffer

    std::unique_ptr<ByteBuffer> take()
    {
        if (free_.empty())
            return std::make_unique<ByteBuffer>(capacity_);
        std::unique_ptr<ByteBuffer> buffer = std::move(free_.back());
        free_.pop_back();
        return buffer;
    }
    void give(std::unique_ptr<ByteBuffer> buffer)
    {
        if (!buffer || free_.size() >= kept)
            return;
        buffer->clear();
        free_.push_back(std::move(buffer));
    }

private:
    static constexpr std::size_t kept = 256;
    std::size_t capacity_;
    std::vector<std::unique_ptr<ByteBuffer>> free_;
};

} // namespace gatehouse::engine
