#include "engine/net/udp_readiness.h"

#if GATEHOUSE_EPOLL

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

namespace {
/// Rounds before TCP connections of the worker have their turn: a round that finds datagrams saves the io_context's
/// own wait.
constexpr int roundsAtOnce = 8;
} // namespace

UdpReadiness::UdpReadiness(asio::io_context& io, std::function<void()> afterBatch)
    : io_(io), afterBatch_(std::move(afterBatch)), set_(io_.get_executor())
{
    error_code failed; // no descriptor left: add() says so for each socket
    set_.assign(::epoll_create1(EPOLL_CLOEXEC), failed);
    wait();
}

UdpReadiness::~UdpReadiness()
{
    error_code ignored; // the descriptor is gone whatever close() says
    set_.close(ignored);
}

bool UdpReadiness::add(int fd, UdpReader& reader)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    event.data.ptr = &reader;
    return ::epoll_ctl(set_.native_handle(), EPOLL_CTL_ADD, fd, &event) == 0;
}

void UdpReadiness::remove(int, UdpReader& reader) noexcept
{
    // Closing takes the descriptor out of the kernel's set; what was fetched already may still name the reader.
    for (std::size_t i = next_; i < count_; ++i) {
        if (events_[i].data.ptr == &reader)
            events_[i].data.ptr = nullptr;
    }
    std::replace(again_.begin(), again_.end(), &reader, static_cast<UdpReader*>(nullptr));
    std::replace(turn_.begin(), turn_.end(), &reader, static_cast<UdpReader*>(nullptr));
    if (now_ == &reader)
        now_ = nullptr;
}

void UdpReadiness::wait()
{
    set_.async_wait(asio::posix::descriptor_base::wait_read, [this](const error_code& error) {
        if (!error)
            serve();
    });
}

void UdpReadiness::serve()
{
    for (int round = 0; round < roundsAtOnce; ++round) {
        if (!deliver())
            return wait();
    }
    asio::post(io_, [this] { serve(); });
}

void UdpReadiness::turn(UdpReader& reader, bool failed)
{
    now_ = &reader;
    // Behind an error there may be datagrams, and behind datagrams an error, which makes no new edge.
    if ((reader.onReadable() || failed) && now_)
        again_.push_back(&reader);
    now_ = nullptr;
}

bool UdpReadiness::deliver()
{
    const int found = ::epoll_wait(set_.native_handle(), events_.data(), static_cast<int>(events_.size()), 0);
    count_ = found > 0 ? static_cast<std::size_t>(found) : 0;
    turn_.swap(again_);
    const bool any = count_ > 0 || !turn_.empty();
    for (next_ = 0; next_ < count_;) {
        const epoll_event& event = events_[next_++];
        if (event.data.ptr)
            turn(*static_cast<UdpReader*>(event.data.ptr), (event.events & EPOLLERR) != 0);
    }
    next_ = count_ = 0;
    for (std::size_t i = 0; i < turn_.size(); ++i) {
        if (turn_[i])
            turn(*turn_[i], false);
    }
    turn_.clear();
    if (any)
        afterBatch_();
    return any;
}

} // namespace gatehouse::engine

#endif
