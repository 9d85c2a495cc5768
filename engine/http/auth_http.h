#pragma once

#include "engine/routing/match.h"
#include "engine/routing/snapshot.h"

/// ExternalAuth with protocol HTTP: what of a request its server is asked, and what of its answer the request gets
/// (semantics 9.7). Without a connection.
namespace gatehouse::engine {

/// The question's head, as views of the request's and of `arena`.
void fillAuthQuestion(const routing::CompiledAuth& auth, const routing::RequestHead& head, routing::TextArena& arena,
                      routing::RequestHead& question);

/// Copies what the filter lists, or all that is not of the answer's own message, over what the client said of it.
void copyAuthAnswer(const routing::CompiledAuth& auth, const routing::HeaderFields& answer,
                    routing::HeaderFields& headers, routing::TextArena& arena);

} // namespace gatehouse::engine
