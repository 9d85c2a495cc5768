#include "engine/http/auth_check.h"

#include "engine/http/answers.h"
#include "engine/http/auth_http.h"
#include "engine/http/backend_sides.h"
#include "engine/http/client_connection.h"
#include "engine/http/ext_authz.h"
#include "engine/http/forwarding.h"
#include "engine/http/proxy.h"
#include "engine/routing/filters/filters.h"
#include "engine/routing/grpc.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse::engine {

namespace {

/// Envoy's letters: refused by the external authorization service.
constexpr std::string_view refusedFlags = "UAEX";
/// A refusal's body is for people or a login page, gRPC's answer a few fields; a longer one is no answer.
constexpr std::size_t answerBytes = 256 * 1024;

class AuthCheck final : public Handling {
public:
    AuthCheck(Exchange& exchange, const routing::RouteDecision& decision, const RelayTarget& target)
        : exchange_(exchange), decision_(decision), target_(target),
          sides_(exchange.worker.limits(), exchange.worker.buffers())
    {
        add(target.rule->filters);
        add(target.backend->filters);
        std::size_t most = 0;
        for (const routing::CompiledAuth* auth : auths_)
            most = std::max<std::size_t>(most, auth->maxBodyBytes);
        wantsBody_ = most > 0 && exchange.client.requestFraming().kind != BodyKind::None;
        body_.start(most);
        const auto& rule = *target.rule;
        if (rule.requestTimeout && rule.requestTimeout->count() > 0)
            requestDeadline_ = exchange.record.start + *rule.requestTimeout;
        deadline_ = Clock::now() + exchange.worker.limits().bodyTimeout;
    }

    Step step() override
    {
        if (next_)
            return next_->step();
        if (exchange_.waiter.takeExpired())
            expired();
        while (phase_ != Phase::Finished && !next_ && advance()) {
        }
        if (next_)
            return next_->step();
        if (phase_ == Phase::Finished)
            return Step::Done;
        const TimePoint abandonAt = exchange_.client.abandonAt();
        if (abandonAt <= Clock::now()) {
            clientLeft();
            return Step::Done;
        }
        exchange_.client.watch();
        if (phase_ != Phase::Collecting)
            backend_->watch();
        exchange_.worker.setDeadline(exchange_.waiter, std::min({deadline_, requestDeadline_, abandonAt}));
        return Step::Wait;
    }

    void release() override
    {
        if (backend_)
            backend_->drop();
        if (next_)
            next_->release();
        delete this;
    }

private:
    enum class Phase : std::uint8_t {
        Collecting, ///< the client's body, if some server wants it
        Opening,    ///< a connection to the server
        Asking,     ///< the request is on its way, or the answer's head
        Reading,    ///< the answer's body: of a refusal, or what gRPC answers with
        Finished,
    };

    void add(const std::vector<routing::CompiledFilter>& filters)
    {
        for (const routing::CompiledFilter& filter : filters)
            if (const auto* auth = std::get_if<routing::CompiledAuth>(&filter))
                auths_.push_back(auth);
    }

    /// Goes on as far as it can; false when there is something to wait for.
    bool advance()
    {
        switch (phase_) {
        case Phase::Collecting:
            return collect();
        case Phase::Opening:
            return checkOpening();
        case Phase::Asking:
            return ask();
        case Phase::Reading:
            return readAnswer();
        case Phase::Finished:
            break;
        }
        return false;
    }

    bool collect()
    {
        while (wantsBody_) {
            const BodyPiece piece = body_.read(exchange_.client);
            if (piece.state == BodyState::Blocked)
                return false;
            if (piece.state == BodyState::Failed && exchange_.client.abandonAt() != never) {
                clientLeft();
                return false;
            }
            if (piece.state == BodyState::Failed) {
                refuse(400, "DPE", "the request body is not framed as HTTP says");
                return false;
            }
            if (piece.state == BodyState::End)
                break;
            if (!body_.possible()) {
                refuse(413, refusedFlags, "the request body is longer than the authorization server is shown");
                return false;
            }
        }
        return open();
    }

    [[nodiscard]] const routing::CompiledAuth& auth() const { return *auths_[asked_]; }

    bool open()
    {
        if (wantsBody_ && auth().maxBodyBytes > 0 && body_.kept().size() > auth().maxBodyBytes) {
            refuse(413, refusedFlags, "the request body is longer than the authorization server is shown");
            return false;
        }
        Serving& serving = *exchange_.serving;
        const routing::Cluster& cluster = serving.snapshot->clusters[auth().cluster.value];
        EndpointPool* endpoint = serving.clusters[auth().cluster.value].nextEndpoint();
        if (!cluster.refusal.empty())
            return fail(cluster.refusal);
        if (!endpoint)
            return fail("the Service " + cluster.name + " has no ready endpoint");
        if (!endpoint->address().error.empty())
            return fail(endpoint->address().error);
        endpoint_ = endpoint;
        answerBody_.clear();
        grpcStatus_.clear();
        backend_ = &sides_.of(*endpoint);
        backend_->begin(*endpoint, exchange_.waiter, Reuse::Certain);
        deadline_ = Clock::now() + exchange_.worker.limits().connectTimeout;
        phase_ = Phase::Opening;
        return true;
    }

