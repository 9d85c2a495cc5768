#include "engine/http/client_h2_stream.h"

#include "engine/http/answers.h"
#include "engine/http/client_connection.h"
#include "engine/http/client_h2.h"
#include "engine/http/forwarding.h"
#include "engine/http/h1_framing.h"
#include "engine/http/h1_head_scan.h"
#include "engine/http/web_socket_handshake.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

ClientH2Stream::ClientH2Stream(ClientH2& connection) : connection_(connection)
{
    connection.connection().worker().deadlines().watch(waiter_);
}

ClientH2Stream::~ClientH2Stream()
{
    // The worker stops while the request is being served.
    if (handling_)
        handling_->release();
}

void ClientH2Stream::open(std::int32_t id)
{
    attach(connection_, id);
    phase_ = Phase::Head;
    openedAt_ = Clock::now();
    headDone_ = bodiless_ = answering_ = webSocket_ = tunnel_ = continueWanted_ = false;
    refusedStatus_ = 0;
    refusal_ = {};
    framing_ = {};
}

void ClientH2Stream::close()
{
    detach();
    exchange_.reset();
    fields_.clear();
    trailers_.clear();
    arena_.clear();
    head_.headers.clear();
    connection_.connection().worker().setDeadline(waiter_, never);
    static_cast<void>(waiter_.takeExpired());
    phase_ = Phase::Idle;
}

void ClientH2Stream::onField(std::string_view name, std::string_view value)
{
    const EngineLimits& limits = connection_.connection().worker().limits();
    H2IncomingFields& into = headDone_ ? trailers_ : fields_;
    if (headDone_ && !forwarding::allowedInTrailers(name))
        return;
    if (!into.add(name, value, {limits.requestHeadBytes, limits.headerFields}))
        refusedStatus_ = 431;
}

void ClientH2Stream::onFieldsEnd()
{
    if (std::exchange(headDone_, true))
        return;
    bodiless_ = remoteEnded(); // now: a body may be there, too, when the head is looked at
    connection_.touch(*this);
}

void ClientH2Stream::onTouched()
{
    if (phase_ == Phase::Head && closed()) {
        phase_ = Phase::Ending; // reset before anything was done for it: nothing is (CVE-2023-44487)
    } else if (phase_ == Phase::Head && headDone_) {
        acceptHead();
        start();
    } else if (phase_ == Phase::Serving) {
        waiter_.wake();
    }
    if (done())
        connection_.streamEnded();
}

void ClientH2Stream::acceptHead()
{
    if (refusedStatus_ == 431) {
        refuse(431, "header section too large");
        return;
    }
    fields_.joinCookies();
    head_.method = fields_.method();
    head_.authority = fields_.authority();
    const std::string_view path = fields_.path();
    const std::size_t mark = path.find('?');
    head_.hasQuery = mark != std::string_view::npos;
    head_.path = path.substr(0, mark);
    head_.query = head_.hasQuery ? path.substr(mark + 1) : std::string_view();
    for (const routing::HeaderField& field : fields_.fields())
        head_.headers.add(field.name, field.value);

    std::uint64_t length = 0;
    const bool hasLength = fields_.contentLength(length);
    if (hasLength)
        framing_ = {BodyKind::Length, length, true};
    else if (!bodiless_)
        framing_ = {BodyKind::Chunked, 0, false};
    if (const routing::HeaderField* expect = head_.headers.find("expect")) {
        continueWanted_ = routing::equalsIgnoreCase(expect->value, "100-continue") && !bodiless_;
        if (!routing::equalsIgnoreCase(expect->value, "100-continue"))
            refuse(417, "the only expectation that this gateway knows is 100-continue");
    }

    const routing::HeaderField* host = head_.headers.find("host");
    if (head_.authority.empty() && host)
        head_.authority = host->value;
    else if (host && host->value != head_.authority) // RFC 9113 8.3.1
        refuse(400, "Host and :authority differ");
    if (head_.headers.count("host") > 1)
        refuse(400, "more than one Host");
    if (const std::string_view protocol = fields_.protocol(); !protocol.empty())
        acceptConnect(protocol);
    if (head_.method == "CONNECT")
        return;
    if (head_.authority.empty())
        refuse(400, "no :authority");
    else if (!h1::isAuthority(head_.authority))
        refuse(400, "invalid :authority");
    if (!h1::isAll(path, h1::TargetChar) || !(path.starts_with('/') || (path == "*" && head_.method == "OPTIONS")))
        refuse(400, "invalid :path");
    else if (head_.path.find("%00") != std::string_view::npos) // see H1RequestParser
        refuse(400, "NUL in :path");
}

void ClientH2Stream::acceptConnect(std::string_view protocol)
{
    if (protocol != "websocket") {
        refuse(501, "of protocols to switch to over HTTP/2 this gateway knows websocket alone");
        return;
    }
    webSocket_ = true;
    head_.method = "GET";
    framing_ = {};
    // HTTP/2 has no need of it, and a backend of HTTP/1.1 answers none without.
    Worker& worker = connection_.connection().worker();
    const std::string key = webSocketKey({worker.random(), worker.random(), worker.random(), worker.random()});
    head_.headers.set("sec-websocket-key", arena_.store({key}));
}

bool ClientH2Stream::takesSwitch(const routing::HeaderFields& headers) const
{
    const routing::HeaderField* key = head_.headers.find("sec-websocket-key");
    const routing::HeaderField* accepted = headers.find("sec-websocket-accept");
    return key && accepted && webSocketAccept(key->value) == accepted->value;
}

