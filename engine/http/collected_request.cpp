#include "engine/http/collected_request.h"

#include "engine/http/answers.h"
#include "engine/runtime/worker.h"

namespace gatehouse::engine {

std::optional<Step> BodyCollector::collect()
{
    ClientSide& client = exchange_.client;
    const bool late = exchange_.waiter.takeExpired();
    const auto tooLarge = [&] {
        answer(exchange_, routing::DirectResponse{413, {}, "the request body is too large", {}});
        return Step::Done;
    };
    // A length that is too great is refused before the client has sent it.
    if (const BodyFraming& framing = client.requestFraming();
        keepBody_ && framing.kind == BodyKind::Length && framing.contentLength > bodyLimit_)
        return tooLarge();
    while (!bodyDone_) {
        const BodyPiece piece = client.readBody();
        if (piece.state == BodyState::Failed) {
            client.abort();
            return Step::Done;
        }
        if (piece.state == BodyState::Blocked) {
            if (late) {
                client.abort();
                return Step::Done;
            }
            client.watch();
            exchange_.worker.setDeadline(exchange_.waiter, Clock::now() + exchange_.worker.limits().bodyTimeout);
            return Step::Wait;
        }
        bodyDone_ = piece.state == BodyState::End;
        if (!keepBody_)
            continue;
        if (body_.size() + piece.data.size() > bodyLimit_)
            return tooLarge();
        body_.append(piece.data);
    }
    return std::nullopt;
}

Step CollectedRequest::step()
{
    if (const auto waits = collect())
        return *waits;
    ClientSide& client = exchange().client;
    const bool delayed = respondAt_ != never && Clock::now() >= respondAt_;
    if (respondAt_ == never || delayed) {
        respondAt_ = respond(delayed);
        if (respondAt_ == never)
            return Step::Done;
    }
    const TimePoint abandonAt = client.abandonAt();
    if (abandonAt <= Clock::now()) {
        client.abort();
        return Step::Done;
    }
    client.watch();
    exchange().worker.setDeadline(exchange().waiter, std::min(respondAt_, abandonAt));
    return Step::Wait;
}

} // namespace gatehouse::engine