    bool checkOpening()
    {
        switch (backend_->open()) {
        case BackendSide::Opening::Blocked:
            return false;
        case BackendSide::Opening::Failed:
            return fail(backend_->openFailure());
        case BackendSide::Opening::Ready:
            break;
        }
        if (auth().grpc)
            startCheck();
        else
            startQuestion();
        asking_ = true;
        deadline_ = Clock::now() + exchange_.worker.limits().bodyTimeout;
        phase_ = Phase::Asking;
        return true;
    }

    void startQuestion()
    {
        const routing::RequestHead& head = exchange_.client.head();
        routing::RequestHead question;
        fillAuthQuestion(auth(), head, exchange_.arena, question);
        unsent_ = auth().maxBodyBytes > 0 ? body_.kept() : std::string_view();
        RequestForwarding how;
        how.body = BodyKind::Length;
        how.contentLength = unsent_.size();
        how.clientAddress = exchange_.client.address();
        how.forwardedProto = head.scheme;
        backend_->startRequest(question, how);
    }

    void startCheck()
    {
        CheckQuestion about{exchange_.client.head(),    auth().requestHeaders,  exchange_.record.protocol,
                            exchange_.client.address(), exchange_.server.key(), exchange_.connection.serverName(),
                            exchange_.record.wallStart};
        if (auth().maxBodyBytes > 0)
            about.body = body_.kept();
        message_ = checkRequest(about);
        unsent_ = message_;
        routing::RequestHead call;
        call.method = "POST";
        call.scheme = "http";
        call.authority = endpoint_->address().text;
        call.path = checkPath;
        call.headers.add("content-type", "application/grpc");
        call.headers.add("te", "trailers");
        RequestForwarding how;
        how.body = BodyKind::Length;
        how.contentLength = unsent_.size();
        backend_->startRequest(call, how);
    }

    bool ask()
    {
        while (!unsent_.empty()) {
            const std::size_t taken = backend_->sendBody(unsent_);
            if (taken == 0)
                break;
            unsent_.remove_prefix(taken);
        }
        if (unsent_.empty() && std::exchange(asking_, false))
            backend_->finishRequest(nullptr);
        if (backend_->pending() && backend_->flush() == IoState::Failed)
            return fail("the connection to it broke");
        switch (backend_->readHead()) {
        case BackendSide::HeadState::Blocked:
            return false;
        case BackendSide::HeadState::Closed:
            return fail("it closed the connection before it answered");
        case BackendSide::HeadState::Failed:
            return fail("its answer is no valid HTTP");
        case BackendSide::HeadState::Done:
            break;
        }
        const ResponseHead answer = backend_->response();
        if (answer.status < 200) {
            if (answer.status == 101)
                return fail("it switched protocols unasked");
            backend_->nextHead();
            return true;
        }
        forwarding::removeConnectionNamed(backend_->responseHeaders());
        if (auth().grpc)
            return beginVerdict(answer);
        if (answer.status == 200)
            allow();
        else
            beginRefusal(answer);
        return true;
    }

    bool beginVerdict(const ResponseHead& answer)
    {
        const routing::HeaderFields& headers = backend_->responseHeaders();
        const routing::HeaderField* type = headers.find("content-type");
        if (answer.status != 200 || !type || !routing::isGrpcContentType(type->value))
            return fail("its answer is no gRPC (HTTP status " + std::to_string(answer.status) + ")");
        noteGrpcStatus(&headers);
        phase_ = Phase::Reading;
        return true;
    }

    /// From the head, where there is nothing else, or from behind the body.
    void noteGrpcStatus(const routing::HeaderFields* fields)
    {
        if (const routing::HeaderField* status = fields ? fields->find("grpc-status") : nullptr) {
            grpcStatus_ = status->value;
            const routing::HeaderField* message = fields->find("grpc-message");
            grpcMessage_ = message ? message->value : std::string_view();
        }
    }

    bool takeVerdict()
    {
        if (grpcStatus_ != "0")
            return fail("its call ended with " +
                        (grpcStatus_.empty() ? "no grpc-status" : "grpc-status " + grpcStatus_ + ' ' + grpcMessage_));
        CheckVerdict verdict = readVerdict(answerBody_);
        if (!verdict.error.empty())
            return fail(verdict.error);
        if (!verdict.allowed) {
            refusal_.status = verdict.status;
            for (const HeaderChange& each : verdict.headers)
                refusalHeaders_.add(exchange_.arena.store({each.name}), exchange_.arena.store({each.value}));
            answerBody_ = std::move(verdict.body);
            sendRefusal();
            return false;
        }
        routing::HeaderFields& headers = exchange_.client.head().headers;
        for (const std::string& name : verdict.removedHeaders)
            headers.remove(name);
        applyChanges(verdict.headers, headers, exchange_.arena);
        answerChanges_.insert(answerChanges_.end(), verdict.answerHeaders.begin(), verdict.answerHeaders.end());
        if (!answerChanges_.empty())
            exchange_.answerChanges = &answerChanges_;
        backend_->drop();
        goOn();
        return true;
    }

