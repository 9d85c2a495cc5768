#pragma once

#include "model/observe/access_event.h"

#include <string>

namespace gatehouse::control {

/// Appends one access-log line, newline included, in the order of Envoy's default format: time, request line, status,
/// flags, bytes received and sent, milliseconds, authority, listener, route and rule, backend, upstream address, trace
/// id. What a client wrote is escaped, so that no request can forge a line. "-" stands for what is unknown.
void appendText(std::string& out, const model::AccessEvent& event);

/// The same as one JSON object a line, with fixed keys; absent values are null. Invalid UTF-8 is replaced.
void appendJson(std::string& out, const model::AccessEvent& event);

} // namespace gatehouse::control
