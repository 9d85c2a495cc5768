#include "engine/net/readiness_set.h"

#if GATEHOUSE_EPOLL

#include "engine/net/stream_socket.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

asio::execution_context::id ReadinessSet::id;

namespace {
std::uint8_t readinessOf(std::uint32_t events) noexcept
{
    const bool broken = (events & (EPOLLHUP | EPOLLERR)) != 0;
    const bool ended = broken || (events & EPOLLRDHUP) != 0;
    unsigned readiness = 0;
    if (ended || (events & EPOLLIN))
        readiness |= readyToRead;
    if (broken || (events & EPOLLOUT))
        readiness |= readyToWrite;
    if (ended)
        readiness |= readyForEnd;
    return static_cast<std::uint8_t>(readiness);
}
} // namespace

ReadinessSet::ReadinessSet(asio::execution_context& context)
    : service(context), set_(static_cast<asio::io_context&>(context).get_executor())
{
    error_code failed; // no descriptor left: add() says so for each socket
    set_.assign(::epoll_create1(EPOLL_CLOEXEC), failed);
    wait();
}

ReadinessSet::~ReadinessSet() = default;

void ReadinessSet::shutdown()
{
    error_code ignored;
    set_.close(ignored);
}

bool ReadinessSet::add(int fd, StreamSocket& socket)
{
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &socket;
    return ::epoll_ctl(set_.native_handle(), EPOLL_CTL_ADD, fd, &event) == 0;
}

void ReadinessSet::remove(StreamSocket& socket) noexcept
{
    // Closing takes the descriptor out of the kernel's set; an event that was fetched already may still name the
    // socket.
    for (std::size_t i = next_; i < count_; ++i) {
        if (events_[i].data.ptr == &socket)
            events_[i].data.ptr = nullptr;
    }
    std::replace(again_.begin(), again_.end(), &socket, static_cast<StreamSocket*>(nullptr));
    std::replace(turn_.begin(), turn_.end(), &socket, static_cast<StreamSocket*>(nullptr));
}

void ReadinessSet::again(StreamSocket& socket)
{
    again_.push_back(&socket);
    if (again_.size() > 1)
        return;
    asio::post(set_.get_executor(), [this] {
        turn_.swap(again_);
        for (std::size_t i = 0; i < turn_.size(); ++i) {
            if (turn_[i])
                turn_[i]->onReady(readyToRead);
        }
        turn_.clear();
    });
}

void ReadinessSet::wait()
{
    set_.async_wait(asio::posix::descriptor_base::wait_read, [this](const error_code& error) {
        if (error)
            return;
        deliver();
        wait();
    });
}

void ReadinessSet::deliver()
{
    const int found = ::epoll_wait(set_.native_handle(), events_.data(), static_cast<int>(events_.size()), 0);
    count_ = found > 0 ? static_cast<std::size_t>(found) : 0;
    for (next_ = 0; next_ < count_;) {
        const epoll_event& event = events_[next_++];
        if (event.data.ptr)
            static_cast<StreamSocket*>(event.data.ptr)->onReady(readinessOf(event.events));
    }
    next_ = count_ = 0;
}

} // namespace gatehouse::engine

#endif
