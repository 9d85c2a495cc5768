#pragma once

#include "app/cli/output/style.h"
#include "app/cli/output/table.h"
#include "app/control/session.h"

#include <algorithm>
#include <functional>
#include <ostream>
#include <string>

namespace gatehouse::cli {

/// "80", or "80 -> 8080" where the listener had to move.
std::string portText(const control::State& state, std::size_t listener);

/// Why a listener does not serve, in words; "" when it does.
std::string listenerTrouble(const control::State& state, std::size_t listener);

/// "namespace/gateway" or "namespace/gateway (ListenerSet namespace/name)" of the owner of a listener.
std::string listenerOwner(const model::Graph& graph, const model::ListenerNode& listener);

/// Why a route's parent took none of it: the reason, then what the listeners said.
std::string refusalText(const model::ParentNode& parent);

/// Which objects to show, by namespace.
using NamespaceFilter = std::function<bool(const std::string&)>;

/// The table of `run`: Gateways and listeners with address, port, URL and number of routes.
Table listenerTable(const control::State& state, const NamespaceFilter& wanted);

/// Routes with what they attached to; refused ones in red with the reason. At most `limit` rows are made; `left` says
/// how many more there are.
Table routeTable(const control::State& state, const NamespaceFilter& wanted, std::size_t limit, std::size_t& left);

} // namespace gatehouse::cli
