#pragma once

#include "engine/routing/request_head.h"
#include "engine/routing/snapshot.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::engine {

using routing::EchoIdentity;

/// What the echo tells of a connection with TLS.
struct EchoTls {
    std::string_view version, serverName, negotiatedProtocol, cipherSuite;
    std::vector<std::string> peerCertificates; ///< PEM, the client's own first
};

/// The JSON answer of the echo: one-space indent, header names in canonical form with their values as arrays.
/// `tls` null: the connection is plain.
std::string echoJson(const EchoIdentity& identity, const routing::RequestHead& head, std::string_view protocol,
                     const EchoTls* tls = nullptr);

/// The line that the echo writes into its Pod's log for every request that it echoes; the conformance suite counts
/// mirrored requests by it.
std::string echoLogLine(const routing::RequestHead& head, std::string_view client);

/// "x-header-add" as "X-Header-Add".
std::string canonicalName(std::string_view name);

/// Fields asked for by X-Echo-Set-Header values; pairs with an empty or impossible name are left out, repeated names
/// are joined by ",".
std::vector<std::pair<std::string, std::string>> requestedHeaders(const routing::HeaderFields& headers);

/// A duration as Go writes it: "1.5s", "1m30s", "500ms"; nullopt when it is none.
std::optional<std::chrono::nanoseconds> parseGoDuration(std::string_view text);

/// First value of a query parameter, decoded; nullopt if it is not there.
std::optional<std::string> queryParameter(std::string_view query, std::string_view name);

} // namespace gatehouse::engine
