#pragma once

#include "engine/routing/explain.h"
#include "model/base/result.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse::control {

/// A request as people write it: for the explain command, the admin endpoint and the desktop's probe.
struct RequestText {
    std::string method = "GET";
    std::string url; ///< http, https; tls, tcp and udp for what has no requests, see explain()
    std::vector<std::pair<std::string, std::string>> headers;
    std::string gateway; ///< "namespace/name"; "" for any
};

/// Splits the URL and finds where a client would connect: the URL's port is a listener's local port or its own, its
/// host an address of ours or a name that a listener takes. A Host header wins over the URL's host, as it does on the
/// wire. The error says what is wrong with the URL. Thread: any.
model::Result<routing::ExplainRequest, std::string> explainRequest(const routing::Snapshot& snapshot,
                                                                   const RequestText& text);

/// Explains what an http or https URL asks for, or the connection (session) that tls://NAME:PORT, tcp://[ADDRESS]:PORT
/// or udp://[ADDRESS]:PORT stands for: NAME is the SNI, and an address or nothing is none. The error says what is wrong
/// with the URL. Thread: any.
model::Result<routing::Explanation, std::string> explain(const routing::Snapshot& snapshot, const RequestText& text);
/// A gRPC call as a request: `host` is HOST, HOST:PORT or a URL of them, `call` SERVICE/METHOD with or without a slash
/// before it. Adds the method and the content-type that make it gRPC. The error says what was expected.
model::Result<RequestText, std::string> grpcRequest(const std::string& host, const std::string& call);

/// "Name: value" of -H; the error says what was expected.
model::Result<std::pair<std::string, std::string>, std::string> parseHeader(const std::string& text);

} // namespace gatehouse::control
