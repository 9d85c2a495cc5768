#include "engine/http/request_replay.h"

#include <utility>

namespace gatehouse::engine {

namespace {
/// Storage that is kept for the next request.
constexpr std::size_t keptStorage = 64 * 1024;
} // namespace

void RequestReplay::start(std::size_t limit)
{
    if (kept_.capacity() > keptStorage)
        kept_ = {};
    kept_.clear();
    limit_ = limit;
    offset_ = seen_ = 0;
    ended_ = lost_ = fresh_ = false;
}

BodyPiece RequestReplay::read(ClientSide& client)
{
    fresh_ = false;
    if (offset_ < kept_.size()) {
        fresh_ = offset_ >= seen_;
        seen_ = kept_.size();
        return {BodyState::Data, std::string_view(kept_).substr(std::exchange(offset_, kept_.size()))};
    }
    if (ended_)
        return {BodyState::End, {}};
    const BodyPiece piece = client.readBody();
    ended_ = piece.state == BodyState::End;
    if (piece.state != BodyState::Data)
        return piece;
    fresh_ = true;
    if (!lost_ && piece.data.size() <= limit_ - kept_.size()) {
        kept_.append(piece.data);
    } else if (!std::exchange(lost_, true)) {
        kept_.clear();
    }
    offset_ = seen_ = kept_.size();
    return piece;
}

} // namespace gatehouse::engine
