#pragma once

#include "engine/http/h1_codec.h"
#include "engine/net/stream_socket.h"
#include "engine/routing/match.h"
#include "engine/routing/session.h"
#include "engine/runtime/waiter.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::engine {

class Worker;
class ClientConnection;
class ServerSocket;
struct Serving;
struct HeaderChange;
class EndpointPool;

// One request and its answer, in the middle between protocols: a client side brings the request and takes the answer, a
// backend side takes the request and brings the answer, and what lies between knows neither wire format. A further
// protocol is one class more on a side, not one for each pair.
//
// Bodies are pulled: readBody() gives what is there and never waits; sendBody() takes what the other side has room for.
// A side that takes nothing is not read for, so a slow reader slows the writer and no buffer grows.

/// A backend that has more to say before it answers would keep the worker busy, and fill its memory while the client
/// does not read.
constexpr unsigned maxInterimAnswers = 16;

/// How a body is delimited, as far as it is known when the head goes out.
struct BodyFraming {
    BodyKind kind = BodyKind::None;
    std::uint64_t contentLength = 0;
    bool hasContentLength = false; ///< also for the answer to HEAD, whose length is shown without a body
};

enum class BodyState : std::uint8_t {
    Data,    ///< `data` is not empty
    Blocked, ///< nothing now
    End,     ///< complete; trailers, if any, are known
    Failed,  ///< the peer broke the framing or left too early
};

struct BodyPiece {
    BodyState state = BodyState::Blocked;
    std::string_view data; ///< valid until the next readBody()
};

struct ResponseHead {
    std::uint16_t status = 0;
    std::string_view reason;
    BodyFraming framing;
};

/// The side that a request comes from.
class ClientSide {
public:
    [[nodiscard]] virtual routing::RequestHead& head() noexcept = 0;
    [[nodiscard]] virtual const BodyFraming& requestFraming() const noexcept = 0;
    virtual BodyPiece readBody() = 0;
    [[nodiscard]] virtual const routing::HeaderFields* requestTrailers() const noexcept = 0;
    /// The protocol that the client would switch to, and that may be let through (RFC 9110 section 7.8); "" for none.
    [[nodiscard]] virtual std::string_view upgrade() const noexcept { return {}; }
    /// Switches to `protocol`: 101 with these headers, then bytes in both directions. readBody() gives the client's
    /// until it ends its side, sendBody() takes those for it, and finishResponse() ends ours. Only where upgrade()
    /// names one.
    virtual void startTunnel(std::string_view protocol, const routing::HeaderFields& headers)
    {
        static_cast<void>(protocol);
        static_cast<void>(headers);
    }
    /// The client asks for that protocol and nothing else: no answer of another may look like success (RFC 8441).
    [[nodiscard]] virtual bool upgradeOnly() const noexcept { return false; }
    /// Whether the backend's 101 answers what it was asked, as far as the client cannot know itself.
    [[nodiscard]] virtual bool takesSwitch(const routing::HeaderFields& headers) const
    {
        static_cast<void>(headers);
        return true;
    }

    /// A 1xx answer of the backend; silently left out for clients that do not know them.
    virtual void sendInterim(std::uint16_t status, std::string_view reason, const routing::HeaderFields& headers) = 0;
    virtual void startResponse(const ResponseHead& head, const routing::HeaderFields& headers) = 0;
    /// Takes a prefix; see MessageWriter::sendBody.
    virtual std::size_t sendBody(std::string_view data) = 0;
    /// Takes all of a body that is in memory anyway.
    virtual void sendWhole(std::string_view body) = 0;
    virtual void finishResponse(const routing::HeaderFields* trailers) = 0;
    virtual IoState flush() = 0;
    [[nodiscard]] virtual bool pending() const noexcept = 0;
    /// What was taken of the answer waits for the client to read, and only this exchange knows since when.
    [[nodiscard]] virtual bool awaitsReader() const noexcept { return pending(); }
    /// Makes sure that the Waiter is woken when readBody(), flush() or abandonAt() may say something new.
    virtual void watch() = 0;
    /// Lets other connections have their turn: what is readable counts again from the next wake-up on.
    virtual void yield() = 0;
    /// When to give the exchange up because the client left: `never` while it is there, now after a reset. A client
    /// that only ended its sending may still wait for the answer (`nc -N`) or be gone (the kernel says the same of
    /// both), so it gets a moment.
    virtual TimePoint abandonAt() = 0;
    /// Breaks the answer off so that the client cannot take it for complete.
    virtual void abort() = 0;
    [[nodiscard]] virtual std::string_view address() const = 0;

protected:
    ~ClientSide() = default;
};

/// Which of an endpoint's connections may carry a request.
enum class Reuse : std::uint8_t {
    Any,     ///< an idle one that looks alive
    Certain, ///< an idle one that the kernel still calls alive: the request must not be sent twice (RFC 9110 9.2.2)
    Fresh,   ///< a new one
};

/// The side that a request is forwarded to: one object for one request at a time, used again for the next.
///
///   begin() -> open() until Ready -> startRequest() ... -> finish() or drop()
class BackendSide {
public:
    enum class Opening : std::uint8_t {
        Blocked,
        Ready,  ///< a request may be started
        Failed, ///< see openFailure()
    };
    enum class HeadState : std::uint8_t {
        Blocked,
        Done,
        Closed, ///< the backend closed or reset before any byte of an answer
        Failed, ///< what it sent is no HTTP
    };

