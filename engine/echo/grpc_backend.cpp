#include "engine/echo/grpc_backend.h"

#include "engine/echo/grpc_reflection.h"
#include "engine/echo/grpc_services.h"
#include "engine/http/answers.h"
#include "engine/http/client_connection.h"
#include "engine/runtime/server_socket.h"
#include "engine/runtime/worker.h"
#include "engine/tls/tls_stream.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace gatehouse::engine {

namespace {

using routing::GrpcStatus;

/// One call: frames in, frames out, then a status in the trailers. Nothing is read while the client does not take what
/// was said, so the buffers hold one piece of a body, one message and its answer.
class GrpcCall final : public Handling {
public:
    GrpcCall(Exchange& exchange, GrpcEchoBackend& backend, GrpcMethod method)
        : exchange_(exchange), backend_(backend), method_(method)
    {
    }
    void release() override { delete this; }

    Step step() override
    {
        if (exchange_.waiter.takeExpired() && Clock::now() >= stallsAt_)
            return breakOff();
        bool moved = false;
        for (;;) {
            if (!flushOut(moved))
                break;
            if (status_)
                return finish();
            if (takeMessage())
                continue;
            if (inputEnded_ || !readMore(moved))
                break;
            if (broken_)
                return breakOff();
        }
        if (exchange_.client.flush() == IoState::Failed)
            return breakOff();
        return rest(moved);
    }

private:
    /// True when all that was to be said is with the client's side.
    bool flushOut(bool& moved)
    {
        while (sent_ < out_.size()) {
            const std::size_t taken = exchange_.client.sendBody(std::string_view(out_).substr(sent_));
            if (taken == 0)
                return false;
            sent_ += taken;
            moved = true;
        }
        out_.clear();
        sent_ = 0;
        return true;
    }

    /// False when there is nothing more now.
    bool readMore(bool& moved)
    {
        const BodyPiece piece = exchange_.client.readBody();
        switch (piece.state) {
        case BodyState::Blocked:
            return false;
        case BodyState::Failed:
            broken_ = true;
            return true;
        case BodyState::End:
            inputEnded_ = true;
            onEnd();
            return true;
        case BodyState::Data:
            in_.erase(0, std::exchange(used_, 0));
            in_.append(piece.data);
            moved = true;
            return true;
        }
        return false;
    }

    /// Handles one message of those received; false when none is complete.
    bool takeMessage()
    {
        const GrpcFrame frame = firstGrpcFrame(std::string_view(in_).substr(used_));
        switch (frame.state) {
        case GrpcFrame::State::Partial:
            return false;
        case GrpcFrame::State::Compressed:
            end(GrpcStatus::Unimplemented, "messages are not taken compressed: this server knows identity alone");
            return true;
        case GrpcFrame::State::TooLong:
            end(GrpcStatus::ResourceExhausted, "the message is longer than 4 MiB");
            return true;
        case GrpcFrame::State::Complete:
            break;
        }
        used_ += frame.bytes;
        if (method_ == GrpcMethod::Reflection) {
            if (const auto response = answerReflection(frame.message))
                say(*response);
            else
                end(GrpcStatus::InvalidArgument, "the message is no ServerReflectionRequest");
        } else if (request_) {
            end(GrpcStatus::InvalidArgument, "the method takes one message");
        } else {
            request_.emplace(frame.message);
        }
        return true;
    }

    /// The client said all that it wanted to.
    void onEnd()
    {
        if (used_ < in_.size())
            return end(GrpcStatus::Internal, "the last message is cut short");
        if (method_ == GrpcMethod::Reflection)
            return end(GrpcStatus::Ok, {});
        if (!request_)
            return end(GrpcStatus::InvalidArgument, "the call has no message");
        if (method_ == GrpcMethod::Echo)
            echo();
        else
            health();
    }

