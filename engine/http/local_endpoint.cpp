#include "engine/http/local_endpoint.h"

#include "engine/http/answers.h"
#include "engine/http/collected_request.h"
#include "engine/http/local_answer.h"
#include "engine/runtime/server_socket.h"
#include "engine/runtime/worker.h"

#include <algorithm>

namespace gatehouse::engine {

namespace {

/// What a handler holds.
class Reply final : public LocalReply {
public:
    explicit Reply(std::shared_ptr<LocalAnswer> answer) : answer_(std::move(answer)) {}
    ~Reply() override { answer_->dropped(); }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;
    void send(LocalResponse response) override { answer_->send(std::move(response)); }
    void begin(LocalResponse head) override { answer_->begin(std::move(head)); }
    bool write(std::string piece) override { return answer_->write(std::move(piece)); }
    [[nodiscard]] std::size_t unread() const override { return answer_->unread(); }
    void end() override { answer_->end(); }
    void onClosed(std::function<void()> closed) override { answer_->onClosed(std::move(closed)); }

private:
    std::shared_ptr<LocalAnswer> answer_;
};

/// One request: body in, handler called, answer out as it comes.
class LocalCall final : public BodyCollector {
public:
    LocalCall(Exchange& exchange, const LocalEndpointOptions& options, const LocalHandler& handler)
        : BodyCollector(exchange, options.bodyLimit, true), unreadLimit_(options.unreadLimit), handler_(handler)
    {
    }
    ~LocalCall() override
    {
        if (answer_)
            answer_->leave(complete_);
    }

    Step step() override
    {
        if (!answer_) {
            if (const auto waits = collect())
                return *waits;
            call();
        }
        return exchange().waiter.takeExpired() && Clock::now() >= stallsAt_ ? breakOff() : advance();
    }

private:
    void call()
    {
        routing::RequestHead& head = exchange().client.head();
        LocalRequest request;
        request.method = head.method;
        request.target = head.path;
        if (head.hasQuery)
            request.target.append("?").append(head.query);
        request.host = head.authority;
        request.peer = exchange().client.address();
        request.body = std::move(body());
        for (const routing::HeaderField& field : head.headers) {
            request.headers.emplace_back(field.name, field.value);
            for (char& c : request.headers.back().first)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
        answer_ = std::make_shared<LocalAnswer>(exchange().worker, exchange().waiter, unreadLimit_);
        handler_(std::move(request), std::make_shared<Reply>(answer_));
    }

    /// Sends what there is, as far as the client takes it.
    Step advance()
    {
        ClientSide& client = exchange().client;
        bool moved = false;
        if (answer_->look())
            return breakOff();
        while (sent_ == piece_.size() && !ended_) {
            LocalAnswer::News news = answer_->take();
            if (news.broken)
                return breakOff();
            // An open stream would keep the endpoint from stopping.
            ended_ = news.ended || (news.streaming && exchange().server.retired());
            complete_ = news.ended;
            piece_ = std::move(news.more);
            sent_ = 0;
            if (news.head)
                start(*news.head, news.streaming);
            if (piece_.empty() && !ended_)
                break;
            if (!wantsBody_)
                sent_ = piece_.size();
            moved = sendPiece() || moved;
        }
        if (sent_ < piece_.size())
            moved = sendPiece() || moved;
        if (sent_ == piece_.size() && ended_) {
            client.finishResponse(nullptr);
            return Step::Done;
        }
        if (client.flush() == IoState::Failed)
            return breakOff();
        return rest(moved);
    }

    /// True when the client took some.
    bool sendPiece()
    {
        const std::size_t before = sent_;
        while (sent_ < piece_.size()) {
            const std::size_t taken = exchange().client.sendBody(std::string_view(piece_).substr(sent_));
            if (taken == 0)
                break;
            sent_ += taken;
        }
        return sent_ > before;
    }

    void start(LocalResponse& response, bool streaming)
    {
        wantsBody_ = exchange().client.head().method != "HEAD" && response.status != 204 && response.status != 304;
        if (!streaming)
            piece_ = std::move(response.body);
        routing::HeaderFields& headers = exchange().worker.scratchHeaders();
        if (!response.contentType.empty())
            headers.add("content-type", response.contentType);
        for (const auto& [name, value] : response.headers)
            headers.add(name, value);
        headers.add("date", exchange().worker.httpDate());
        ResponseHead head;
        head.status = response.status;
        head.reason = reasonPhrase(response.status);
        const bool hasLength = !streaming && response.status != 204 && response.status != 304;
        const BodyKind kind = streaming ? BodyKind::Chunked : BodyKind::Length;
        head.framing = {wantsBody_ ? kind : BodyKind::None, piece_.size(), hasLength};
        exchange().client.startResponse(head, headers);
    }

    Step rest(bool moved)
    {
        ClientSide& client = exchange().client;
        const TimePoint now = Clock::now();
        const TimePoint abandonAt = client.abandonAt();
        if (abandonAt <= now)
            return breakOff();
        // A handler may think as long as it likes; a client that is offered bytes has to take some.
        if (sent_ == piece_.size() && !client.pending())
            stallsAt_ = never;
        else if (moved || stallsAt_ == never)
            stallsAt_ = now + exchange().worker.limits().bodyTimeout;
        client.watch();
        exchange().worker.setDeadline(exchange().waiter, std::min(abandonAt, stallsAt_));
        return Step::Wait;
    }

    Step breakOff()
    {
        complete_ = false;
        exchange().client.abort();
        return Step::Done;
    }

    std::size_t unreadLimit_;
    const LocalHandler& handler_;
    std::shared_ptr<LocalAnswer> answer_; // null until the handler was called
    std::string piece_;                   // of the body, being sent
    std::size_t sent_ = 0;                // of piece_
    TimePoint stallsAt_ = never;
    bool wantsBody_ = true;
    bool ended_ = false;    // nothing follows piece_
    bool complete_ = false; // the answer is as the handler meant it
};

} // namespace

std::string_view LocalRequest::header(std::string_view name) const noexcept
{
    const auto found =
        std::find_if(headers.begin(), headers.end(), [&](const auto& each) { return each.first == name; });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Handling* LocalEndpoint::start(Exchange& exchange)
{
    return new LocalCall(exchange, options_, handler_);
}

} // namespace gatehouse::engine
