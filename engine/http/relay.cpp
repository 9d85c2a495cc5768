#include "engine/http/relay.h"

#include "engine/http/answers.h"
#include "engine/http/ext_authz.h"
#include "engine/http/forwarding.h"
#include "engine/http/retry_delay.h"
#include "engine/http/sticky_sessions.h"
#include "engine/routing/filters/filters.h"
#include "engine/routing/grpc.h"
#include "engine/routing/match.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace gatehouse::engine {

namespace {
/// After this many bytes in one go other connections get their turn.
constexpr std::size_t turn = 1024 * 1024;
constexpr std::string_view lateCall = "the call's deadline has passed (grpc-timeout)";
/// An answer that nobody gets is read up to here; a longer one costs less to cut.
constexpr std::size_t discardLimit = 64 * 1024;
} // namespace

Relay::Relay(Worker& worker, const EngineLimits& limits) : worker_(worker), sides_(limits, worker.buffers())
{
}

void Relay::begin(Exchange& exchange, const RelayTarget& target, RequestReplay* body)
{
    exchange_ = &exchange;
    target_ = target;
    requestPiece_ = responsePiece_ = {};
    requestDone_ = requestStopped_ = answering_ = tunnel_ = answerDone_ = repeated_ = false;
    requestDeadline_ = attemptDeadline_ = connectDeadline_ = stallDeadline_ = retryAt_ = never;
    retries_ = 0;
    const auto& rule = *target.rule;
    if (body) {
        replay_ = std::move(*body);
        replay_.restart();
    } else {
        replay_.start(rule.retry ? worker_.limits().retryBodyBytes : 0);
    }
    if (rule.requestTimeout && rule.requestTimeout->count() > 0)
        requestDeadline_ = exchange.record.start + *rule.requestTimeout;
    const routing::RequestHead& head = exchange.client.head();
    grpc_ = head.method == "POST" && !routing::grpcContentType(head).empty();
    callDeadline_ = false;
    if (const auto timeout = grpc_ ? routing::grpcTimeout(head) : std::nullopt) {
        const TimePoint deadline = exchange.record.start + *timeout;
        callDeadline_ = deadline < requestDeadline_;
        requestDeadline_ = std::min(requestDeadline_, deadline);
    }
    open();
}

void Relay::release()
{
    backend_->drop();
    mirrors_.abandon();
    exchange_ = nullptr;
    worker_.returnRelay(*this);
}

bool Relay::idempotent() const noexcept
{
    static constexpr std::array<std::string_view, 6> methods{"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"};
    return std::find(methods.begin(), methods.end(), exchange_->client.head().method) != methods.end();
}

void Relay::open()
{
    // A request that must not be repeated goes out only on a connection that is alive for certain.
    openWith(idempotent() ? Reuse::Any : Reuse::Certain);
}

void Relay::openWith(Reuse reuse)
{
    phase_ = Phase::Opening;
    backend_ = &sides_.of(*target_.endpoint);
    backend_->begin(*target_.endpoint, exchange_->waiter, reuse);
    checkOpening();
    if (phase_ == Phase::Opening)
        connectDeadline_ = Clock::now() + worker_.limits().connectTimeout;
}

void Relay::checkOpening()
{
    switch (backend_->open()) {
    case BackendSide::Opening::Blocked:
        break;
    case BackendSide::Opening::Ready:
        startRequest();
        break;
    case BackendSide::Opening::Failed:
        failTry(503, "UF", backend_->openFailure());
        break;
    }
}

void Relay::startRequest()
{
    phase_ = Phase::Exchanging;
    connectDeadline_ = never;
    const auto& rule = *target_.rule;
    if (rule.backendRequestTimeout && rule.backendRequestTimeout->count() > 0)
        attemptDeadline_ = Clock::now() + *rule.backendRequestTimeout;
    const BodyFraming& framing = exchange_->client.requestFraming();
    RequestForwarding how;
    how.body = framing.kind;
    how.contentLength = framing.contentLength;
    how.clientAddress = exchange_->client.address();
    how.forwardedProto = exchange_->client.head().scheme;
    upgrade_ = backend_->canUpgrade() ? exchange_->client.upgrade() : std::string_view();
    if (upgrade_.empty() && exchange_->client.upgradeOnly())
        return fail(502, "UPE", "the backend speaks HTTP/2, over which it is asked for no other protocol");
    how.upgrade = upgrade_;
    backend_->startRequest(exchange_->client.head(), how);
}

