#pragma once

#include "engine/http/exchange.h"
#include "model/observe/access_event.h"

namespace gatehouse::engine {

class StreamSession;

/// Fills `event` in place with what happened; its strings keep their storage.
void recordEvent(model::AccessEvent& event, const StreamSession& session);
void recordEvent(model::AccessEvent& event, const Exchange& exchange);

} // namespace gatehouse::engine
