#include "engine/net/udp_flows.h"

#include <bit>

namespace gatehouse::engine {

UdpFlows::UdpFlows(Times times, std::uint64_t seed) : times_(times), seed_(seed), buckets_(64)
{
}

std::uint64_t UdpFlows::hashOf(const void* server, const UdpAddress& client) const noexcept
{
    return client.hash(seed_ ^ std::bit_cast<std::uintptr_t>(server));
}

UdpFlow* UdpFlows::find(const void* server, const UdpAddress& client) const noexcept
{
    const std::uint64_t hash = hashOf(server, client);
    for (UdpFlow* each = buckets_[hash & (buckets_.size() - 1)]; each; each = each->chain_) {
        if (each->hash_ == hash && each->server == server && each->client == client)
            return each;
    }
    return nullptr;
}

void UdpFlows::insert(UdpFlow& flow, TimePoint now)
{
    if (size_ >= buckets_.size())
        grow();
    flow.hash_ = hashOf(flow.server, flow.client);
    UdpFlow*& first = bucket(flow.hash_);
    flow.chain_ = first;
    first = &flow;
    append(flow, now);
    ++size_;
}

void UdpFlows::grow()
{
    std::vector<UdpFlow*> old(buckets_.size() * 2);
    old.swap(buckets_);
    for (UdpFlow* each = oldest_; each; each = each->newer_) {
        UdpFlow*& first = bucket(each->hash_);
        each->chain_ = first;
        first = each;
    }
}

void UdpFlows::append(UdpFlow& flow, TimePoint now) noexcept
{
    flow.lastActive = now;
    flow.older_ = newest_;
    flow.newer_ = nullptr;
    (newest_ ? newest_->newer_ : oldest_) = &flow;
    newest_ = &flow;
}

void UdpFlows::unlink(UdpFlow& flow) noexcept
{
    (flow.older_ ? flow.older_->newer_ : oldest_) = flow.newer_;
    (flow.newer_ ? flow.newer_->older_ : newest_) = flow.older_;
}

void UdpFlows::touch(UdpFlow& flow, TimePoint now) noexcept
{
    flow.lastActive = now;
    if (newest_ == &flow)
        return;
    unlink(flow);
    append(flow, now);
}

void UdpFlows::remove(UdpFlow& flow) noexcept
{
    for (UdpFlow** each = &bucket(flow.hash_); *each; each = &(*each)->chain_) {
        if (*each != &flow)
            continue;
        *each = flow.chain_;
        break;
    }
    unlink(flow);
    --size_;
}

UdpFlow* UdpFlows::expired(TimePoint now) const noexcept
{
    return oldest_ && now - oldest_->lastActive >= times_.idle ? oldest_ : nullptr;
}

TimePoint UdpFlows::nextExpiry() const noexcept
{
    return oldest_ ? oldest_->lastActive + times_.idle : never;
}

UdpFlow* UdpFlows::evictable(TimePoint now) const noexcept
{
    return oldest_ && now - oldest_->lastActive > times_.evictable ? oldest_ : nullptr;
}

} // namespace gatehouse::engine