Step Relay::step()
{
    if (exchange_->waiter.takeExpired())
        expired();
    if (phase_ == Phase::BackingOff && retryAt_ <= Clock::now())
        retry();
    if (phase_ == Phase::Opening)
        checkOpening();
    if (phase_ == Phase::Exchanging)
        exchangeBytes();
    if (phase_ == Phase::Finished)
        return Step::Done;
    const TimePoint abandonAt = exchange_->client.abandonAt();
    if (abandonAt != never && abandonAt <= Clock::now()) {
        clientLeft();
        return Step::Done;
    }
    rest(abandonAt);
    return Step::Wait;
}

void Relay::rest(TimePoint abandonAt)
{
    TimePoint at = std::min({requestDeadline_, attemptDeadline_, abandonAt});
    exchange_->client.watch();
    if (phase_ == Phase::BackingOff) {
        worker_.setDeadline(exchange_->waiter, std::min(at, retryAt_));
        return;
    }
    backend_->watch();
    if (phase_ == Phase::Opening) {
        at = std::min(at, connectDeadline_);
    } else {
        if (responsePiece_.empty())
            backend_->rest();
        watchSilence();
        at = std::min(at, stallDeadline_);
    }
    worker_.setDeadline(exchange_->waiter, at);
}

Relay::Silence Relay::silence() const noexcept
{
    // A message of gRPC that was said has to be taken; when to say the next is nobody's business.
    if (grpc_)
        return requestPiece_.empty() && responsePiece_.empty() ? Silence::Allowed : Silence::Stalled;
    if (tunnel_)
        return answerDone_ || requestDone_ ? Silence::Stalled : Silence::Tunnel;
    if (!answering_)
        return requestDone_ || requestStopped_ ? Silence::Allowed : Silence::Stalled;
    // A client whose body nobody takes any more may leave without anybody noticing.
    const bool clientBehind = !requestDone_ || !responsePiece_.empty() || exchange_->client.awaitsReader();
    return clientBehind ? Silence::Stalled : Silence::Quiet;
}

void Relay::watchSilence()
{
    // A client has its whole time to take what comes after a long silence.
    const Silence before = std::exchange(silence_, silence());
    if (movedBytes_ == 0 && silence_ == before && stallDeadline_ != never)
        return;
    const EngineLimits& limits = worker_.limits();
    switch (silence_) {
    case Silence::Allowed:
        stallDeadline_ = never;
        break;
    case Silence::Stalled:
        stallDeadline_ = Clock::now() + limits.bodyTimeout;
        break;
    case Silence::Quiet:
        stallDeadline_ = Clock::now() + limits.streamIdleTimeout;
        break;
    case Silence::Tunnel:
        stallDeadline_ = Clock::now() + limits.tunnelIdleTimeout;
        break;
    }
}

void Relay::expired()
{
    const TimePoint now = Clock::now();
    if (callDeadline_ && now >= requestDeadline_)
        fail(504, "UT", lateCall);
    else if (now >= requestDeadline_)
        fail(504, "UT", "the backend did not answer within the rule's timeout");
    else if (now >= attemptDeadline_)
        failTry(504, "UT", "the backend did not answer within the rule's timeout");
    else if (now >= connectDeadline_)
        failTry(503, "UF", "connecting to " + target_.endpoint->address().text + " took too long");
    else if (now >= stallDeadline_ && !requestDone_ && !requestStopped_ && requestPiece_.empty())
        fail(408, "SI", "the request body stopped coming");
    else if (now >= stallDeadline_)
        fail(504, "SI", "the backend stopped reading or sending");
}

void Relay::exchangeBytes()
{
    movedBytes_ = 0;
    bool progress = true;
    while (progress && phase_ == Phase::Exchanging) {
        progress = pumpRequest();
        if (phase_ == Phase::Exchanging)
            progress = pumpResponse() || progress;
        if (answerDone_ && (requestDone_ || requestStopped_) && !exchange_->client.pending() && !backend_->pending())
            phase_ = Phase::Finished;
        if (movedBytes_ > turn) {
            exchange_->client.yield();
            if (phase_ == Phase::Exchanging)
                backend_->yield();
            movedBytes_ = 1;
            return;
        }
    }
}

