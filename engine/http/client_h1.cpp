#include "engine/http/client_h1.h"

#include "engine/http/answers.h"
#include "engine/http/client_connection.h"
#include "engine/http/h1_head_scan.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <utility>

namespace gatehouse::engine {

namespace {
/// How long a client may take to read our last answer before the connection is closed under it.
constexpr std::chrono::seconds lingerTime{2};
/// The protocol that a request asks to switch to and that may be let through (RFC 9110 section 7.8); "" for none.
std::string_view upgradeOf(const H1Request& request) noexcept
{
    // Before a body's end nothing can be switched.
    if (request.body != BodyKind::None || request.head.headers.count("upgrade") != 1)
        return {};
    const std::string_view protocol = request.head.headers.find("upgrade")->value;
    const std::size_t slash = std::min(protocol.find('/'), protocol.size());
    const std::string_view name = protocol.substr(0, slash), version = protocol.substr(slash);
    const bool isProtocol = !name.empty() && h1::isAll(name, h1::TokenChar) && version.size() != 1 &&
                            (version.empty() || h1::isAll(version.substr(1), h1::TokenChar));
    // Another HTTP would carry requests past the rules, and TLS hide them. A list would be the backend's to choose
    // from.
    const bool hidesRequests =
        h1::isWord(name.substr(0, 2), "h2") || h1::isWord(name, "http") || h1::isWord(name, "tls");
    return isProtocol && !hidesRequests ? protocol : std::string_view();
}
/// How long a connection of a retired socket may take to send a first request.
constexpr std::chrono::seconds lastWords{1};
/// RFC 9113 3.4.
constexpr std::string_view http2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// True for a beginning of the preface that no HTTP/1 request has: "P" and "PR" may become PROPFIND.
bool beginsHttp2(std::string_view bytes) noexcept
{
    constexpr std::size_t telling = 3;
    return bytes.size() >= telling && http2Preface.starts_with(bytes.substr(0, http2Preface.size()));
}
} // namespace

ClientH1::ClientH1(ClientConnection& connection)
    : connection_(connection), worker_(connection.worker()), socket_(connection.transport()),
      server_(connection.server()), waiter_(connection.waiter())
{
}

ClientH1::~ClientH1()
{
    // The worker stops while the request is being served.
    if (handling_)
        handling_->release();
}

Awaitable ClientH1::run()
{
    for (;;) {
        for (Next next = readHead(); next != Next::Go; next = readHead()) {
            if (next == Next::End)
                co_return;
            co_await waiter_.wait(useAwaitable);
        }
        handling_ = startRequest();
        if (handling_) {
            while (handling_->step() == Step::Wait)
                co_await waiter_.wait(useAwaitable);
            std::exchange(handling_, nullptr)->release();
        }
        for (Next next = finishRequest(); next != Next::Go; next = finishRequest()) {
            if (next == Next::End)
                co_return;
            co_await waiter_.wait(useAwaitable);
        }
    }
}

void ClientH1::serverRetired()
{
    // Gateways' requests go on to their end; an endpoint of our own ends its streams.
    if (phase_ == Phase::Idle || (phase_ == Phase::Serving && server_->role() == ServerRole::Local))
        waiter_.wake();
}

ClientH1::Next ClientH1::readHead()
{
    const bool late = waiter_.takeExpired();
    if (phase_ == Phase::Idle) {
        const Next next = idle(late);
        if (next != Next::Go)
            return next;
        phase_ = Phase::Head;
        deadlineSet_ = false;
        if (!workspace_)
            workspace_ = worker_.takeWorkspace();
    } else if (late) {
        refusedStatus_ = 408;
        refusal_ = "the request head did not arrive in time";
        return Next::Go;
    }
    return receiveHead();
}

ClientH1::Next ClientH1::idle(bool late)
{
    // A client that the kernel accepted just before the socket was retired has been promised an answer. The client of
    // an echo is a gateway of ours, whose request may be on its way, and may not be one to be repeated.
    const bool promised = served_ == 0 || server_->role() == ServerRole::Echo;
    if (late || !socket_.open() || (server_->retired() && !promised))
        return Next::End;
    if (workspace_ || socket_.mayRead())
        return Next::Go;
    socket_.watchRead();
    worker_.setDeadline(waiter_, Clock::now() + (server_->retired() ? Clock::duration(lastWords)
                                                                    : Clock::duration(worker_.limits().idleTimeout)));
    return Next::Wait;
}

ClientH1::Next ClientH1::receiveHead()
{
    ByteBuffer& in = workspace_->in;
    const HeadLimits limits{worker_.limits().requestHeadBytes, worker_.limits().headerFields};
    for (;;) {
        if (served_ == 0 && beginsHttp2(in.unread())) {
            speaksHttp2_ = in.unread().size() >= http2Preface.size();
            if (speaksHttp2_)
                return Next::End;
        } else if (!in.empty()) {
            const ParseState state = workspace_->parser.parse(in.unread(), limits);
            if (state == ParseState::Done) {
                acceptHead();
                return Next::Go;
            }
            if (state == ParseState::Failed) {
                refusedStatus_ = workspace_->parser.failure().status;
                refusal_ = workspace_->parser.failure().message;
                return Next::Go;
            }
        }
        if (!socket_.mayRead()) {
            socket_.watchRead();
            if (!std::exchange(deadlineSet_, true))
                worker_.setDeadline(waiter_, Clock::now() + worker_.limits().headTimeout);
            return Next::Wait;
        }
        const std::size_t room = in.makeRoom();
        const IoResult result = socket_.receive(in.room(), room);
        if (result.state == IoState::Closed || result.state == IoState::Failed)
            return Next::End;
        in.filled(result.bytes);
    }
}

void ClientH1::acceptHead()
{
    const H1Request& request = workspace_->parser.request();
    workspace_->in.consume(workspace_->parser.headBytes());
    workspace_->in.pin();
    workspace_->body.start(request.body, request.contentLength);
    upgrade_ = request.upgrade ? upgradeOf(request) : std::string_view();
    framing_ = {request.body, request.contentLength, request.body == BodyKind::Length};
    continueWanted_ = request.expectContinue && request.minorVersion > 0 && request.body != BodyKind::None;
    if (request.expectUnknown) {
        refusedStatus_ = 417;
        refusal_ = "the only expectation that this gateway knows is 100-continue";
    }
}

Handling* ClientH1::startRequest()
{
    phase_ = Phase::Serving;
    worker_.setDeadline(waiter_, never);
    keepAlive_ = true;
    aborted_ = answering_ = moreWaits_ = tunnel_ = endWriting_ = false;
    const std::shared_ptr<Serving>& serving = server_->retired() ? server_->lastServing() : worker_.serving();
    // Mostly it is the same as for the request before: then no count is touched.
    if (workspace_->serving != serving)
        workspace_->serving = serving;
    Exchange& exchange = workspace_->exchange.emplace(
        Exchange{worker_, connection_, *server_, *this, waiter_, workspace_->serving.get(), workspace_->arena, {}});
    const routing::RequestHead& head = this->head();
    exchange.record.protocol = workspace_->parser.request().minorVersion == 0 ? "HTTP/1.0" : "HTTP/1.1";
    exchange.record.method = head.method;
    exchange.record.authority = head.authority;
    exchange.record.path = head.path;
    exchange.record.query = head.query;
    exchange.record.hasQuery = head.hasQuery;
    exchange.record.start = Clock::now();
    worker_.requestStarted(exchange);
    if (refusedStatus_ == 0)
        return server_->service().start(exchange);
    answer(exchange, routing::DirectResponse{refusedStatus_, {}, refusal_, "DPE"});
    return nullptr;
}

ClientH1::Next ClientH1::finishRequest()
{
    const bool late = waiter_.takeExpired();
    switch (phase_) {
    case Phase::Serving:
        phase_ = Phase::Flushing;
        ++served_;
        deadlineSet_ = false;
        worker_.requestEnded(*workspace_->exchange);
        [[fallthrough]];
    case Phase::Flushing:
        return flushAnswer(late);
    case Phase::Discarding:
        return discardBody(late);
    case Phase::Lingering:
        return linger(late);
    case Phase::Idle:
    case Phase::Head:
        break;
    }
    return Next::End;
}

ClientH1::Next ClientH1::flushAnswer(bool late)
{
    if (aborted_ || late)
        return Next::End;
    switch (flush()) {
    case IoState::Done:
        break;
    case IoState::Blocked:
        socket_.watchWrite();
        worker_.setDeadline(waiter_, Clock::now() + worker_.limits().bodyTimeout);
        return Next::Wait;
    case IoState::Closed:
    case IoState::Failed:
        return Next::End;
    }
    if (keepAlive_) {
        phase_ = Phase::Discarding;
        return discardBody(false);
    }
    // Closing with unread bytes in the kernel would reset the connection and may destroy the answer on its way.
    const bool allRead =
        refusedStatus_ == 0 && workspace_->body.finished() && workspace_->in.empty() && !socket_.mayRead();
    if (allRead)
        return Next::End;
    startLinger();
    return linger(false);
}

ClientH1::Next ClientH1::discardBody(bool late)
{
    if (late)
        return Next::End;
    for (;;) {
        switch (readBody().state) {
        case BodyState::Data:
            continue;
        case BodyState::Blocked:
            socket_.watchRead();
            worker_.setDeadline(waiter_, Clock::now() + worker_.limits().bodyTimeout);
            return Next::Wait;
        case BodyState::Failed:
            return Next::End;
        case BodyState::End:
            becomeIdle();
            return Next::Go;
        }
    }
}

void ClientH1::becomeIdle()
{
    workspace_->in.unpin();
    workspace_->nextRequest();
    leavesAt_ = never;
    phase_ = Phase::Idle;
    if (workspace_->in.empty())
        worker_.returnWorkspace(std::move(workspace_));
}

void ClientH1::startLinger()
{
    phase_ = Phase::Lingering;
    socket_.shutdownWrite();
    worker_.setDeadline(waiter_, Clock::now() + lingerTime);
}

ClientH1::Next ClientH1::linger(bool late)
{
    if (late)
        return Next::End;
    ByteBuffer& in = workspace_->in;
    for (;;) {
        in.clear();
        const std::size_t room = in.makeRoom();
        switch (socket_.receive(in.room(), room).state) {
        case IoState::Done:
            continue;
        case IoState::Blocked:
            socket_.watchRead();
            return Next::Wait;
        case IoState::Closed:
        case IoState::Failed:
            return Next::End;
        }
    }
}

} // namespace gatehouse::engine
