#pragma once

#include "engine/http/exchange.h"
#include "model/observe/access_event.h"

namespace gatehouse::engine {

class StreamSession;
struct UdpSession;

/// Fills `event` in place with what happened; its strings keep their storage.
void recordEvent(model::AccessEvent& event, const StreamSession& session);
void recordEvent(model::AccessEvent& event, const Exchange& exchange);
void recordEvent(model::AccessEvent& event, const UdpSession& session);

} // namespace gatehouse::engine