bool Relay::pumpRequest()
{
    ClientSide& client = exchange_->client;
    bool progress = false;
    while (!requestDone_ && !requestStopped_ && movedBytes_ <= turn) {
        if (requestPiece_.empty()) {
            const BodyPiece piece = replay_.read(client);
            if (piece.state == BodyState::Blocked)
                break;
            if (piece.state == BodyState::Failed) {
                if (client.abandonAt() != never)
                    clientLeft();
                else
                    fail(400, "DPE", "the request body is not framed as HTTP says");
                return true;
            }
            if (piece.state == BodyState::End) {
                mirrors_.end();
                backend_->finishRequest(client.requestTrailers());
                requestDone_ = true;
                break;
            }
            requestPiece_ = piece.data;
            if (!mirrors_.empty() && replay_.isFresh())
                mirrors_.append(piece.data);
        }
        const std::size_t taken = backend_->sendBody(requestPiece_);
        if (taken == 0)
            break;
        requestPiece_.remove_prefix(taken);
        movedBytes_ += taken;
        progress = true;
    }
    // A backend that closes its reading side may have answered already: its answer decides, not this failure.
    if (backend_->pending() && backend_->flush() == IoState::Failed)
        requestStopped_ = true;
    return progress;
}

bool Relay::pumpResponse()
{
    ClientSide& client = exchange_->client;
    bool progress = false;
    while (phase_ == Phase::Exchanging && !answerDone_ && movedBytes_ <= turn) {
        if (!answering_) {
            switch (backend_->readHead()) {
            case BackendSide::HeadState::Blocked:
                return progress;
            case BackendSide::HeadState::Done:
                takeHead();
                progress = true;
                continue;
            case BackendSide::HeadState::Closed:
                backendClosed();
                return true;
            case BackendSide::HeadState::Failed:
                fail(502, "UPE", "the backend's answer is no valid HTTP");
                return true;
            }
        }
        if (responsePiece_.empty()) {
            const BodyPiece piece = backend_->readBody();
            if (piece.state == BodyState::Blocked)
                break;
            if (piece.state == BodyState::Failed) {
                fail(502, "UC", "the backend's answer ended too early");
                return true;
            }
            if (piece.state == BodyState::End) {
                complete();
                break;
            }
            responsePiece_ = piece.data;
        }
        const std::size_t taken = client.sendBody(responsePiece_);
        if (taken == 0)
            break;
        responsePiece_.remove_prefix(taken);
        movedBytes_ += taken;
        progress = true;
    }
    if (phase_ == Phase::Exchanging && client.pending() && client.flush() == IoState::Failed)
        clientLeft();
    return progress;
}

void Relay::takeHead()
{
    const ResponseHead head = backend_->response();
    routing::HeaderFields& headers = backend_->responseHeaders();
    if (head.status == 101) {
        const routing::HeaderField* protocol = headers.find("upgrade");
        if (upgrade_.empty())
            fail(502, "UPE", "the backend switched protocols unasked");
        else if (!protocol || !routing::equalsIgnoreCase(protocol->value, upgrade_))
            fail(502, "UPE", "the backend switched to another protocol than it was asked for");
        else if (!exchange_->client.takesSwitch(headers))
            fail(502, "UPE", "the backend's Sec-WebSocket-Accept does not answer the key that it was sent");
        else
            startTunnel(protocol->value);
        return;
    }
    if (head.status < 200) {
        // The client's expectation was met by us, so a 100 would be one too many.
        if (head.status != 100)
            exchange_->client.sendInterim(head.status, head.reason, headers);
        backend_->nextHead();
        return;
    }
    if (target_.rule->retry && target_.rule->retry->retries(head.status) && mayRetry()) {
        discardAnswer();
        backOff();
        return;
    }
    if (exchange_->client.upgradeOnly() && head.status < 300)
        return fail(502, "UPE", "the backend did not switch to " + std::string(exchange_->client.upgrade()));
    forwarding::removeConnectionNamed(headers);
    if (!headers.find("date"))
        headers.add("date", worker_.httpDate()); // RFC 9110 6.6.1: who has a clock dates what comes without
    if (grpc_)
        noteGrpcStatus(&headers); // Trailers-Only: there is no message
    if (target_.rule->session)
        addSession(*exchange_, target_, headers);
    filterAnswer(headers);
    if (exchange_->cors)
        routing::applyCors(*exchange_->cors, exchange_->origin, headers);
    exchange_->client.startResponse(head, headers);
    answering_ = true;
}

void Relay::filterAnswer(routing::HeaderFields& headers)
{
    if (exchange_->answerChanges)
        applyChanges(*exchange_->answerChanges, headers, exchange_->arena);
    routing::applyResponseFilters(target_.rule->filters, headers, exchange_->arena);
    routing::applyResponseFilters(target_.backend->filters, headers, exchange_->arena);
}