    void allow()
    {
        copyAuthAnswer(auth(), backend_->responseHeaders(), exchange_.client.head().headers, exchange_.arena);
        discardAnswer();
        goOn();
    }

    /// To the next server, or to the backend.
    void goOn()
    {
        if (++asked_ < auths_.size())
            open();
        else
            next_ = forward(exchange_, decision_, target_, wantsBody_ ? &body_ : nullptr);
    }

    void discardAnswer()
    {
        for (std::size_t left = answerBytes;;) {
            const BodyPiece piece = backend_->readBody();
            if (piece.state == BodyState::End)
                backend_->finish();
            if (piece.state != BodyState::Data || piece.data.size() > left)
                break;
            left -= piece.data.size();
        }
        backend_->drop();
    }

    void beginRefusal(const ResponseHead& answer)
    {
        // Copied: reading the body makes views of the head void.
        refusal_.status = answer.status;
        refusal_.reason = exchange_.arena.store({answer.reason});
        for (const routing::HeaderField& field : backend_->responseHeaders())
            refusalHeaders_.add(exchange_.arena.store({field.name}), exchange_.arena.store({field.value}));
        phase_ = Phase::Reading;
    }

    bool readAnswer()
    {
        for (;;) {
            const BodyPiece piece = backend_->readBody();
            if (piece.state == BodyState::Blocked)
                return false;
            if (piece.state == BodyState::Failed || answerBody_.size() + piece.data.size() > answerBytes)
                return fail("its answer ended too early or is too long");
            if (piece.state == BodyState::End)
                break;
            answerBody_.append(piece.data);
        }
        if (auth().grpc)
            noteGrpcStatus(backend_->responseTrailers());
        backend_->finish();
        if (auth().grpc)
            return takeVerdict();
        sendRefusal();
        return false;
    }

    void sendRefusal()
    {
        const bool hasBody = refusal_.status != 204 && refusal_.status != 304;
        const bool sendsBody = hasBody && exchange_.client.head().method != "HEAD";
        refusal_.framing = {sendsBody ? BodyKind::Length : BodyKind::None, answerBody_.size(), sendsBody};
        if (exchange_.cors)
            routing::applyCors(*exchange_.cors, exchange_.origin, refusalHeaders_);
        exchange_.record.flags = refusedFlags;
        exchange_.client.startResponse(refusal_, refusalHeaders_);
        if (sendsBody)
            exchange_.client.sendWhole(answerBody_);
        exchange_.client.finishResponse(nullptr);
        phase_ = Phase::Finished;
    }

    void clientLeft()
    {
        exchange_.record.flags = "DC";
        exchange_.client.abort();
        phase_ = Phase::Finished;
    }

    void expired()
    {
        const TimePoint now = Clock::now();
        if (now >= requestDeadline_)
            refuse(504, "UT", "the request was not allowed within the rule's timeout");
        else if (now >= deadline_ && phase_ == Phase::Collecting)
            refuse(408, "SI", "the request body stopped coming");
        else if (now >= deadline_)
            fail("it did not answer in time");
    }

    /// Fails closed: whoever cannot be asked has not allowed it.
    bool fail(const std::string& why)
    {
        refuse(403, refusedFlags, "the authorization server " + auth().backend + " cannot be asked: " + why);
        return false;
    }

    void refuse(std::uint16_t status, std::string_view flags, const std::string& message)
    {
        if (backend_)
            backend_->drop();
        answer(exchange_, routing::DirectResponse{status, {}, message, flags});
        phase_ = Phase::Finished;
    }

    Exchange& exchange_;
    const routing::RouteDecision decision_;
    const RelayTarget target_;
    std::vector<const routing::CompiledAuth*> auths_;
    std::size_t asked_ = 0; // whose turn it is
    BackendSides sides_;
    BackendSide* backend_ = nullptr; // the one in use
    Handling* next_ = nullptr;       // allowed: what forwards the request
    RequestReplay body_;
    EndpointPool* endpoint_ = nullptr; // the server's
    std::string message_;              // what it is asked, in gRPC
    std::string_view unsent_;          // of what the server is shown
    std::string grpcStatus_, grpcMessage_;
    std::vector<HeaderChange> answerChanges_;
    ResponseHead refusal_;
    routing::HeaderFields refusalHeaders_;
    std::string answerBody_;
    TimePoint requestDeadline_ = never, deadline_ = never;
    Phase phase_ = Phase::Collecting;
    bool wantsBody_ = false;
    bool asking_ = false; // the request to the server is not complete
};

} // namespace

bool asksFirst(const std::vector<routing::CompiledFilter>& filters) noexcept
{
    return std::any_of(filters.begin(), filters.end(), [](const routing::CompiledFilter& filter) {
        return std::holds_alternative<routing::CompiledAuth>(filter);
    });
}

Handling* startAuthCheck(Exchange& exchange, const routing::RouteDecision& decision, const RelayTarget& target)
{
    return new AuthCheck(exchange, decision, target);
}

} // namespace gatehouse::engine
