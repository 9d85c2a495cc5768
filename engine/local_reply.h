#pragma once

#include "engine/tls/identity.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::engine {

/// Fields of a message, names in lower case.
using LocalHeaders = std::vector<std::pair<std::string, std::string>>;

/// A request to one of our own endpoints (admin, Kubernetes API), body complete.
struct LocalRequest {
    std::string method;
    std::string target; ///< path and query as received
    std::string host;   ///< Host, port included
    std::string body;
    std::string peer; ///< address of the client, without port
    LocalHeaders headers;

    /// The first field of that name (lower case); "" when there is none. Lifetime: of the request.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

struct LocalResponse {
    std::uint16_t status = 200;
    std::string contentType = "text/plain; charset=utf-8";
    std::string body;
    LocalHeaders headers = {}; ///< more fields, such as "warning"; no framing fields
};

/// How a request is answered: at once or later, whole or in pieces. Dropped without an answer it sends 500; dropped
/// before end() it breaks the stream off, so that the client cannot take it for complete. Calls after the client left
/// or the engine went do nothing. Thread: any.
class LocalReply {
public:
    virtual ~LocalReply() = default;

    /// The whole answer. Only the first of send() and begin() counts.
    virtual void send(LocalResponse response) = 0;
    /// Starts a stream of unknown length; the body of `head`, if any, is its first piece.
    virtual void begin(LocalResponse head) = 0;
    /// The next piece, sent soon. False: nobody reads it any more, since the client left, the endpoint is stopping, or
    /// more than LocalEndpointOptions::unreadLimit lies unread, which breaks the stream off.
    virtual bool write(std::string piece) = 0;
    /// Bytes of a stream that were written and that the client has not taken, 0 when nobody reads them any more.
    [[nodiscard]] virtual std::size_t unread() const = 0;
    /// The stream is complete.
    virtual void end() = 0;
    /// Calls `closed` once if the exchange ends before its answer is complete: the client left or is too slow, the
    /// endpoint stops. At once if it did already. Called on the caller's thread, a worker, or the thread that destroys
    /// the engine; must not block. Never called after a complete answer.
    virtual void onClosed(std::function<void()> closed) = 0;
};

/// Called on a worker thread; must not block. Lifetime: until the engine is destroyed.
using LocalHandler = std::function<void(LocalRequest, std::shared_ptr<LocalReply>)>;

struct LocalEndpointOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                        ///< 0 picks one
    std::size_t bodyLimit = 16 * 1024 * 1024;      ///< a longer request body is answered 413
    std::size_t unreadLimit = 8 * 1024 * 1024;     ///< of a stream; see LocalReply::write
    std::optional<TlsIdentity> tls = std::nullopt; ///< set: clients have to speak TLS
};

} // namespace gatehouse::engine
