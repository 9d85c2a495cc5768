#pragma once

#include "model/graph/graph.h"

#include <string>
#include <vector>

namespace gatehouse::routing {

/// More names than this a development certificate does not carry; clients read all of them in every handshake.
inline constexpr std::size_t mostDevelopmentNames = 200;

/// Whom a development certificate of a listener is for: its hostname, or localhost and its addresses if it has none,
/// then those hostnames of its routes that this does not cover (a wildcard of a certificate stands for one label,
/// RFC 6125 section 6.4.3, while a listener's stands for any number). Sorted but for the first, which names the
/// certificate. At most mostDevelopmentNames. Pure. Thread: any.
std::vector<std::string> developmentNames(const model::Graph& graph, model::ListenerIndex listener,
                                          const std::vector<std::string>& addresses);

} // namespace gatehouse::routing
