#pragma once

#include "app/testing/client_curl.h"
#include "app/testing/client_wait.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace gatehouse::testing {

/// A TCP connection, with or without TLS, for what libcurl does not speak: bytes of any kind, and HTTP/2 (whose answers
/// it takes for lost when they come before the request's body is sent). Calls wait, at most until `end` or until the
/// connection is asked to stop. Thread: one at a time.
class Channel {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit Channel(const Connection& connection) : connection_(connection), interrupt_(connection.stop) {}
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    struct Wish {
        std::optional<std::string> serverName = std::nullopt; ///< SNI; "": TLS without; nullopt: no TLS
        std::string alpn = "";                                ///< the one protocol that is offered; "": none
    };
    /// Connects; `error` says why where the result is not Answer.
    Reached open(const Wish& wish, TimePoint end, std::string& error);

    /// False: it cannot be sent, or not in time.
    bool send(std::string_view bytes, TimePoint end);
    enum class Got : std::uint8_t { Bytes, End, Late };
    /// Appends what comes next.
    Got receive(std::string& bytes, TimePoint end);

private:
    Reached shakeHands(const Wish& wish, TimePoint end, std::string& error);
    /// After a call of OpenSSL's: waits for what it waits for; false: it failed, or time is up (then `late`).
    bool wait(int result, TimePoint end, bool& late);

    Connection connection_;
    Interrupt interrupt_;
    CurlList connectTo_;
    CurlHandle curl_;
    curl_socket_t socket_ = CURL_SOCKET_BAD;
    ssl_ctx_st* context_ = nullptr;
    ssl_st* ssl_ = nullptr;
};

} // namespace gatehouse::testing
