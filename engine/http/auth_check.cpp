#include "engine/http/auth_check.h"

#include "engine/http/answers.h"
#include "engine/http/backend_sides.h"
#include "engine/http/forwarding.h"
#include "engine/http/proxy.h"
#include "engine/routing/filters/filters.h"
#include "engine/runtime/worker.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace gatehouse::engine {

namespace {

/// Envoy's letters: refused by the external authorization service.
constexpr std::string_view refusedFlags = "UAEX";
/// A refusal's body is for people or a login page; a longer one is cut off with the request.
constexpr std::size_t refusalBytes = 256 * 1024;

/// Fields of the authorization server's own message, which would say something else of the request.
bool describesTheAnswer(std::string_view name) noexcept
{
    static constexpr std::array<std::string_view, 13> names{
        "host",    "connection", "keep-alive", "proxy-connection",   "te",   "trailer", "transfer-encoding",
        "upgrade", "date",       "server",     "proxy-authenticate", "vary", "etag"};
    return routing::equalsIgnoreCase(name.substr(0, 8), "content-") ||
           std::any_of(names.begin(), names.end(),
                       [&](std::string_view each) { return routing::equalsIgnoreCase(each, name); });
}

bool isAmong(const std::vector<std::string>& names, std::string_view name) noexcept
{
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& each) { return routing::equalsIgnoreCase(each, name); });
}

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
        Refusing,   ///< the server said no: its body is read
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
        case Phase::Refusing:
            return readRefusal();
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
        const routing::RequestHead& head = exchange_.client.head();
        routing::RequestHead question;
        question.method = head.method;
        question.scheme = head.scheme;
        question.authority = head.authority;
        question.path = exchange_.arena.store({auth().pathPrefix, head.path});
        question.query = head.query;
        question.hasQuery = head.hasQuery;
        for (const routing::HeaderField& field : head.headers)
            if (routing::equalsIgnoreCase(field.name, "authorization") || isAmong(auth().requestHeaders, field.name))
                question.headers.add(field.name, field.value);
        unsent_ = auth().maxBodyBytes > 0 ? body_.kept() : std::string_view();
        RequestForwarding how;
        how.body = BodyKind::Length;
        how.contentLength = unsent_.size();
        how.clientAddress = exchange_.client.address();
        how.forwardedProto = head.scheme;
        backend_->startRequest(question, how);
        asking_ = true;
        deadline_ = Clock::now() + exchange_.worker.limits().bodyTimeout;
        phase_ = Phase::Asking;
        return true;
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
        if (answer.status == 200)
            allow();
        else
            beginRefusal(answer);
        return true;
    }

    void allow()
    {
        routing::HeaderFields& headers = exchange_.client.head().headers;
        const std::vector<std::string>& wanted = auth().responseHeaders;
        const auto isCopied = [&](std::string_view name) {
            return (wanted.empty() || isAmong(wanted, name)) && !describesTheAnswer(name);
        };
        for (const routing::HeaderField& field : backend_->responseHeaders())
            if (isCopied(field.name))
                headers.remove(field.name); // what the client said of it counts for nothing
        for (const routing::HeaderField& field : backend_->responseHeaders())
            if (isCopied(field.name))
                headers.add(exchange_.arena.store({field.name}), exchange_.arena.store({field.value}));
        discardAnswer();
        if (++asked_ < auths_.size())
            open();
        else
            next_ = forward(exchange_, decision_, target_, wantsBody_ ? &body_ : nullptr);
    }

    void discardAnswer()
    {
        for (std::size_t left = refusalBytes;;) {
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
        phase_ = Phase::Refusing;
    }

    bool readRefusal()
    {
        for (;;) {
            const BodyPiece piece = backend_->readBody();
            if (piece.state == BodyState::Blocked)
                return false;
            if (piece.state == BodyState::Failed || refusalBody_.size() + piece.data.size() > refusalBytes)
                return fail("its answer ended too early or is too long");
            if (piece.state == BodyState::End)
                break;
            refusalBody_.append(piece.data);
        }
        backend_->finish();
        const bool hasBody = refusal_.status != 204 && refusal_.status != 304;
        const bool sendsBody = hasBody && exchange_.client.head().method != "HEAD";
        refusal_.framing = {sendsBody ? BodyKind::Length : BodyKind::None, refusalBody_.size(), sendsBody};
        if (exchange_.cors)
            routing::applyCors(*exchange_.cors, exchange_.origin, refusalHeaders_);
        exchange_.record.flags = refusedFlags;
        exchange_.client.startResponse(refusal_, refusalHeaders_);
        if (sendsBody)
            exchange_.client.sendWhole(refusalBody_);
        exchange_.client.finishResponse(nullptr);
        phase_ = Phase::Finished;
        return false;
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
    std::string_view unsent_; // of what the server is shown
    ResponseHead refusal_;
    routing::HeaderFields refusalHeaders_;
    std::string refusalBody_;
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