void Relay::backendClosed()
{
    if (!repeated_ && replay_.possible() && backend_->repeatable(idempotent())) {
        repeated_ = true;
        requestDone_ = requestStopped_ = false;
        requestPiece_ = {};
        replay_.rewind();
        backend_->drop();
        openWith(Reuse::Fresh);
        return;
    }
    failTry(502, "UC", "the backend closed the connection before it answered");
}

bool Relay::mayRetry() const noexcept
{
    const auto& retry = target_.rule->retry;
    return retry && !answering_ && retries_ < retry->attempts && replay_.possible();
}

void Relay::backOff()
{
    backend_->drop();
    ++retries_;
    phase_ = Phase::BackingOff;
    retryAt_ = Clock::now() + retryDelay(target_.rule->retry->backoff, retries_, worker_.random());
    attemptDeadline_ = connectDeadline_ = stallDeadline_ = never;
    requestPiece_ = responsePiece_ = {};
    requestDone_ = requestStopped_ = repeated_ = false;
    replay_.rewind();
}

void Relay::retry()
{
    target_.endpoint = target_.cluster->nextEndpoint();
    exchange_->record.endpoint = target_.endpoint;
    if (const std::string& error = target_.endpoint->address().error; !error.empty())
        failTry(503, "UF", error);
    else
        open();
}

void Relay::discardAnswer()
{
    // A short body that is there already is read, so that the connection stays of use.
    std::size_t left = discardLimit;
    for (;;) {
        const BodyPiece piece = backend_->readBody();
        if (piece.state == BodyState::End)
            backend_->finish();
        if (piece.state != BodyState::Data || piece.data.size() > left)
            return;
        left -= piece.data.size();
    }
}

void Relay::failTry(std::uint16_t status, std::string_view flags, std::string_view message)
{
    if (mayRetry())
        backOff();
    else
        fail(status, flags, message);
}

void Relay::startTunnel(std::string_view protocol)
{
    routing::HeaderFields& headers = backend_->responseHeaders();
    forwarding::removeConnectionNamed(headers);
    if (target_.rule->session)
        addSession(*exchange_, target_, headers);
    filterAnswer(headers);
    exchange_->client.startTunnel(protocol, headers);
    backend_->startTunnel();
    tunnel_ = answering_ = true;
    // What follows is no part of the request any more: no end is expected of it in any time.
    requestDeadline_ = attemptDeadline_ = never;
    requestDone_ = requestStopped_ = false;
    replay_.start(0);
}

void Relay::complete()
{
    if (tunnel_) {
        exchange_->client.finishResponse(nullptr);
        answerDone_ = true;
        return;
    }
    if (grpc_)
        noteGrpcStatus(backend_->responseTrailers());
    exchange_->client.finishResponse(backend_->responseTrailers());
    backend_->finish();
    phase_ = Phase::Finished;
}

void Relay::noteGrpcStatus(const routing::HeaderFields* fields)
{
    if (const routing::HeaderField* field = fields ? fields->find("grpc-status") : nullptr) {
        const char* const end = field->value.data() + field->value.size();
        if (std::int16_t code = 0; std::from_chars(field->value.data(), end, code).ptr == end)
            exchange_->record.grpcStatus = code;
    }
}

void Relay::clientLeft()
{
    backend_->drop();
    // A browser that has heard a WebSocket's end closes at once, without an end of its own: nothing is lost by that.
    if (!tunnel_ || !answerDone_ || exchange_->client.pending())
        exchange_->record.flags = "DC";
    exchange_->client.abort();
    phase_ = Phase::Finished;
}

void Relay::fail(std::uint16_t status, std::string_view flags, std::string_view message)
{
    backend_->drop();
    phase_ = Phase::Finished;
    if (callDeadline_ && status == 502 && Clock::now() >= requestDeadline_) {
        // A backend that keeps to grpc-timeout as well resets the call at that moment: nothing of it failed.
        status = 504;
        flags = "UT";
        message = lateCall;
    }
    if (!answering_) {
        answer(*exchange_, routing::DirectResponse{status, {}, message, flags});
        return;
    }
    exchange_->record.flags = flags;
    // What was sent already must not look complete. To a gRPC client a status says so, and why; HTTP/1.1 may not have
    // the room for one, in the middle of a chunk.
    if (grpc_ && exchange_->record.protocol == "HTTP/2")
        finishGrpc(*exchange_, routing::grpcStatusOf(status),
                   std::string(message).append(" [").append(flags).append("]"));
    else
        exchange_->client.abort();
}

} // namespace gatehouse::engine
