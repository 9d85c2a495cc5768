#pragma once

#include "app/control/session.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::cli {

/// "http://127.0.0.1:8080" of a listener that serves: its Gateway's first address, the port really bound, and no port
/// where the scheme implies it. "" when it does not serve.
std::string listenerUrl(const control::State& state, std::size_t listener);

/// GATEHOUSE_URL_<GATEWAY>_<LISTENER> and the URL, for every listener that serves: upper case, everything else than
/// letters and digits becomes _. Names that two listeners would share get their namespace in front of the Gateway's
/// name.
std::vector<std::pair<std::string, std::string>> urlVariables(const control::State& state);

/// The variables' names of listeners given by namespace, Gateway and listener; parallel to them.
struct ListenerName {
    std::string namespace_, gateway, listener;
};
std::vector<std::string> urlVariableNames(const std::vector<ListenerName>& listeners);

} // namespace gatehouse::cli
