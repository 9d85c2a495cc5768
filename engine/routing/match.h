#pragma once

#include "engine/routing/snapshot.h"

#include <initializer_list>

namespace gatehouse::routing {

/// Which rule serves a request. listener null: no listener of the port takes the host; rule null: no rule matches. Both
/// mean 404. Lifetime: of the snapshot.
struct RouteDecision {
    const ListenerTable* listener = nullptr;
    const CompiledRule* rule = nullptr;
    const Candidate* candidate = nullptr;
    const HostTable* table = nullptr; ///< that has the candidate
    RuleIndex ruleIndex;
};

/// Finds the rule for `head` on a port (semantics 7.3, 8.1). Cost does not grow with the number of routes but for those
/// that share host and path. Errors: none. Thread: any; reads only; no allocation.
RouteDecision match(const Snapshot& snapshot, const PortTable& port, const RequestHead& head) noexcept;

/// Text that filters make for one request; views stay valid until clear(). Keeps its storage. Thread: one connection's.
class TextArena {
public:
    std::string_view store(std::initializer_list<std::string_view> parts);
    void clear() noexcept;

private:
    struct Block {
        std::unique_ptr<char[]> data;
        std::size_t size = 0, used = 0;
    };
    std::vector<Block> blocks_;
    std::size_t current_ = 0;
};

/// A complete answer that needs no backend.
struct DirectResponse {
    std::uint16_t status = 0;
    std::string_view location; ///< redirects
    std::string_view body;     ///< text/plain, for people; not sent with a status that has no body
    std::string_view flags;    ///< Envoy's letters for the log: "NR", "UH", ...; "" for a redirect
    HeaderFields headers = {}; ///< further ones
};

/// What to do with a decided request before any backend is chosen: 404 without rule, 500 for a broken rule or one
/// without backends, a redirect, a CORS preflight; nullopt: forward. Views live in `arena` or the snapshot.
std::optional<DirectResponse> directResponse(const RouteDecision& decision, const RequestHead& head, TextArena& arena);

/// The same once chooseBackend() has answered: 500 for no backend or a bad reference, a redirect or preflight that is
/// the business of a filter of that backend alone; nullopt: forward to its cluster. Views live in `arena` or the
/// snapshot.
std::optional<DirectResponse> backendResponse(const RouteDecision& decision, const WeightedBackend* backend,
                                              const RequestHead& head, TextArena& arena);

/// The CORS filter that speaks for a request: the backend's own, else the rule's; null without one.
const CompiledCors* effectiveCors(const CompiledRule& rule, const WeightedBackend* backend) noexcept;

/// Picks a backend of a rule by smooth weighted round robin (semantics 11.2); invalid references get their share. Null
/// when all weights are 0. `state` belongs to the worker and is sized by the caller: one entry a backend of the rule.
const WeightedBackend* chooseBackend(const CompiledRule& rule, std::vector<std::int64_t>& state) noexcept;

/// Whether a mirror copies the next request: exactly its share of them, spread evenly, the first one included, so that
/// whoever tries it out sees a copy. `phase` belongs to the worker and is 0 at first.
bool isSampled(const CompiledMirror& mirror, std::uint64_t& phase) noexcept;

/// Runs request filters (rule's, then the backend's) on the head, in place: headers, authority, path.
void applyRequestFilters(const std::vector<CompiledFilter>& filters, const RouteDecision& decision, RequestHead& head,
                         TextArena& arena);
/// Runs response header filters.
void applyResponseFilters(const std::vector<CompiledFilter>& filters, HeaderFields& headers, TextArena& arena);

} // namespace gatehouse::routing