void ClientH2Stream::refuse(std::uint16_t status, std::string_view message)
{
    refusedStatus_ = status;
    refusal_ = message;
}

void ClientH2Stream::start()
{
    ClientConnection& connection = connection_.connection();
    Worker& worker = connection.worker();
    ServerSocket& server = *connection.server();
    phase_ = Phase::Serving;
    const std::shared_ptr<Serving>& serving = server.retired() ? server.lastServing() : worker.serving();
    // Mostly it is the same as for the request before: then no count is touched.
    if (serving_ != serving)
        serving_ = serving;
    Exchange& exchange =
        exchange_.emplace(Exchange{worker, connection, server, *this, waiter_, serving_.get(), arena_, {}});
    exchange.record.protocol = "HTTP/2";
    exchange.record.method = fields_.method();
    exchange.record.authority = head_.authority;
    exchange.record.path = head_.path;
    exchange.record.query = head_.query;
    exchange.record.hasQuery = head_.hasQuery;
    exchange.record.start = Clock::now();
    worker.requestStarted(exchange);
    if (refusedStatus_ != 0) {
        answer(exchange, routing::DirectResponse{refusedStatus_, {}, refusal_, "DPE"});
        finish();
        return;
    }
    handling_ = server.service().start(exchange);
    drive();
}

void ClientH2Stream::drive()
{
    while (handling_) {
        if (handling_->step() == Step::Wait) {
            waiter_.wait([this] { drive(); });
            return;
        }
        std::exchange(handling_, nullptr)->release();
    }
    finish();
}

void ClientH2Stream::finish()
{
    phase_ = Phase::Ending;
    connection_.connection().worker().requestEnded(*exchange_);
    connection_.connection().worker().setDeadline(waiter_, never);
    connection_.flushSoon();
    if (done())
        connection_.streamEnded();
}

void ClientH2Stream::abandon()
{
    if (phase_ == Phase::Serving)
        waiter_.wake();
    if (phase_ == Phase::Serving) { // it did not notice
        if (handling_)
            std::exchange(handling_, nullptr)->release();
        finish();
    }
}

void ClientH2Stream::startTunnel(std::string_view, const routing::HeaderFields& headers)
{
    tunnel_ = true;
    keepOpen();
    routing::HeaderFields kept = headers;
    kept.remove("sec-websocket-accept"); // RFC 8441 section 5: HTTP/2 is asked and answered without
    ResponseHead head;
    head.status = 200;
    head.framing.kind = BodyKind::Chunked;
    startResponse(head, kept);
}

BodyPiece ClientH2Stream::readBody()
{
    // What comes before the switch is the other protocol's.
    if (webSocket_ && !tunnel_)
        return {BodyState::End, {}};
    const BodyPiece piece = receivedBody();
    if (piece.state == BodyState::Data) {
        continueWanted_ = false;
        exchange_->record.bytesReceived += piece.data.size();
    } else if (piece.state == BodyState::Blocked && std::exchange(continueWanted_, false) && !answering_) {
        sendInterim(100, {}, connection_.connection().worker().scratchHeaders());
    }
    return piece;
}

void ClientH2Stream::sendInterim(std::uint16_t status, std::string_view, const routing::HeaderFields& headers)
{
    if (closed() || connection_.lost())
        return;
    H2Fields fields(arena_, connection_.scratchPairs());
    fields.addResponse({status, {}, {}}, headers);
    nghttp2_submit_headers(connection_.raw(), NGHTTP2_FLAG_NONE, id(), nullptr, fields.data(), fields.size(), nullptr);
    connection_.flushSoon();
}

void ClientH2Stream::startResponse(const ResponseHead& head, const routing::HeaderFields& headers)
{
    exchange_->record.status = head.status;
    answering_ = true;
    if (closed() || connection_.lost())
        return;
    H2Fields fields(arena_, connection_.scratchPairs());
    fields.addResponse(head, headers);
    const nghttp2_data_provider source = bodySource();
    nghttp2_submit_response(connection_.raw(), id(), fields.data(), fields.size(),
                            head.framing.kind == BodyKind::None ? nullptr : &source);
}

std::size_t ClientH2Stream::sendBody(std::string_view data)
{
    const std::size_t taken = offer(data);
    exchange_->record.bytesSent += taken;
    return taken;
}

void ClientH2Stream::sendWhole(std::string_view body)
{
    exchange_->record.bytesSent += body.size();
    hold(body);
}

void ClientH2Stream::finishResponse(const routing::HeaderFields* trailers)
{
    endBody(trailers);
}

IoState ClientH2Stream::flush()
{
    return connection_.flushSoon();
}

bool ClientH2Stream::pending() const noexcept
{
    return connection_.backlog() > 0 || nghttp2_session_want_write(connection_.raw()) != 0;
}

void ClientH2Stream::yield()
{
    connection_.touch(*this);
}

TimePoint ClientH2Stream::abandonAt()
{
    return closed() || connection_.lost() ? Clock::now() : never;
}

void ClientH2Stream::abort()
{
    // RFC 9113 8.1: an answer that was cut must not look complete.
    reset(NGHTTP2_INTERNAL_ERROR);
}

std::string_view ClientH2Stream::address() const
{
    return connection_.connection().address();
}

} // namespace gatehouse::engine
