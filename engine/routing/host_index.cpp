#include "engine/routing/host_index.h"

#include <algorithm>

namespace gatehouse::routing {

std::uint32_t HostIndex::insert(const std::optional<model::Hostname>& hostname, std::uint32_t fresh)
{
    if (!hostname)
        return all_ = all_ == HashSlots::none ? fresh : all_;
    const std::string_view key = hostname->suffix();
    if (const std::uint32_t known = find(key); known != HashSlots::none)
        return known;
    slots_.insert(hashText(key), static_cast<std::uint32_t>(entries_.size()));
    entries_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(key.size()), fresh});
    text_ += key;
    if (hostname->isWildcard())
        wildcardLabels_ = std::max(wildcardLabels_, static_cast<std::size_t>(std::count(key.begin(), key.end(), '.')));
    return fresh;
}

std::size_t HostIndex::firstSuffix(std::string_view host) const noexcept
{
    // A wildcard needs at least one character in front of its suffix, so the first character is never looked at.
    std::size_t first = host.size();
    std::size_t labels = 0;
    for (std::size_t i = host.size(); i-- > 1 && labels < wildcardLabels_;)
        if (host[i] == '.') {
            first = i;
            ++labels;
        }
    return first;
}

} // namespace gatehouse::routing
