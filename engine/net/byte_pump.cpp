#include "engine/net/byte_pump.h"

#include "engine/runtime/worker.h"

#include <utility>

namespace gatehouse::engine {

namespace {
/// After this many bytes in one go other connections get their turn.
constexpr std::size_t turn = 1024 * 1024;
#if GATEHOUSE_EPOLL
/// Pieces below this are cheaper to copy: one system call less for each.
constexpr std::size_t smallPiece = 16 * 1024;
#endif
} // namespace

BytePump::~BytePump()
{
    worker_.buffers().give(std::move(buffer_));
#if GATEHOUSE_EPOLL
    worker_.pipes().give(std::move(pipe_));
#endif
}

BytePump::State BytePump::move()
{
    moved_ = 0;
    hadTurn_ = false;
    while (state_ == State::Open) {
        if (moved_ >= turn) {
            hadTurn_ = true;
            break;
        }
#if GATEHOUSE_EPOLL
        const bool goes = pipe_ || (spliceable() && (!buffer_ || buffer_->empty())) ? spliceSome() : copySome();
#else
        const bool goes = copySome();
#endif
        if (!goes)
            break;
    }
    return state_;
}

bool BytePump::deliverBuffer()
{
    while (buffer_ && !buffer_->empty()) {
        if (!to_.mayWrite())
            return false;
        const IoResult sent = to_.send(buffer_->unread());
        if (sent.state == IoState::Failed) {
            state_ = State::ToFailed;
            return false;
        }
        buffer_->consume(sent.bytes);
        bytes_ += sent.bytes;
        moved_ += sent.bytes;
        if (sent.state == IoState::Blocked)
            return false;
    }
    return true;
}

bool BytePump::copySome()
{
    if (!deliverBuffer())
        return false;
    if (ended_) {
        state_ = State::Finished;
        return false;
    }
    if (!from_.mayRead())
        return false;
    takeBuffer();
    const std::size_t room = buffer_->makeRoom();
    const IoResult got = from_.receive(buffer_->room(), room);
    switch (got.state) {
    case IoState::Done:
        buffer_->filled(got.bytes);
#if GATEHOUSE_EPOLL
        large_ = got.bytes == receiveAtOnce;
#endif
        return true;
    case IoState::Closed:
        ended_ = true;
        return true;
    case IoState::Failed:
        state_ = State::FromFailed;
        return false;
    case IoState::Blocked:
        break;
    }
    return false;
}

#if GATEHOUSE_EPOLL

bool BytePump::deliverPipe()
{
    if (!to_.mayWrite())
        return false;
    const IoResult sent = to_.socket().spliceFrom(pipe_->out(), pipe_->held);
    pipe_->held -= sent.bytes;
    bytes_ += sent.bytes;
    moved_ += sent.bytes;
    if (sent.state == IoState::Failed)
        state_ = State::ToFailed;
    return pipe_->held == 0;
}

bool BytePump::spliceSome()
{
    if (!pipe_) {
        if (ended_ || !from_.mayRead())
            return ended_ ? copySome() : false;
        pipe_ = worker_.pipes().take();
        if (!pipe_) { // no descriptor left
            large_ = false;
            return true;
        }
    }
    if (pipe_->held == 0) {
        const IoResult got = from_.socket().spliceTo(pipe_->in(), turn);
        switch (got.state) {
        case IoState::Done:
            pipe_->held = got.bytes;
            large_ = got.bytes >= smallPiece;
            break;
        case IoState::Closed:
            ended_ = true;
            break;
        case IoState::Failed:
            state_ = State::FromFailed;
            break;
        case IoState::Blocked:
            break;
        }
    }
    const bool emptied = pipe_->held == 0 || deliverPipe();
    if (!emptied)
        return false;
    const bool goesOn = state_ == State::Open && (ended_ || from_.mayRead());
    worker_.pipes().give(std::move(pipe_));
    return goesOn;
}

#endif

void BytePump::takeBuffer()
{
    if (!buffer_)
        buffer_ = worker_.buffers().take();
}

bool BytePump::blocked() const noexcept
{
#if GATEHOUSE_EPOLL
    if (pipe_)
        return true;
#endif
    return buffer_ && !buffer_->empty();
}

void BytePump::rest()
{
    if (state_ != State::Open)
        return;
    if (blocked()) {
        to_.watchWrite();
        return;
    }
    worker_.buffers().give(std::move(buffer_));
    from_.watchRead();
    // TLS may have something of its own to send before it can read on.
    if (from_.tls())
        from_.watchWrite();
}

} // namespace gatehouse::engine
