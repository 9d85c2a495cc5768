// UdpReadiness by Asio's own reactor, for systems without epoll.
#include "engine/net/udp_readiness.h"

#if !GATEHOUSE_EPOLL

#include <boost/asio/post.hpp>

#include <cerrno>
#include <utility>

namespace gatehouse::engine {

/// Shared with the wait under way, which may be completed already when its reader is removed.
struct UdpReadiness::Watch {
    Watch(asio::io_context& io, UdpReader& whose) : descriptor(io.get_executor()), reader(&whose) {}
    asio::posix::basic_stream_descriptor<Executor> descriptor;
    UdpReader* reader; // null once it was removed
};

UdpReadiness::UdpReadiness(asio::io_context& io, std::function<void()> afterBatch)
    : io_(io), afterBatch_(std::move(afterBatch))
{
}

UdpReadiness::~UdpReadiness()
{
    for (auto& [reader, watch] : watches_) {
        watch->reader = nullptr;
        watch->descriptor.release();
    }
}

bool UdpReadiness::add(int fd, UdpReader& reader)
{
    auto watch = std::make_shared<Watch>(io_, reader);
    error_code failed;
    watch->descriptor.assign(fd, failed);
    if (failed) {
        errno = failed.value();
        return false;
    }
    watches_[&reader] = watch;
    wait(watch);
    return true;
}

void UdpReadiness::remove(int, UdpReader& reader) noexcept
{
    const auto found = watches_.find(&reader);
    if (found == watches_.end())
        return;
    found->second->reader = nullptr;
    found->second->descriptor.release(); // whose it is closes it
    watches_.erase(found);
}

void UdpReadiness::wait(const std::shared_ptr<Watch>& watch)
{
    watch->descriptor.async_wait(asio::posix::descriptor_base::wait_read, [this, watch](const error_code& error) {
        if (error || !watch->reader)
            return;
        watch->reader->onReadable(); // what it leaves is readable at the next wait
        afterBatch_();
        if (watch->reader)
            wait(watch);
    });
}

} // namespace gatehouse::engine

#endif
