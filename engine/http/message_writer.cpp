#include "engine/http/message_writer.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::engine {

namespace {
/// Below this a copy is cheaper than another part of a gathered send.
constexpr std::size_t copyLimit = 8 * 1024;
/// Small pieces are gathered up to this before they are sent.
constexpr std::size_t gatherLimit = 32 * 1024;
} // namespace

void MessageWriter::clear() noexcept
{
    out_.clear();
    sent_ = 0;
    framing_ = BodyKind::None;
    chunkLeft_ = 0;
    failed_ = false;
}

std::size_t MessageWriter::sendBody(Transport& socket, std::string_view data)
{
    if (data.empty() || failed_)
        return data.size();
    if (framing_ == BodyKind::None) {
        // Bytes behind a head that announced none would be read as the next message: better no connection.
        failed_ = true;
        return data.size();
    }
    if (out_.size() - sent_ > gatherLimit && flush(socket) != IoState::Done)
        return failed_ ? data.size() : 0;
    if (framing_ == BodyKind::Chunked && chunkLeft_ == 0) {
        char line[18];
        const auto end = std::to_chars(line, line + sizeof line, data.size(), 16).ptr;
        out_.append(line, end).append("\r\n");
        chunkLeft_ = data.size();
    }
    std::size_t taken = data.size();
    if (data.size() <= copyLimit)
        out_.append(data);
    else
        taken = sendLarge(socket, data);
    if (framing_ == BodyKind::Chunked) {
        chunkLeft_ -= taken;
        if (chunkLeft_ == 0)
            out_.append("\r\n");
    }
    return taken;
}

std::size_t MessageWriter::sendLarge(Transport& socket, std::string_view data)
{
    if (!socket.mayWrite())
        return 0;
    const std::size_t gathered = out_.size() - sent_;
    IoResult result;
    if (gathered == 0) {
        result = socket.send(data);
    } else {
        result = socket.send(std::string_view(out_).substr(sent_), data);
    }
    if (result.state == IoState::Failed) {
        failed_ = true;
        return data.size();
    }
    sentBytes(std::min(result.bytes, gathered));
    return result.bytes > gathered ? result.bytes - gathered : 0;
}

void MessageWriter::endBody(const routing::HeaderFields* trailers)
{
    if (framing_ == BodyKind::Chunked)
        serializeLastChunk(out_, trailers);
    framing_ = BodyKind::None;
}

IoState MessageWriter::flush(Transport& socket)
{
    while (pending() && !failed_) {
        const IoResult result = socket.send(std::string_view(out_).substr(sent_));
        if (result.state == IoState::Failed)
            failed_ = true;
        else if (result.state == IoState::Blocked)
            return IoState::Blocked;
        else
            sentBytes(result.bytes);
        if (pending() && !socket.mayWrite())
            return failed_ ? IoState::Failed : IoState::Blocked;
    }
    return failed_ ? IoState::Failed : IoState::Done;
}

void MessageWriter::sentBytes(std::size_t bytes) noexcept
{
    sent_ += bytes;
    if (sent_ == out_.size()) {
        out_.clear();
        sent_ = 0;
    }
}

} // namespace gatehouse::engine
