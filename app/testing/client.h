#pragma once

#include "app/testing/test_file.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace gatehouse::testing {

/// Where and how a client connects, whatever it then asks for.
struct Connection {
    std::string address; ///< IP literal or host name
    std::uint16_t port = 0;
    std::string source; ///< the client's own address, which tells its requests apart; "": the kernel chooses
    std::chrono::milliseconds timeout{5'000};
    bool verify = false;  ///< the server's certificate
    std::string caFile{}; ///< PEM, for `verify`; "": the system's
    /// After the first bytes that a server says over TCP or TLS, silence of this length ends the listening; nullopt:
    /// only `timeout` does.
    std::optional<std::chrono::milliseconds> quiet = std::nullopt;
    /// Ends the waiting: of an answer at once, of a connection that is being made within a second. What came by then is
    /// in the answer.
    std::stop_token stop{};
};

/// Since the beginning; nullopt: it did not come so far.
struct ClientTimes {
    std::optional<std::chrono::microseconds> connected; ///< TLS included
    std::optional<std::chrono::microseconds> firstByte; ///< of the answer
    std::chrono::microseconds total{0};
};

/// How far a client got.
enum class Reached : std::uint8_t {
    Answer,     ///< there is an answer, or the connection was used
    NoSocket,   ///< nobody took the connection
    NoTls,      ///< the handshake was refused or broken off
    NoAnswer,   ///< nothing came in time
    Broken,     ///< the answer broke off, or is none
    Impossible, ///< the request cannot be sent at all
};

struct HttpAnswer {
    Reached reached = Reached::Broken;
    std::string error; ///< for people, unless there is an answer
    std::uint16_t status = 0;
    Headers headers, trailers;
    std::string body;
    std::uint64_t bodyBytes = 0; ///< that came, some of which HttpCall::keptBytes may have left out
    ClientTimes times{};
};

struct HttpCall {
    std::string method, url; ///< Host and SNI are the URL's
    Headers headers;         ///< sent as they are, and nothing else but Host and what frames a message
    std::optional<std::string> body;
    bool http2 = false;
    /// What is kept of the answer's body; nullopt: one that is longer than a test of routing needs (16 MiB) is an
    /// error.
    std::optional<std::size_t> keptBytes = std::nullopt;
};

/// Sends requests over real sockets, HTTP/1.1 by libcurl, HTTP/2 by nghttp2. Requests of one object share a connection
/// where the server keeps it. Thread: one at a time.
class HttpClient {
public:
    explicit HttpClient(Connection connection);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    HttpAnswer send(const HttpCall& call);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct StreamAnswer {
    Reached reached = Reached::NoAnswer;
    std::string error;
    std::string received;
    bool closed = false; ///< the server ended the connection
    ClientTimes times{};
};

/// Tells whether what was received so far is all that is wanted.
using Enough = std::function<bool(std::string_view received)>;

/// Connects, with a TLS handshake for `serverName` ("": without SNI; nullopt: no TLS), says `send`, and listens until
/// it is enough, the server closes, or time is up. Thread: any.
StreamAnswer talkOverTcp(const Connection& connection, const std::optional<std::string>& serverName,
                         const std::string& send, const Enough& enough);

/// The name that goes into a handshake for HOST:PORT or HOST: none, "", where an address stands in its place.
std::string serverNameOf(const std::string& authority);

/// Sends one datagram and waits for one. Thread: any.
StreamAnswer talkOverUdp(const Connection& connection, const std::string& send);

} // namespace gatehouse::testing
