#pragma once

#include "engine/routing/match.h"

#include <cstdint>
#include <optional>
#include <random>
#include <string_view>

/// W3C Trace Context, level 1: the fields traceparent and tracestate.
namespace gatehouse::engine::trace {

/// A traceparent that is valid. Lifetime: of the text.
struct Parent {
    std::string_view traceId, parentId; ///< 32 and 16 lower-case hex digits, not all zero
    bool sampled = false;
};

/// Errors: nullopt for what section 3.2.2 calls invalid; versions to come are read as far as today's goes. No
/// allocation. Thread: any.
std::optional<Parent> parse(std::string_view traceparent) noexcept;

/// The one traceparent of a head; several are as good as none (section 3.2.1).
std::optional<Parent> parentOf(const routing::HeaderFields& headers) noexcept;

/// Random trace and span ids, for one thread. Not for secrets.
class Ids {
public:
    Ids();
    /// 64 bits that are not all zero.
    std::uint64_t next() noexcept;

private:
    std::mt19937_64 random_;
};

/// Makes this hop a span of the request's trace: a new parent-id in the trace that it came with, else a new trace,
/// which is sampled, and no tracestate, since that belongs to a trace that nobody can read (section 3.4).
void enter(routing::HeaderFields& headers, routing::TextArena& arena, Ids& ids);

} // namespace gatehouse::engine::trace
