#include "engine/routing/match.h"

#include <algorithm>
#include <cstring>

namespace gatehouse::routing {

std::string_view TextArena::store(std::initializer_list<std::string_view> parts)
{
    constexpr std::size_t blockSize = 4096;
    std::size_t size = 0;
    for (const std::string_view part : parts)
        size += part.size();
    if (size == 0)
        return {};
    // Blocks never move, since views point into them; one that is too small waits for the next clear().
    while (current_ < blocks_.size() && blocks_[current_].size - blocks_[current_].used < size)
        ++current_;
    if (current_ == blocks_.size()) {
        const std::size_t capacity = std::max(size, blockSize);
        blocks_.push_back({std::make_unique<char[]>(capacity), capacity, 0});
    }
    Block& block = blocks_[current_];
    char* const begin = block.data.get() + block.used;
    char* at = begin;
    for (const std::string_view part : parts) {
        if (!part.empty())
            std::memcpy(at, part.data(), part.size());
        at += part.size();
    }
    block.used += size;
    return {begin, size};
}

void TextArena::clear() noexcept
{
    for (Block& block : blocks_)
        block.used = 0;
    current_ = 0;
}

} // namespace gatehouse::routing
