#pragma once

#include "importers/ingress/policy.h"

namespace gatehouse::importers::ingress {

/// A path as HTTPRoute says it, with what becomes of it.
struct PathMatch {
    std::string type, value;                         ///< Exact, PathPrefix or RegularExpression
    std::string replaceFullPath, replacePrefixMatch; ///< at most one is not ""

    bool operator==(const PathMatch&) const = default;
};

/// What `path` of `ingress` means. `regexHost`: ingress-nginx reads every path of the host as a regular expression.
/// nullopt: no HTTPRoute can match it. Errors: whatever differs is reported.
std::optional<PathMatch> matchOf(const Ingress& ingress, const Path& path, const Policy& policy, bool regexHost,
                                 Reports& reports);

} // namespace gatehouse::importers::ingress
