#pragma once

#include "app/testing/text_match.h"
#include "model/base/diagnostic.h"

#include <chrono>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gatehouse::testing {

/// The header of a test file: `gatehouse test` reads such documents, manifests' readers leave them out.
inline constexpr std::string_view testApiVersion = "gatehouse.dev/v1";
inline constexpr std::string_view testKind = "GatewayTest";

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request over HTTP; `http2`: without it HTTP/1.1 is spoken.
struct HttpRequest {
    std::string method = "GET";
    std::string url;
    Headers headers;
    std::optional<std::string> body;
    bool http2 = false;
};

struct GrpcRequest {
    std::string host; ///< HOST, HOST:PORT or a URL of them
    std::string call; ///< SERVICE/METHOD
    Headers metadata;
};

enum class StreamKind : std::uint8_t { Tls, Tcp, Udp };

/// A connection or UDP session: what is connected to, and what is said there.
struct StreamRequest {
    StreamKind kind = StreamKind::Tcp;
    std::string to;                  ///< "SNI:port" or "[ADDRESS]:port"
    std::optional<std::string> send; ///< nullopt: what makes the built-in echo say who it is
};

using Request = std::variant<HttpRequest, GrpcRequest, StreamRequest>;

/// An expectation and where it was written.
template <class T>
struct Written {
    T value;
    model::Position at;
};

/// What a header has to be. Neither absent nor a match: only there.
struct HeaderExpectation {
    std::string name; ///< in lower case
    bool absent = false;
    TextMatch match;                                ///< of all values, joined by ","
    std::optional<std::vector<std::string>> values; ///< exactly these, in this order
    model::Position at;
};

/// The request as the backend saw it.
struct RequestExpectation {
    std::optional<Written<TextMatch>> method, path, host;
    std::vector<HeaderExpectation> headers;
};

struct ResponseExpectation {
    std::vector<HeaderExpectation> headers;
    std::optional<Written<TextMatch>> body;
};

struct RedirectExpectation {
    std::optional<Written<TextMatch>> url;
    std::optional<Written<std::uint16_t>> status;
};

struct RefusalExpectation {
    bool refused = true;
    TextMatch reason; ///< empty: any
};

/// A rule by its place or by its name.
using RuleExpectation = std::variant<std::uint32_t, std::string>;

struct StatusRange {
    std::uint16_t first = 0, last = 0;
};

struct ShareExpectation {
    std::string backend;         ///< "namespace/service:port"
    std::optional<double> share; ///< 0..1; nullopt: some
};

struct Expectation {
    std::optional<Written<std::vector<StatusRange>>> status;
    std::optional<Written<std::string>> grpcStatus; ///< "UNAVAILABLE"
    std::optional<Written<std::string>> gateway;    ///< "namespace/name"
    std::optional<Written<std::string>> listener;
    std::optional<Written<std::string>> route; ///< "Kind/namespace/name", or without the kind
    std::optional<Written<RuleExpectation>> rule;
    std::optional<Written<std::string>> backend; ///< "namespace/service:port": every request goes there
    std::optional<Written<std::vector<ShareExpectation>>> backends;
    std::optional<Written<RefusalExpectation>> refused;
    std::optional<RedirectExpectation> redirect;
    std::optional<RequestExpectation> backendRequest;
    std::optional<ResponseExpectation> response;
};

struct TestCase {
    std::string name;
    std::vector<std::string> tags;
    std::string gateway;                      ///< "namespace/name"; "" for any
    std::chrono::milliseconds timeout{5'000}; ///< of a live request
    Request request;
    Expectation expect;
    model::SourceLocation location;
};

/// One GatewayTest document.
struct TestFile {
    std::string path;                   ///< as it was given, or found below a given directory
    std::vector<std::string> manifests; ///< as paths that can be opened from here; empty: none named
    std::vector<TestCase> tests;
};

/// The GatewayTest documents of a text; `path` names it in problems, and manifests are relative to its directory. Other
/// documents are left alone. Errors: GH31xx with file:line:column in `problems`; a case with one is left out.
/// Thread: any.
std::vector<TestFile> readTestText(const std::string& path, std::string_view text,
                                   std::vector<model::Diagnostic>& problems);

/// What `gatehouse test` was given.
struct TestFiles {
    std::vector<TestFile> files;
    bool unreadable = false; ///< a path cannot be read, or holds no test
};

/// Reads files, "-" from `standardInput`, and searches directories for test files as manifests are searched for.
/// Errors: in `problems`. Thread: any.
TestFiles readTestFiles(const std::vector<std::string>& paths, std::istream* standardInput,
                        std::vector<model::Diagnostic>& problems);

} // namespace gatehouse::testing
