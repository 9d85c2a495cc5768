#include "engine/routing/host_index.h"

#include <algorithm>

namespace gatehouse::routing {

std::uint32_t HostIndex::insert(const std::optional<model::Hostname>& hostname, std::uint32_t fresh)
{
    if (!hostname)
        return all_ = all_ == none ? fresh : all_;
    const std::string_view key = hostname->suffix();
    if (!slots_.empty())
        if (const std::uint32_t known = find(key); known != none)
            return known;
    if (slots_.size() < 2 * (used_ + 1)) {
        std::vector<Slot> old(slots_.empty() ? 8 : slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old)
            if (slot.number != none)
                place(slot);
    }
    place({static_cast<std::uint32_t>(hashText(key)), static_cast<std::uint32_t>(text_.size()),
           static_cast<std::uint32_t>(key.size()), fresh});
    ++used_;
    text_ += key;
    if (hostname->isWildcard())
        wildcardLabels_ = std::max(wildcardLabels_, static_cast<std::size_t>(std::count(key.begin(), key.end(), '.')));
    return fresh;
}

void HostIndex::place(const Slot& slot)
{
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = slot.tag & mask;
    while (slots_[i].number != none)
        i = (i + 1) & mask;
    slots_[i] = slot;
}

std::size_t HostIndex::firstSuffix(std::string_view host, std::size_t wildcardLabels) noexcept
{
    // A wildcard needs at least one character in front of its suffix, so the first character is never looked at.
    std::size_t first = host.size();
    std::size_t labels = 0;
    for (std::size_t i = host.size(); i-- > 1 && labels < wildcardLabels;)
        if (host[i] == '.') {
            first = i;
            ++labels;
        }
    return first;
}

} // namespace gatehouse::routing