    void echo()
    {
        const TlsStream* const stream = exchange_.connection.tls();
        EchoTls tls;
        if (stream)
            tls = {stream->version(), exchange_.connection.serverName(), stream->alpn(), stream->cipherSuite(),
                   stream->peerCertificates()};
        say(echoResponse(backend_.identity(), exchange_.client.head(), stream ? &tls : nullptr));
        end(GrpcStatus::Ok, {});
    }

    void health()
    {
        const auto service = healthService(*request_);
        if (!service)
            return end(GrpcStatus::InvalidArgument, "the message is no HealthCheckRequest");
        const Health health = healthOf(*service);
        if (method_ == GrpcMethod::HealthCheck && health == Health::ServiceUnknown)
            return end(GrpcStatus::NotFound, "unknown service " + std::string(*service));
        say(healthResponse(health));
        if (method_ == GrpcMethod::HealthCheck)
            end(GrpcStatus::Ok, {});
    }

    /// Sends a message; the first one is preceded by the head.
    void say(std::string_view message)
    {
        if (!headSent_) {
            headSent_ = true;
            routing::HeaderFields& headers = exchange_.worker.scratchHeaders();
            headers.add("content-type", routing::grpcContentType(exchange_.client.head()));
            headers.add("grpc-accept-encoding", "identity");
            ResponseHead head;
            head.status = 200;
            head.reason = reasonPhrase(200);
            head.framing = {BodyKind::Chunked, 0, false};
            exchange_.client.startResponse(head, headers);
        }
        appendGrpcFrame(out_, message);
    }

    void end(GrpcStatus status, std::string message)
    {
        status_ = status;
        message_ = std::move(message);
    }

    Step finish()
    {
        if (headSent_)
            finishGrpc(exchange_, *status_, message_);
        else
            answerGrpc(exchange_, *status_, message_);
        return Step::Done;
    }

    Step rest(bool moved)
    {
        ClientSide& client = exchange_.client;
        const TimePoint now = Clock::now(), abandonAt = client.abandonAt();
        if (abandonAt <= now)
            return breakOff();
        // A stream may be silent as long as it likes; what has begun has to go on.
        const bool begun = used_ < in_.size() || sent_ < out_.size() || client.pending();
        if (!begun)
            stallsAt_ = never;
        else if (moved || stallsAt_ == never)
            stallsAt_ = now + exchange_.worker.limits().bodyTimeout;
        client.watch();
        exchange_.worker.setDeadline(exchange_.waiter, std::min(abandonAt, stallsAt_));
        return Step::Wait;
    }

    Step breakOff()
    {
        exchange_.client.abort();
        return Step::Done;
    }

    Exchange& exchange_;
    GrpcEchoBackend& backend_;
    GrpcMethod method_;
    std::string in_, out_;
    std::size_t used_ = 0, sent_ = 0;    // of in_ and out_
    std::optional<std::string> request_; // of methods that take one message
    std::optional<GrpcStatus> status_;   // set: the call ends once out_ is sent
    std::string message_;
    TimePoint stallsAt_ = never;
    bool inputEnded_ = false, headSent_ = false, broken_ = false;
};

} // namespace

Handling* GrpcEchoBackend::start(Exchange& exchange)
{
    const routing::RequestHead& head = exchange.client.head();
    if (head.method != "POST" || routing::grpcContentType(head).empty()) {
        // What gRPC's servers answer to others (PROTOCOL-HTTP2.md, "Requests").
        answer(exchange, routing::DirectResponse{415, {}, "this echo speaks gRPC alone", {}});
        return nullptr;
    }
    const auto method = grpcMethod(head.path);
    if (!method) {
        answerGrpc(exchange, GrpcStatus::Unimplemented, "unknown method " + std::string(head.path));
        return nullptr;
    }
    if (*method == GrpcMethod::Echo)
        log(exchange);
    return new GrpcCall(exchange, *this, *method);
}

void GrpcEchoBackend::log(const Exchange& exchange)
{
    if (log_)
        log_->add(echoLogLine(exchange.client.head(), exchange.client.address()));
}

} // namespace gatehouse::engine
