#pragma once

#include "engine/routing/text_hash.h"
#include "model/base/hostname.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::routing {

/// A lower-case copy of a request's host on the stack: hosts compare without case, and matching must not allocate.
/// A host longer than any hostname can be (253, RFC 1035) is held as empty, which only catch-all entries cover.
class LowerHost {
public:
    explicit LowerHost(std::string_view host) noexcept
    {
        if (host.size() > sizeof text_)
            return;
        for (const char c : host)
            text_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    [[nodiscard]] std::string_view view() const noexcept { return {text_, size_}; }

private:
    char text_[256];
    std::size_t size_ = 0;
};

/// Hostnames (exact, wildcard, or none for all hosts) to numbers, asked from the most specific to the least: the order
/// of the Gateway API for listeners and for the first two precedence steps of routes. Cost of a question: one look-up
/// for the exact name, one a label for wildcards, however many hostnames there are. Thread: filled once, then
/// immutable.
class HostIndex {
public:
    /// The number of `hostname` (nullopt: all hosts): the one it already has, else `fresh`.
    std::uint32_t insert(const std::optional<model::Hostname>& hostname, std::uint32_t fresh);

    /// Calls visit(number) for every entry that covers `host` (lower case, no port), most specific first, until it
    /// returns true; true when one did.
    template <class Visit>
    bool visit(std::string_view host, Visit&& visit) const noexcept
    {
        if (!slots_.empty() && !host.empty()) {
            // An entry's key begins with a dot when it is a wildcard; such a host is no name.
            if (host[0] != '.')
                if (const std::uint32_t number = find(host); number != HashSlots::none && visit(number))
                    return true;
            if (wildcardLabels_ != 0)
                for (std::size_t dot = firstSuffix(host, wildcardLabels_); dot < host.size();
                     dot = host.find('.', dot + 1))
                    if (const std::uint32_t number = find(host.substr(dot)); number != HashSlots::none && visit(number))
                        return true;
        }
        return all_ != HashSlots::none && visit(all_);
    }

    /// The number of a hostname's suffix() among those that are not all hosts; HashSlots::none without one. `hash` is
    /// hashText(key).
    [[nodiscard]] std::uint32_t find(std::string_view key, std::uint64_t hash) const noexcept
    {
        if (slots_.empty())
            return none;
        const auto tag = static_cast<std::uint32_t>(hash);
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t i = tag & mask;; i = (i + 1) & mask) {
            const Slot& slot = slots_[i];
            if (slot.number == none ||
                (slot.tag == tag && std::string_view(text_.data() + slot.offset, slot.length) == key))
                return slot.number;
        }
    }
    /// The number of all hosts; HashSlots::none without one.
    [[nodiscard]] std::uint32_t allHosts() const noexcept { return all_; }
    /// Labels of the longest wildcard.
    [[nodiscard]] std::size_t wildcardLabels() const noexcept { return wildcardLabels_; }
    /// Where the longest suffix of a host begins that a wildcard of so many labels could have; past the end when there
    /// is none.
    [[nodiscard]] static std::size_t firstSuffix(std::string_view host, std::size_t labels) noexcept;

private:
    /// A slot of an open-addressed table, at most half full; the key is in text_.
    struct Slot {
        std::uint32_t tag = 0, offset = 0, length = 0;
        std::uint32_t number = none;
    };
    static constexpr std::uint32_t none = HashSlots::none;

    [[nodiscard]] std::uint32_t find(std::string_view key) const noexcept { return find(key, hashText(key)); }
    void place(const Slot& slot);

    std::string text_;
    std::vector<Slot> slots_;
    std::size_t used_ = 0;
    std::uint32_t all_ = none;
    std::size_t wildcardLabels_ = 0; ///< of the longest wildcard
};

} // namespace gatehouse::routing
