#include "engine/http/h2_frame_guard.h"

#include <algorithm>

namespace gatehouse::engine {

namespace {
constexpr unsigned char dataFrame = 0, headersFrame = 1, resetFrame = 3;
constexpr unsigned char endStream = 1;
} // namespace

std::size_t H2FrameGuard::pass(std::string_view bytes) noexcept
{
    for (std::size_t at = 0; at < bytes.size() && verdict_ == Verdict::Fine;) {
        if (skip_ > 0) {
            const std::size_t step = std::min(skip_, bytes.size() - at);
            skip_ -= step;
            at += step;
            continue;
        }
        const std::size_t begin = at;
        while (headSize_ < headBytes && at < bytes.size())
            head_[headSize_++] = static_cast<unsigned char>(bytes[at++]);
        if (headSize_ < headBytes)
            break;
        headSize_ = 0;
        skip_ = std::size_t{head_[0]} << 16 | std::size_t{head_[1]} << 8 | head_[2];
        verdict_ = judge();
        if (verdict_ != Verdict::Fine)
            return begin;
    }
    return verdict_ == Verdict::Fine ? bytes.size() : 0;
}

bool H2FrameGuard::ended(std::uint32_t id) const noexcept
{
    return std::find(ended_.begin(), ended_.end(), id) != ended_.end();
}

H2FrameGuard::Verdict H2FrameGuard::judgeHeaders(std::uint32_t id) noexcept
{
    if (id >= nextId_) {
        if (id > nextId_)
            gaps_[nextGap_++ % gaps_.size()] = {nextId_, id - 2};
        nextId_ = id + 2;
        return Verdict::Fine;
    }
    if (ended(id))
        return Verdict::StreamClosed;
    const bool inGap =
        std::any_of(gaps_.begin(), gaps_.end(), [id](const Gap& gap) { return gap.first <= id && id <= gap.last; });
    return inGap ? Verdict::ProtocolError : Verdict::Fine;
}

H2FrameGuard::Verdict H2FrameGuard::judge() noexcept
{
    const unsigned char type = head_[3];
    if (type != dataFrame && type != headersFrame && type != resetFrame)
        return Verdict::Fine;
    const std::uint32_t id = std::uint32_t{head_[5]} << 24 | std::uint32_t{head_[6]} << 16 |
                             std::uint32_t{head_[7]} << 8 | std::uint32_t{head_[8]};
    if (id % 2 == 0 || id > 0x7FFFFFFF)
        return Verdict::Fine; // no client's stream: nghttp2 says so
    if (type == headersFrame) {
        if (const Verdict verdict = judgeHeaders(id); verdict != Verdict::Fine)
            return verdict;
    } else if (type == dataFrame && ended(id)) {
        return Verdict::StreamClosed;
    }
    const bool ends = type == resetFrame || (head_[4] & endStream) != 0;
    if (ends && id < nextId_)
        ended_[nextEnded_++ % ended_.size()] = id;
    return Verdict::Fine;
}

} // namespace gatehouse::engine
