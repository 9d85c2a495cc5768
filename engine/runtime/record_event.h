#pragma once

#include "engine/http/exchange.h"
#include "model/observe/access_event.h"

namespace gatehouse::engine {

class StreamSession;
struct UdpSession;

/// A connection that was closed as soon as it was accepted, because there were too many.
struct RefusedConnection {
    const Serving& serving;
    const routing::ListenerTable* listener; ///< null: nobody asked which of the port's
    std::string_view clientAddress;
};

/// Fills `event` in place with what happened; its strings keep their storage.
void recordEvent(model::AccessEvent& event, const StreamSession& session);
void recordEvent(model::AccessEvent& event, const Exchange& exchange);
void recordEvent(model::AccessEvent& event, const UdpSession& session);
void recordEvent(model::AccessEvent& event, const RefusedConnection& refused);

} // namespace gatehouse::engine
