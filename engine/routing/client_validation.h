#pragma once

#include "engine/routing/snapshot.h"

namespace gatehouse::routing {

/// How clients of an HTTPS listener are to be authenticated (semantics 12.2): the entry of its port in the Gateway's
/// spec.tls.frontend, else the default; nothing when neither asks for it.
std::optional<ClientValidation> clientValidation(const model::Graph& graph, const model::ListenerNode& listener);

} // namespace gatehouse::routing
