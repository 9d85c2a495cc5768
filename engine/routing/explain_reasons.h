#pragma once

#include "engine/routing/match_with.h"

#include <string>

namespace gatehouse::routing {

/// Words for explanations; every one has the wanted and the given value. Nothing here decides: the matcher did.

/// Everything that precedence looks at, for one candidate; compares like the compiled tables, step by step.
class CandidateRank {
public:
    CandidateRank(const Snapshot& snapshot, const HostTable& tables, std::uint32_t candidate);

    /// True when this one is asked first.
    [[nodiscard]] bool precedes(const CandidateRank& other) const;
    /// Why it stands behind `winner` although both match.
    [[nodiscard]] std::string lostTo(const CandidateRank& winner) const;

private:
    enum class Step : std::uint8_t {
        Hostname,
        PathKind,
        PathLength,
        GrpcForm,
        GrpcService,
        GrpcMethod,
        Method,
        Headers,
        QueryParams,
        Age,
        Rule,
        Match,
        Same
    };
    /// The first step in which the two differ, and whether this one is ahead there.
    [[nodiscard]] std::pair<Step, bool> compare(const CandidateRank& other) const;
    [[nodiscard]] std::pair<std::size_t, std::size_t> hostnameLengths() const;

    const std::optional<model::Hostname>* hostname_;
    const PathPattern* pattern_;
    std::string_view method_; ///< that an HTTPRoute's match asks for
    const model::Route* route_;
    const RuleOrigin* origin_;
    std::size_t headers_ = 0, queryParams_ = 0;
    std::uint32_t match_;
};

/// Why a candidate that the matcher asked does not match.
std::string mismatchReason(Mismatch mismatch, const HostTable& tables, const Candidate& candidate,
                           const RequestHead& head);
/// Why the matcher never asked a candidate: its hostname or its path does not cover the request.
std::string unaskedReason(const HostTable& tables, std::uint32_t candidate, const RequestHead& head);

/// What filters do to a request or its response, one line each.
std::vector<std::string> filterWords(const std::vector<CompiledFilter>& filters, const RouteDecision& decision,
                                     const RequestHead& head);

/// What a header modifier does, one line a header; `side` is "request" or "response".
void addModifierWords(const std::string& side, const CompiledHeaderModifier& modifier, std::vector<std::string>& words);

/// How a client stays at an endpoint.
std::string sessionWords(const CompiledSession& session);

/// When a request is sent again.
std::string retryWords(const CompiledRetry& retry);

} // namespace gatehouse::routing