    /// Chooses or makes a connection to `endpoint`; `waiter` is woken when any of the calls below may say something
    /// new. Lifetime: both outlive the request.
    virtual void begin(EndpointPool& endpoint, Waiter& waiter, Reuse reuse) = 0;
    /// Goes on with connecting and what comes before a request (TLS). Call it until it is not Blocked.
    virtual Opening open() = 0;
    /// Why open() failed, for people.
    [[nodiscard]] virtual const std::string& openFailure() const noexcept = 0;
    /// After HeadState::Closed: the backend did not serve the request, so that it may be sent to it once more.
    [[nodiscard]] virtual bool repeatable(bool idempotent) const noexcept = 0;
    /// The answer is complete: the connection serves others, if it can.
    virtual void finish() = 0;
    /// Gives the request up, wherever it is. Nothing happens when there is none.
    virtual void drop() = 0;

    /// Whether RequestForwarding::upgrade can be asked for.
    [[nodiscard]] virtual bool canUpgrade() const noexcept { return false; }
    virtual void startRequest(const routing::RequestHead& head, const RequestForwarding& how) = 0;
    virtual std::size_t sendBody(std::string_view data) = 0;
    virtual void finishRequest(const routing::HeaderFields* trailers) = 0;
    virtual IoState flush() = 0;
    [[nodiscard]] virtual bool pending() const noexcept = 0;

    virtual HeadState readHead() = 0;
    /// After a 1xx, of which a few pass (maxInterimAnswers): the next readHead() reads the head behind it.
    virtual void nextHead() = 0;
    /// After HeadState::Done. Headers may be changed until they are sent on.
    [[nodiscard]] virtual ResponseHead response() const noexcept = 0;
    [[nodiscard]] virtual routing::HeaderFields& responseHeaders() noexcept = 0;
    virtual BodyPiece readBody() = 0;
    [[nodiscard]] virtual const routing::HeaderFields* responseTrailers() const noexcept = 0;
    /// After a 101 that was asked for: bytes in both directions, each until its side ends, as with the client side's.
    virtual void startTunnel() {}
    /// Makes sure that the Waiter is woken when readHead(), readBody() or flush() may say something new.
    virtual void watch() = 0;
    virtual void yield() = 0; ///< see ClientSide::yield
    /// Nothing that response heads and readBody() returned is in use: buffers may serve others.
    virtual void rest() = 0;

protected:
    ~BackendSide() = default;
};

/// What the access log says of an exchange; views and pointers of the request and its snapshot.
struct ExchangeRecord {
    std::chrono::system_clock::time_point wallStart;
    TimePoint start;
    std::string_view protocol;                       ///< "HTTP/1.1"; static text
    std::string_view method, authority, path, query; ///< as received: filters change the head
    bool hasQuery = false;
    std::uint16_t status = 0;
    std::int16_t grpcStatus = -1; ///< see model::AccessEvent
    std::string_view flags;       ///< static text
    std::uint64_t bytesReceived = 0, bytesSent = 0;
    const routing::ListenerTable* listener = nullptr;
    const routing::CompiledRule* rule = nullptr;
    routing::RuleIndex ruleIndex; ///< its place in the snapshot
    const routing::Cluster* cluster = nullptr;
    const EndpointPool* endpoint = nullptr;
    std::shared_ptr<const model::Value> explanation = {}; ///< see EngineOptions::explain
};

struct Exchange {
    Worker& worker;
    const ClientConnection& connection;
    const ServerSocket& server; ///< where the request came in
    ClientSide& client;
    Waiter& waiter;
    Serving* serving; ///< the snapshot that this request began with; null before the first apply()
    routing::TextArena& arena;
    ExchangeRecord record;
    const routing::CompiledCors* cors = nullptr; ///< what every answer from now on is to say of it; null: nothing
    std::string_view origin = {};                ///< as received, when `cors` is set
    const std::vector<HeaderChange>* answerChanges = nullptr; ///< what an authorization server adds; null: nothing
    routing::SessionToken session = {}; ///< of the session that the request goes on with; 0: there is none
};

enum class Step : std::uint8_t {
    Wait, ///< nothing more to do now: wait, then step() again
    Done, ///< the answer is complete, perhaps not flushed yet, or the client side was aborted
};

/// One exchange being served: plain functions that never wait, driven by the coroutine of the client's connection.
class Handling {
public:
    /// Goes on as far as it can. Call once at first, then after every wake-up of the exchange's Waiter.
    virtual Step step() = 0;
    /// Ends it, finished or not, and gives its storage back. Nothing of it may be used after.
    virtual void release() = 0;

protected:
    ~Handling() = default;
};

/// What answers the requests of a listening socket: the proxy, the built-in echo, a local endpoint.
/// Thread: several workers may share one.
class RequestService {
public:
    virtual ~RequestService() = default;
    /// Starts to serve. Null: it is answered already. Lifetime: until release(), at most as long as the exchange.
    virtual Handling* start(Exchange& exchange) = 0;
};

} // namespace gatehouse::engine
