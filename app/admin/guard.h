#pragma once

#include <string>
#include <string_view>

namespace gatehouse::admin {

/// Why a request must not be answered; "" when it may. `host` is the Host header: a web page that rebinds its own name
/// to loopback sends that name, so only IP literals and localhost pass. `origin` must be absent or this very endpoint,
/// since browsers put it on every request that a foreign page makes.
std::string refusal(const std::string& host, std::string_view origin);

} // namespace gatehouse::admin
