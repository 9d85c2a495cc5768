#pragma once

#include "engine/routing/reach/entrance.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::routing {

/// Names that no match and no hostname of some snapshots contains: what a request has where no match cares.
struct FreshNames {
    std::string label = "any";      ///< of a hostname or a path
    std::string domain = "example"; ///< the last label of a hostname that no wildcard covers
    std::string method = "GET";     ///< one that no match asks for
};
FreshNames freshNames(const std::vector<const Snapshot*>& snapshots);

/// The requests that meet a few matches at once and as little else as possible.
///
/// Every other match can only ask for more: a header that is absent, a path below the deepest prefix that no match
/// names, a host that no longer hostname covers fail all that ask for them. So if another match takes the last of
/// these requests, it takes every request that meets the given ones, and trying these few decides for all. That holds
/// without regular expressions; a text that meets one is only a sample (`exact` is false then).
struct LeastRequests {
    std::vector<ExplainRequest> requests; ///< plainest first, the one that meets least last; none: nothing meets all
    bool exact = true;                    ///< false: other requests that meet the matches may fare otherwise
};

struct LeastQuestion {
    std::vector<MatchPlace> matches;            ///< to be met, at least one
    std::optional<model::Hostname> within = {}; ///< the host has to be covered by this as well
    std::string scheme = "http";
    std::string gateway = {};
};

/// Errors: none. Thread: any. Cost: that of the matches, not of their tables.
LeastRequests leastRequests(const LeastQuestion& question, const FreshNames& fresh);

/// A name or value of a query parameter as a URL writes it: what plays a part there is %HH.
std::string queryEncoded(std::string_view text);

/// What two hostnames have in common: the narrower one; false when nothing. nullopt among them stands for every host.
bool intersect(const std::optional<model::Hostname>& a, const std::optional<model::Hostname>& b,
               std::optional<model::Hostname>& common);

} // namespace gatehouse::routing
