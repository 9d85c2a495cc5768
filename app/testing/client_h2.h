#pragma once

#include "app/testing/client_curl.h"

struct nghttp2_session;

namespace gatehouse::testing {

/// HTTP/2 over one connection, a request after the other (nghttp2 over a connection of libcurl's). libcurl's own takes
/// an answer for lost that comes before the request's body is sent, which is how gateways refuse gRPC calls. Thread:
/// one at a time.
class Http2Client {
public:
    explicit Http2Client(Connection connection) : connection_(std::move(connection)) {}
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

    Connection connection_;
    CurlList connectTo_;
    CurlHandle curl_;
    curl_socket_t socket_ = CURL_SOCKET_BAD;
    nghttp2_session* session_ = nullptr;
    std::chrono::steady_clock::time_point end_;
};

} // namespace gatehouse::testing
