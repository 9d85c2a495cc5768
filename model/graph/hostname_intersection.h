#pragma once

#include "model/base/hostname.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace gatehouse::model {

/// What is left of a route's hostname on a listener with another one; nullopt when they have no host in common. Of two
/// that overlap the more specific one is left: Gateway API, HTTPRouteSpec.hostnames.
std::optional<Hostname> intersect(const Hostname& listener, const Hostname& route);

/// The hostnames of a route that count on a listener: nullopt when none does (NoMatchingListenerHostname), empty when
/// every host is taken (neither side names one). A route without hostnames takes over the listener's.
std::optional<std::vector<Hostname>> effectiveHostnames(const std::optional<Hostname>& listener,
                                                        const std::vector<Hostname>& route);

/// A set of hostnames that answers "does anything in it overlap this one?" in time that grows with the labels of the
/// name and not with the size of the set. Thread: a value.
class HostnameIndex {
public:
    /// `hostname` empty: all hosts.
    void insert(const std::optional<Hostname>& hostname);

    /// True when a host exists that both `hostname` and a member take.
    [[nodiscard]] bool overlaps(const std::optional<Hostname>& hostname) const;
    /// The same, but a member that is equal to `hostname` does not count.
    [[nodiscard]] bool overlapsAnother(const std::optional<Hostname>& hostname) const;

private:
    [[nodiscard]] bool contains(const Hostname& hostname) const;

    bool all_ = false;
    std::unordered_set<std::string> exact_;
    std::unordered_set<std::string> wildcards_; ///< by suffix, ".example.com"
    std::unordered_set<std::string> above_;     ///< every suffix that stands above a member: ".com" for "example.com"
};

} // namespace gatehouse::model
