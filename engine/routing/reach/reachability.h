#pragma once

#include "engine/routing/snapshot.h"

#include <string>
#include <vector>

namespace gatehouse::routing {

/// A match of a rule (of a TLSRoute, TCPRoute or UDPRoute: the rule) that no request can ever reach, on any listener
/// that its route is attached to.
struct Unreachable {
    enum class Cause : std::uint8_t {
        Equal,    ///< another match asks for just the same
        Shadowed, ///< another match takes all that it could get
        Listener, ///< another listener takes its hosts
    };
    RuleOrigin origin;
    std::uint32_t match = 0;
    bool hasMatch = true; ///< false: its kind of route has no matches, and the rule is meant
    model::SourceLocation location;
    Cause cause = Cause::Shadowed;
    RuleOrigin winner; ///< whose match it is instead; of Listener it says nothing
    std::uint32_t winnerMatch = 0;
    model::SourceLocation winnerLocation;
    std::string reason; ///< the step of precedence that decided, or the listener, in words
};

struct Reachability {
    std::vector<Unreachable> unreachable;   ///< by route, rule and match
    std::vector<RuleOrigin> undecidedRules; ///< have a match whose regular expression left it open; each once
};

/// Finds every match that can never serve (semantics 8). Decides by sending the matcher the least request that meets
/// each match, so that it never disagrees with traffic. Exact but for matches with regular expressions: of those it
/// reports only what is certain. Thread: any. Cost: linear in matches.
Reachability reachability(const Snapshot& snapshot);

/// The same as problems for people: GH2501 (a match), GH2502 (a whole rule), GH2503 (equal matches) and GH2504 (of
/// another listener), Warnings all.
std::vector<model::Diagnostic> reachabilityProblems(const Snapshot& snapshot);

} // namespace gatehouse::routing
