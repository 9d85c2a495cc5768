#pragma once

#include "app/testing/channel.h"

struct nghttp2_session;

namespace gatehouse::testing {

/// Adds a piece of a body, or what is kept of it; false: it is longer than a test of routing needs, and nobody said
/// what to keep.
bool keepBody(HttpAnswer& answer, const std::optional<std::size_t>& kept, std::string_view piece);

/// HTTP/2 over one connection, a request after the other (nghttp2). Thread: one at a time.
class Http2Client {
public:
    explicit Http2Client(const Connection& connection) : timeout_(connection.timeout), channel_(connection) {}
    ~Http2Client();
    Http2Client(const Http2Client&) = delete;
    Http2Client& operator=(const Http2Client&) = delete;

    HttpAnswer send(const HttpCall& call);

private:
    struct Exchange;
    struct Callbacks;

    /// False: the answer says why there is no connection.
    bool connect(const std::string& url, HttpAnswer& answer);
    bool submit(const HttpCall& call, Exchange& exchange);
    bool flush();
    void run(Exchange& exchange);

    std::chrono::milliseconds timeout_;
    Channel channel_;
    nghttp2_session* session_ = nullptr;
    Channel::TimePoint begin_, end_;
};

} // namespace gatehouse::testing
